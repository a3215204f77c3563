import {execFile} from "node:child_process";
import {createHash} from "node:crypto";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {basename, join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import JSZip from "jszip";
import {afterAll, expect, test} from "vitest";
import type {NamedSummary} from "../../lib/experiment.js";
import {openForest} from "../../lib/forest/forest.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {tableFromArrow} from "../../lib/traffic/arrow.js";
import {categories, numbers, valueAt} from "../../lib/traffic/table.js";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const project = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "eddy-loader-"));
writeFileSync(join(folder, "package.json"), '{"type": "module"}');

afterAll(() => rmSync(folder, {recursive: true}));

test("the notebook’s loader writes the same bytes in any time zone", {timeout: 60_000}, async () => {
  const [here, elsewhere] = await Promise.all([
    run("src/experiments/notebook.zip.ts"),
    run("src/experiments/notebook.zip.ts", {TZ: "Pacific/Auckland"})
  ]);
  expect([here.status, here.stderr]).toEqual([0, ""]);
  expect(elsewhere.stdout.equals(here.stdout)).toBe(true);

  const archive = await JSZip.loadAsync(here.stdout);
  expect(Object.keys(archive.files)).toEqual(["traffic.arrow", "forest.bin", "summary.json", "loader.txt"]);
  const {table, forest, summary, loader} = await contents(archive);
  expect(loader).toBe(readFileSync("src/experiments/notebook.zip.ts", "utf8"));
  const input = readFileSync("data/notebook/traffic.csv");
  const sha256 = createHash("sha256").update(input).digest("hex");
  expect(summary).toMatchObject({
    name: "notebook",
    source: {type: "file", name: "data/notebook/traffic.csv", bytes: input.length, sha256},
    rows: {read: 1000, kept: 318, dropped: [{reason: "not on land", count: 682}]},
    features: ["request_rate", "session_duration", "unique_paths_visited"],
    label: "fake_traffic",
    forest: {trees: 100, sampleSize: 256, maxDepth: 0, dims: 2, fullGain: 1, seed: 1},
    threshold: {rule: {rule: "mad", deviations: 3}},
    versions: {eddy: JSON.parse(readFileSync("package.json", "utf8")).version}
  });
  expect(table.rows).toBe(318);
  expect(scoreRows(forest, table.columns as Record<string, Float64Array>)).toEqual(numbers(table, "anomaly_score"));
  expect(numbers(table, "anomaly").reduce((a, b) => a + b)).toBe(summary.results.flagged);
  expect(valueAt(categories(table, "country"), 0)).toBe("United States of America");
});

test("the website’s loader writes its archive", {timeout: 60_000}, async () => {
  const {status, stdout, stderr} = await run("src/experiments/website.zip.ts");
  expect([status, stderr]).toEqual([0, ""]);
  const {table, summary} = await contents(await JSZip.loadAsync(stdout));
  expect(summary).toMatchObject({
    name: "website",
    source: {type: "simulation", scenario: "website", parameters: {rows: 20_000, seed: 1}},
    rows: {read: 20_000, kept: 20_000, dropped: []},
    forest: {trees: 100, sampleSize: 256, seed: 1}
  });
  expect(table.rows).toBe(20_000);
});

test("a loader tells what is wrong with its input in one line", {timeout: 60_000}, async () => {
  const outcomes = await Promise.all([
    run(loaderOf("cell", "request_rate,fake_traffic\n1,0\nabc,1\n")),
    run(loaderOf("label", "request_rate,fake_traffic\n1,0\n2,7\n"))
  ]);
  expect(outcomes.map(({status, stdout, stderr}) => [status, stdout.length, stderr])).toEqual([
    [1, 0, `${join(folder, "cell.csv")}:3: invalid request_rate: abc\n`],
    [1, 0, `${join(folder, "label.csv")}:3: invalid fake_traffic: 7\n`]
  ]);
});

test("a loader that asks for an impossible forest fails with one line that names it", {timeout: 60_000}, async () => {
  const {status, stderr} = await run(loaderOf("trees", "request_rate,fake_traffic\n1,0\n", "{trees: 0}"));
  expect(status).toBe(1);
  expect(stderr).toMatch(/trees\.zip\.ts: invalid trees: 0\n$/);
});

function loaderOf(name: string, csv: string, forest = "{}"): string {
  const path = join(folder, `${name}.zip.ts`);
  const lib = (file: string) => JSON.stringify(pathToFileURL(join(project, "lib", "node", file)).href);
  const input = join(folder, `${name}.csv`);
  writeFileSync(input, csv);
  writeFileSync(
    path,
    `import {readTraffic} from ${lib("readTraffic.ts")};
import {writeExperiment} from ${lib("writeExperiment.ts")};

await writeExperiment({
  title: ${JSON.stringify(basename(path))},
  traffic: await readTraffic(${JSON.stringify(input)}),
  features: ["request_rate"],
  label: "fake_traffic",
  forest: ${forest},
  threshold: {rule: "mad", deviations: 3}
});
`
  );
  return path;
}

async function contents(archive: JSZip) {
  const summary: NamedSummary = JSON.parse(await archive.file("summary.json")!.async("string"));
  return {
    summary,
    table: tableFromArrow(await archive.file("traffic.arrow")!.async("uint8array")),
    forest: openForest(await archive.file("forest.bin")!.async("arraybuffer")),
    loader: await archive.file("loader.txt")!.async("string")
  };
}

function run(loader: string, env = {}): Promise<{status: number; stdout: Buffer; stderr: string}> {
  const options = {cwd: project, encoding: "buffer", env: {...process.env, ...env}, maxBuffer: 2 ** 26} as const;
  return new Promise((resolve) => {
    execFile(process.execPath, ["--import", tsx, loader], options, (error, stdout, stderr) =>
      resolve({status: error === null ? 0 : Number(error.code), stdout, stderr: stderr.toString()})
    );
  });
}
