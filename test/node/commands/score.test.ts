import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {auc} from "../../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../../lib/evaluation/scoreLevels.js";
import {growForest} from "../../../lib/forest/growForest.js";
import {scoreRows} from "../../../lib/forest/scoreRows.js";
import {type ScoreOptions, score} from "../../../lib/node/commands/score.js";
import {readTraffic} from "../../../lib/node/readTraffic.js";
import {featuresOf} from "../../../lib/traffic/featureColumn.js";
import {categoriesOf, numbers} from "../../../lib/traffic/table.js";
import {contentOf, file, temporaryFolder} from "../tables/files.js";

const folder = temporaryFolder();
const notebook = "data/notebook/traffic.csv";
const names = ["request_rate", "session_duration", "unique_paths_visited"];
const output = join(folder, "scored.csv");
const forest = {preset: "paper", seed: 7} as const;

test("score(paths) gives the scores that the library gives, and says what it found", async () => {
  const summary = join(folder, "summary.json");
  const said = await run([notebook], {features: names, label: "fake_traffic", summary});
  const traffic = await readTraffic(notebook);
  const features = Object.fromEntries(names.map((name) => [name, numbers(traffic, name)]));
  const expected = scoreRows(growForest(features, forest), features);
  const scored = await readTraffic(output);
  expect(numbers(scored, "anomaly_score")).toEqual(expected);
  expect(numbers(scored, "session_duration")).toEqual(features.session_duration);
  const area = auc(scoreLevels(numbers(traffic, "fake_traffic"), expected));
  const {threshold, results, ...found} = JSON.parse(readFileSync(summary, "utf8"));
  const flagged = expected.filter((s) => s > threshold.value).length;
  expect(found).toMatchObject({
    input: [{file: notebook, format: "csv", bytes: 79_880, rows: 1000}],
    rows: 1000,
    features: names,
    label: "fake_traffic",
    preset: "paper",
    forest: {trees: 100, sampleSize: 256, seed: 7}
  });
  expect(threshold.rule).toEqual({rule: "mad", deviations: 3});
  expect(results).toMatchObject({flagged, auc: area});
  expect(results.confusion.tp + results.confusion.fp).toBe(flagged);
  expect(results.confusion.precision.lower).toBeLessThan(results.confusion.precision.value);
  expect(said.split("\n")[0]).toBe(`features: ${names.join(", ")}`);
  expect(said).toMatch(/\n1000 rows, \d+ flagged \([\d.]+ %\) above 0\.\d{4} \(mad:3\), area under ROC 0\.\d{3}\n$/);
});

test("score(paths) with a kept forest gives the same scores", async () => {
  const saveModel = join(folder, "forest.bin");
  await run([notebook], {features: names, saveModel});
  const first = readFileSync(output);
  const summary = join(folder, "kept.json");
  await run([notebook], {model: saveModel, forest: {}, summary});
  expect(readFileSync(output)).toEqual(first);
  expect(JSON.parse(readFileSync(summary, "utf8")).preset).toBe(null);
  const other = file(folder, "other.csv", "request_rate,session_duration\n1,2\n");
  await expect(run([other], {model: saveModel, forest: {}})).rejects.toThrow(
    `${other}: missing column: unique_paths_visited`
  );
  const text = file(folder, "text.csv", `${names.join(",")}\n1,2,3\n1,2,x\n`);
  await expect(run([text], {model: saveModel, forest: {}})).rejects.toThrow(
    `${text}:3: invalid unique_paths_visited: x`
  );
});

test.each(["csv", "arrow", "parquet"] as const)("score(paths) writes and reads %s", async (format) => {
  const first = join(folder, `first.${format}`);
  await run([notebook], {features: names, output: first});
  await run([first], {features: names});
  const {types, rows} = await contentOf(output);
  expect(types.slice(-2)).toEqual([
    ["anomaly_score", "number"],
    ["anomaly", "number"]
  ]);
  expect(rows).toEqual((await contentOf(first)).rows);
});

test("score(paths) scores several files as one and tells them apart", async () => {
  const [a, b] = [table("a.csv", 50), table("b.csv", 30)];
  const said = await run([a, b]);
  const {types, rows} = await contentOf(output);
  expect(types.map(([name]) => name)).toEqual(["id", "x", "y", "source_file", "anomaly_score", "anomaly"]);
  expect(rows.map((row) => row[3])).toEqual([...Array(50).fill(a), ...Array(30).fill(b)]);
  expect(said).toMatch(/^features: x, y; left out: id \(identifier\)\n80 rows, /);
});

test("score(paths) takes marks of missing values among numbers as such, and keeps them among texts", async () => {
  const path = file(folder, "marks.csv", "a,b,country\n1,2,NA\nNA,3,DE\n4, null ,NA\n");
  for (const options of [{}, {features: ["a", "b"]}]) {
    expect(await run([path], options)).toMatch(/^features: a, b[;\n]/);
    const {rows} = await contentOf(output);
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      [1, 2, "NA"],
      [null, 3, "DE"],
      [4, null, "NA"]
    ]);
  }
});

test("score(paths) says why it leaves each column out, and which features are text", async () => {
  const path = file(folder, "text.csv", 'a,b,c\n1,"1,5",x\n2,"2,5",y\n');
  expect(await run([path])).toContain(`features: a; left out: b (text at ${path}:2: 1,5), c (text at ${path}:2: x)\n`);
  expect(await run([path], {features: ["a", "c"], forest: {dims: 9}})).toMatch(
    /^features: a, c \(text\)\ndims limited to 2, the number of features\n2 rows, /
  );
});

test("score(paths) refuses a feature with a stray text among numbers, but not one with numbers among texts", async () => {
  const path = file(folder, "stray.csv", "a,b,c\n1,x,9\nNA,2,8\n3,y,7\noops,z,6\n");
  await expect(run([path], {features: ["c", "a"]})).rejects.toThrow(`${path}:5: invalid a, expected a number: oops`);
  expect(await run([path], {features: ["b", "c"]})).toMatch(/^features: b \(text\), c\n/);
});

test("score(paths) takes logarithms of columns, which it does not write, and scores with a kept forest of them", async () => {
  const lines = Array.from({length: 60}, (_, i) => `${i % 3 === 0 ? "" : i * i},${i % 7 === 0 ? "S0" : "SF"}\n`);
  const path = file(folder, "flows.csv", `bytes,state\n${lines.join("")}`);
  const saveModel = join(folder, "logs.bin");
  const said = await run([path], {features: ["log(bytes)", "state"], saveModel});
  expect(said).toMatch(/^features: log\(bytes\), state \(text\)\n/);
  const bytes = Float64Array.from({length: 60}, (_, i) => (i % 3 === 0 ? Number.NaN : i * i));
  const state = categoriesOf(Array.from({length: 60}, (_, i) => (i % 7 === 0 ? "S0" : "SF")));
  const features = featuresOf({columns: {bytes, state}}, ["log(bytes)", "state"]);
  const expected = scoreRows(growForest(features, forest), features);
  const first = readFileSync(output);
  const scored = await readTraffic(output);
  expect(Object.keys(scored.columns)).toEqual(["bytes", "state", "anomaly_score", "anomaly", "source_line"]);
  expect(numbers(scored, "anomaly_score")).toEqual(expected);
  await run([path], {model: saveModel, forest: {}});
  expect(readFileSync(output)).toEqual(first);
});

test("score(paths) refuses logarithms of what has none, with the line", async () => {
  const path = file(folder, "below.csv", "a,b\n1,x\n,y\n-3,z\n-4,\n");
  const saveModel = join(folder, "log.bin");
  const refused = `${path}:4: invalid log(a) of a negative number: -3`;
  await expect(run([path], {features: ["log(a)"]})).rejects.toThrow(refused);
  await expect(run([path], {features: ["log(b)"]})).rejects.toThrow(`${path}:2: invalid b, expected a number: x`);
  await expect(run([path], {features: ["log(c)"]})).rejects.toThrow(`${path}: missing column: c`);
  await run([file(folder, "above.csv", "a\n1\n2\n9\n")], {features: ["log(a)"], saveModel});
  await expect(run([path], {model: saveModel, forest: {}})).rejects.toThrow(refused);
});

test("score(paths) takes a column that has the name of a logarithm as it is", async () => {
  const path = file(folder, "named.csv", "a,log(a)\n-1,3\n-2,4\n-3,90\n");
  const saveModel = join(folder, "named.bin");
  expect(await run([path])).toMatch(/^features: a, log\(a\)\n/);
  await run([path], {features: ["log(a)"], saveModel});
  const first = readFileSync(output);
  await run([path], {model: saveModel, forest: {}});
  expect(readFileSync(output)).toEqual(first);
});

test("score(paths) scores one row, and keeps empty cells and odd texts", async () => {
  const path = file(folder, "one.csv", 'a,b\n1,"=x, ""y"""\n');
  await run([path], {features: ["a"]});
  const {rows} = await contentOf(output);
  expect(rows).toEqual([[1, `'=x, "y"`, 0.5, 0]]);
});

test.each([
  ["without rows", "a,b\n", {}, "bad.csv: expected rows, got none"],
  ["without a feature", "a,b\n1,x\n1,y\n", {}, "bad.csv: expected a column of numbers that vary, got none"],
  ["without the feature", "a\n1\n", {features: ["b"]}, "bad.csv: missing column: b"],
  ["without the label", "a\n1\n", {label: "b"}, "bad.csv: missing column: b"],
  ["with a label of text", "a,b\n1,0\n2,true\n", {label: "b"}, "bad.csv:3: invalid b, expected 0, 1 or nothing: true"],
  ["with a label of 2", "a,b\n1,\n2,2\n", {label: "b"}, "bad.csv:3: invalid b, expected 0, 1 or nothing: 2"],
  ["with a ragged row", "a,b\n1,2\n3\n", {}, "bad.csv:3: expected 2 cells, got: 1"]
])("score(paths) refuses a table %s, and leaves no output", async (_, csv, options, message) => {
  const output = join(folder, "refused.csv");
  await expect(run([file(folder, "bad.csv", csv)], {...options, output})).rejects.toThrow(message);
  expect(existsSync(output)).toBe(false);
});

test("score(paths) skips lines that hold no row where it is told to", async () => {
  const path = file(folder, "ragged.csv", "a,b\n1,2\n3\n4,5\n6,7,8\n9\n");
  const summary = join(folder, "rejects.json");
  const said = await run([path], {skipRejects: true, summary});
  expect(said).toContain(`${path}:3: too few cells (2 skipped)\n${path}:5: too many cells (1 skipped)\n`);
  const {rows, input} = JSON.parse(readFileSync(summary, "utf8"));
  expect([rows, input[0].rejects.length]).toEqual([2, 2]);
});

test.each([
  [{model: "m", forest: {trees: 5}}, "--model excludes --trees"],
  [{model: "m", forest: {sampleSize: 5}}, "--model excludes --sample-size"],
  [{model: "m", forest: {}, features: ["a"]}, "--model excludes --features"],
  [{forest: {sampleSize: 1}}, "invalid --sample-size, expected 2 or more: 1"],
  [{features: ["a", "b"], label: "b"}, "expected features without the label: b"],
  [{features: ["a", "log(b)"], label: "b"}, "expected features without the label: b"],
  [{output: "scored.xlsx"}, "unknown ending, expected .csv, .jsonl, .arrow, .parquet or --format: scored.xlsx"]
])("score(paths, %j) is wrong usage", async (options, message) => {
  await expect(run([notebook], options)).rejects.toMatchObject({
    name: "UsageError",
    message: expect.stringContaining(message)
  });
});

/** Scores to `output` and returns what is said on the way. */
async function run(paths: string[], options: Partial<ScoreOptions> = {}): Promise<string> {
  let said = "";
  const threshold = {rule: "mad", deviations: 3} as const;
  await score(paths, {forest, threshold, output, ...options}, {write: (text) => (said += text)});
  return said;
}

function table(name: string, rows: number): string {
  const lines = Array.from({length: rows}, (_, i) => `${i},${i % 7},${i % 5}\n`);
  return file(folder, name, `id,x,y\n${lines.join("")}`);
}
