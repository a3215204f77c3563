import {mkdirSync, readFileSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {expect, test} from "vitest";
import {inspect} from "../../../lib/node/commands/inspect.js";
import {type ScoreOptions, score} from "../../../lib/node/commands/score.js";
import {readTraffic} from "../../../lib/node/readTraffic.js";
import {categories, numbers, valueAt} from "../../../lib/traffic/table.js";
import {file, temporaryFolder} from "../tables/files.js";

const folder = temporaryFolder();
const quiet = {write: () => true, isTTY: false} as unknown as NodeJS.WriteStream;
const day = accessLog(60);
const path = file(folder, "access.log", day);

test("inspect(paths) tells of a log its lines, rejects with their first lines, and sessions", async () => {
  const broken = file(folder, "broken.log.gz", gzipSync(`${day}<script>alert(1)</script>\n\n`));
  const {files, rows, rejected} = await inspect([broken], quiet);
  expect([rows, rejected]).toEqual([121, 1]);
  expect(files[0]).toMatchObject({
    format: "combined",
    gzip: true,
    rows: 121,
    sessions: 60,
    rejects: [{line: 122, lines: [122], count: 1, sample: "<script>alert(1)</script>"}],
    passed_over: [{what: "blank line", count: 1}]
  });
  const columns = Object.fromEntries(files[0]!.columns.map((column) => [column.name, column]));
  expect(columns.request_rate).toMatchObject({type: "number", missing: 0});
  expect(columns.timestamp).toMatchObject({type: "time", min: "2026-01-05T10:00:00.000Z"});
});

test("inspect(folder) tells of all files in it and below, and of those that are none that it reads", async () => {
  const place = join(folder, "logs");
  mkdirSync(join(place, "below"), {recursive: true});
  file(place, "b.log", day);
  file(join(place, "below"), "a.log", day.slice(0, 1000));
  file(place, "error.log", "[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] File does not exist: /x\n");
  const {files, failed} = await inspect([place], quiet);
  expect(files.map(({file}) => file)).toEqual([join(place, "b.log"), join(place, "below", "a.log")]);
  expect(failed).toEqual([
    {
      file: join(place, "error.log"),
      error: expect.stringMatching(/looks like an Apache error log, which Eddy does not read$/)
    }
  ]);
});

test("inspect(paths) tells of a path that leads nowhere, and reads the others", async () => {
  const loop = join(folder, "loop");
  symlinkSync(loop, loop);
  const {files, failed} = await inspect([loop, path], quiet);
  expect(failed).toEqual([{file: loop, error: `${loop}: cannot be read (ELOOP)`}]);
  expect(files).toHaveLength(1);
});

test("inspect(path) gives all that a gzip holds that is cut short, and says so", async () => {
  const whole = gzipSync(day);
  const {files} = await inspect([file(folder, "cut.gz", whole.subarray(0, whole.length - 8))], quiet);
  expect(files[0]).toMatchObject({rows: 121, rejects: [], faults: ["gzip ends early"]});
});

test("score(paths) scores the sessions of logs, several as one, in whatever order they are given", async () => {
  const lines = day.split("\n");
  const first = file(folder, "1.log", `${lines.slice(0, 50).join("\n")}\n`);
  const second = file(folder, "2.log", lines.slice(50).join("\n"));
  const whole = await scored([path]);
  const parts = await scored([second, first]);
  expect(parts.rows).toBe(whole.rows);
  expect(numbers(parts, "anomaly_score")).toEqual(numbers(whole, "anomaly_score"));
  expect(new Set(categories(parts, "source_file").values)).toEqual(new Set([first, second]));
  // The one who asks for many odd paths at once.
  const score = numbers(whole, "anomaly_score");
  const top = score.indexOf(Math.max(...score));
  expect(valueAt(whole.columns.client!, top)).toBe("10.9.9.9");
});

test("score(paths) labels the rows of logs by a file of labels, and says what came of the lines", async () => {
  const labels = file(folder, "labels.csv", "client,fake_traffic,kind\n10.9.9.9,1,scan\n10.0.0.1,0,person\n");
  const summary = join(folder, "summary.json");
  const said: string[] = [];
  const table = await scored([path], {label: "fake_traffic", summary, logs: {labels}}, said);
  expect(numbers(table, "fake_traffic").filter((y) => y === 1)).toHaveLength(1);
  expect(said.join("")).toContain(`${path}: combined, 121 lines\n60 sessions\n`);
  const {input, results} = JSON.parse(readFileSync(summary, "utf8"));
  expect(input).toMatchObject([{file: path, format: "combined", records: 121, rejects: [], bytes: day.length}]);
  expect(input[0].sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(results.auc).toBe(1);
});

test("score(paths) refuses options for logs where there are none, and a log beside a table", async () => {
  const csv = file(folder, "table.csv", "a,b\n1,2\n");
  await expect(scored([csv], {logs: {places: true}})).rejects.toThrow("--places is for logs, got a table");
  await expect(scored([csv], {logs: {sessions: {pause: 10}}})).rejects.toThrow("--pause is for logs, got a table");
  await expect(scored([path, csv])).rejects.toThrow(`${csv}: expected a log as ${path} is, got none that is known`);
});

test("readTraffic(paths) gives the sessions of logs by time, and where they come from", async () => {
  const traffic = await readTraffic([path]);
  const time = numbers(traffic, "timestamp");
  expect([...time]).toEqual([...time].sort((a, b) => a - b));
  expect(traffic.source).toMatchObject({type: "logs", rows: "sessions", anonymized: false, places: null});
  const hidden = await readTraffic(path, {anonymize: "secret"});
  expect(hidden.source).toMatchObject({anonymized: true});
  expect(categories(hidden, "client").values).not.toContain("10.9.9.9");
  expect(numbers(hidden, "request_rate")).toEqual(numbers(traffic, "request_rate"));
});

async function scored(paths: readonly string[], options: Partial<ScoreOptions> = {}, said: string[] = []) {
  const output = join(folder, "scored.csv");
  const stderr = {write: (text: string) => said.push(text) > 0, isTTY: false} as unknown as NodeJS.WriteStream;
  const threshold = {rule: "mad", deviations: 3} as const;
  await score(paths, {forest: {seed: 1}, threshold, output, ...options}, stderr);
  return readTraffic(output);
}

/** People who ask for two pages each, and in the middle one who tries many paths in a minute. */
function accessLog(clients: number): string {
  const line = (client: string, seconds: number, path: string, status: number) => {
    const time = new Date(Date.UTC(2026, 0, 5, 10, 0, seconds)).toISOString().slice(11, 19);
    return `${client} - - [05/Jan/2026:${time} +0000] "GET ${path} HTTP/1.1" ${status} 512 "-" "Mozilla/5.0 Firefox/140.0"\n`;
  };
  const lines: string[] = [];
  for (let i = 1; i < clients; ++i) {
    lines.push(line(`10.0.0.${i}`, 60 * i - 60, "/", 200), line(`10.0.0.${i}`, 60 * i - 25, `/page/${i % 7}`, 200));
    if (i === clients / 2) {
      for (const [j, path] of ["/.env", "/wp-login.php", "/.git/config"].entries()) {
        lines.push(line("10.9.9.9", 60 * i - 20 + j, path, 404));
      }
    }
  }
  return lines.join("");
}
