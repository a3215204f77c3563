import {spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdtempSync, readdirSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import {fileURLToPath, pathToFileURL} from "node:url";
import {expect, test, vi} from "vitest";
import {contentOf, file, temporaryFolder} from "./tables/files.js";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
const script = fileURLToPath(new URL("../../lib/node/cli.ts", import.meta.url));
const folder = temporaryFolder();

test("eddy --help names the verbs, simulate --help the scenarios", async () => {
  const {code, stdout, stderr} = await eddy(["--help"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/inspect .*simulate .*score /s);
  expect((await eddy(["simulate", "--help"])).stdout).toMatch(/"notebook",\s+"website"/);
});

test.each([
  [[], "missing verb"],
  [["scroe"], "unknown command 'scroe' (Did you mean score?)"],
  [["score"], "missing required argument 'file'"],
  [["score", "a.csv", "--tree", "1"], "unknown option '--tree' (Did you mean --trees?)"],
  [["score", "a.csv", "--threshold", "0.5"], "expected mad:DEVIATIONS, quantile:SHARE, fixed:VALUE, "],
  [["score", "a.csv", "--threads", "0"], "expected a whole number from 1"],
  [["score", "a.csv", "--sample-size", "1"], "invalid --sample-size, expected 2 or more: 1"],
  [["score", "a.csv", "--threads", "all"], "expected a whole number from 1"],
  [["simulate", "--scenario", "website", "--rows", "0"], "expected a whole number from 1"],
  [["simulate", "--scenario", "website", "--rows", "9", "--fakes", "2"], "invalid --fakes, expected 0 to 1: 2"]
])("eddy %j is wrong usage", async (args, message) => {
  const {code, stdout, stderr} = await eddy(args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  const verb = ["score", "simulate"].includes(args[0]!) ? `${args[0]} ` : "";
  const hint = `(npm run eddy -- ${verb}--help tells what there is)\n`;
  expect(stderr.endsWith(hint) && stderr.split("\n").length === 2, stderr).toBe(true);
});

test("eddy score says in one line what is wrong with its input", async () => {
  const {code, stdout, stderr} = await eddy(["score", join(folder, "none.csv")]);
  expect([code, stdout, stderr]).toEqual([1, "", `${join(folder, "none.csv")}: no such file\n`]);
});

test("eddy score names an empty standard input, and a device that is full", async () => {
  expect(await eddy(["score", "-"])).toEqual({code: 1, stdout: "", stderr: "standard input: empty\n"});
  if (!existsSync("/dev/full")) return;
  const rows = Array.from({length: 20_000}, (_, i) => `${i % 7},${i % 11}\n`).join("");
  const path = file(folder, "full.csv", `x,y\n${rows}`);
  const {code, stderr} = await eddy(["score", path, "--preset", "paper", "--output", "/dev/full", "--format", "csv"]);
  expect([code, stderr]).toEqual([1, "features: x, y\n/dev/full: cannot be written (ENOSPC)\n"]);
});

test("eddy inspect reports what it can read, and fails for what it cannot", async () => {
  const path = file(folder, "table.csv", "a,b\n1,x\n2\n");
  const none = join(folder, "none.csv");
  const {code, stdout, stderr} = await eddy(["inspect", path, none]);
  expect([code, stderr]).toEqual([1, `${none}: no such file\n`]);
  expect(JSON.parse(stdout)).toEqual({
    files: [
      {
        file: path,
        format: "csv",
        gzip: false,
        bytes: 10,
        rows: 1,
        rejects: [{line: 3, reason: "too few cells", count: 1}],
        columns: [
          {name: "a", type: "number", missing: 0, min: 1, max: 1},
          {name: "b", type: "text", missing: 0}
        ]
      }
    ],
    rows: 1,
    rejected: 1,
    failed: [{file: none, error: `${none}: no such file`}]
  });
});

test("eddy simulate writes what eddy score reads", async () => {
  const path = join(folder, "website.parquet");
  const simulated = await eddy(["simulate", "--scenario", "website", "--rows", "500", "--seed", "3", "--output", path]);
  expect(simulated).toEqual({code: 0, stdout: "", stderr: ""});
  expect((await contentOf(path)).rows).toHaveLength(500);
  const {code, stdout} = await eddy([
    "score",
    path,
    "--preset",
    "paper",
    "--label",
    "fake_traffic",
    "--format",
    "jsonl"
  ]);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split("\n");
  expect(lines).toHaveLength(500);
  expect(JSON.parse(lines[0]!)).toMatchObject({timestamp: expect.stringMatching(/Z$/), anomaly: expect.any(Number)});
});

test("eddy score reads the standard input, and ends well when its reader does", async () => {
  const csv = `x,y\n${Array.from({length: 20_000}, (_, i) => `${i % 7},${i % 11}\n`).join("")}`;
  const {code, stderr} = await eddy(["score", "-", "--preset", "paper"], {input: csv, lines: 2});
  expect(code).toBe(0);
  expect(stderr).toMatch(/^features: x, y\n20000 rows, .*\n$/);
});

test("eddy score ends on SIGINT, be it sent twice, and leaves no temporary file", async () => {
  const env = {...process.env, TMPDIR: mkdtempSync(join(folder, "temporary-"))};
  const copies = () => readdirSync(env.TMPDIR).filter((name) => name.startsWith("eddy-"));
  const child = spawn(process.execPath, ["--import", tsx, script, "score", "-"], {env});
  child.stdin.write("a,b\n");
  await vi.waitUntil(() => copies().length > 0, {timeout: 30_000});
  const exit = once(child, "exit");
  child.kill("SIGINT");
  child.kill("SIGINT");
  expect(await exit).toEqual([130, null]);
  expect(copies()).toEqual([]);
});

/** Runs the command line; with `lines`, stops reading after so many. */
async function eddy(args: string[], {input = "", lines}: {input?: string; lines?: number} = {}) {
  const child = spawn(process.execPath, ["--import", tsx, script, ...args]);
  child.stdin.on("error", () => {}).end(input);
  if (lines !== undefined) child.stdout.once("data", () => child.stdout.destroy());
  const stdout = lines === undefined ? text(child.stdout) : "";
  const stderr = text(child.stderr);
  const [code] = await once(child, "exit");
  return {code, stdout: await stdout, stderr: await stderr};
}
