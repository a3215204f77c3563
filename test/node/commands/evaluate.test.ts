import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {parseRule} from "../../../lib/evaluation/threshold.js";
import {type EvaluateOptions, evaluate} from "../../../lib/node/commands/evaluate.js";
import {file, temporaryFolder} from "../tables/files.js";

const folder = temporaryFolder();
const goldens = JSON.parse(readFileSync(new URL("../../goldens/evaluation.json", import.meta.url), "utf8"));
const {paired, ...cases} = goldens as Record<string, Case>;

interface Case {
  label: number[];
  score: number[];
  other?: number[];
  expected: Record<string, unknown> & {confusion: {threshold: number}[]};
}

test.each(Object.entries(cases))("evaluate(paths) answers what R does, by R’s names: %s", async (name, golden) => {
  const path = csv(`${name}.csv`, golden);
  const threshold = golden.expected.confusion.map((at) => parseRule(`fixed:${at.threshold}`));
  expectWithin(await json([path], {threshold}), golden.expected, name);
});

test("evaluate(paths, {other}) adds DeLong’s paired test", async () => {
  const path = csv("paired.csv", paired!);
  expectWithin((await json([path], {other: "o"})).paired, paired!.expected, "paired");
});

test("evaluate(paths) says of each threshold what it flags, with intervals, by how it was chosen", async () => {
  const path = csv("notebook.csv", cases.notebook!);
  const rules = ["fixed:0.75", "mad:3", "youden", "quantile:0.05"];
  const {confusion, rows, positives, warnings} = await json([path], {threshold: rules.map(parseRule)});
  expect([rows, positives, warnings]).toEqual([318, 27, []]);
  expect(confusion.map(({rule}: {rule: string}) => rule)).toEqual(rules);
  const [fixed, mad, youden] = confusion;
  expect(fixed.degenerate).toContain("It flags none of the 27 fake rows.");
  expect([fixed.intervals_95.precision.estimate, fixed.intervals_95.recall.estimate]).toEqual([null, 0]);
  expect(mad.intervals_95.precision.lower).toBeLessThan(mad.intervals_95.precision.estimate);
  expect(mad.unknown).toBe(0);
  // 27 fakes and 291 genuine rows, of which 13 or 14 and 145 or 146 have chosen.
  expect(youden.judged_on).toBe("the half of the labelled rows that did not choose");
  expect(Math.abs(youden.chosen_by - 159)).toBeLessThanOrEqual(1);
  expect(youden.unknown).toBe(0);
  expect(youden.tp + youden.fn).toBeGreaterThan(12);
});

test("evaluate(paths) leaves rows without a label out, and counts them", async () => {
  const path = file(folder, "gaps.csv", "s,l\n1,0\n2,1\n3,\n4,NA\n0,0\n");
  const {rows, unknown, auc} = await json([path]);
  expect([rows, unknown, auc]).toEqual([5, 2, 1]);
});

test("evaluate(paths) reads the alerts a day from timestamps", async () => {
  const lines = Array.from({length: 49}, (_, i) => `${Date.UTC(2026, 0, 5, i)},${i},${i % 2}`);
  const path = file(folder, "hours.csv", `timestamp,s,l\n${lines.join("\n")}\n`);
  const {confusion} = await json([path], {threshold: [parseRule("alerts:5"), parseRule("fixed:40")]});
  expect(confusion[0].flagged).toBe(10);
  expect(confusion[1].flagged_per_day).toBe(4);
});

test("evaluate(paths, {replicates}) adds bootstrap and permutation, the same for the same seed", async () => {
  const path = csv("ties.csv", cases.ties!);
  const threshold = [parseRule("quantile:0.2")];
  const result = await json([path], {replicates: 200, threshold});
  const {lower, estimate, upper} = result.auc_bootstrap_95;
  expect(estimate).toBeCloseTo(0.8329, 4);
  expect(lower < estimate && estimate < upper && upper - lower < 0.2).toBe(true);
  expect(result.auc_permutation_p_value).toBe(1 / 201);
  expect(result.confusion[0].bootstrap.precision.lower).toBeLessThan(1);
  expect(await json([path], {replicates: 200, threshold})).toEqual(result);
  expect((await json([path], {replicates: 200, seed: 2})).auc_bootstrap_95.lower).not.toBe(lower);
});

test("evaluate(paths) warns of one class and of an inverted score, and answers what it can", async () => {
  const one = file(folder, "one.csv", "s,l\n1,0\n2,0\n");
  const said: string[] = [];
  const {auc, auc_delong_95, confusion} = await json([one], {}, said);
  expect([auc, auc_delong_95, confusion[0].tn + confusion[0].fp]).toEqual([
    null,
    {lower: null, estimate: null, upper: null},
    2
  ]);
  expect(said.join("")).toContain("No row is fake, so that no ranking can be judged.\n");
  const inverted = await json([csv("inverted.csv", cases.inverted!)], {}, said);
  expect(inverted.warnings[0]).toContain("The score is inverted");
});

test('evaluate(paths, {print: "r"}) prints as R does', async () => {
  const path = csv("small.csv", cases.small!);
  const printed = await text([path], {print: "r", threshold: [parseRule("fixed:0.5")]});
  expect(printed.split("\n").slice(0, 6)).toEqual([
    "Confusion Matrix and Statistics",
    "",
    "          Reference",
    "Prediction 0 1",
    "         0 7 1",
    "         1 1 3"
  ]);
  expect(printed).toContain("               Accuracy : 0.8333          ");
});

test.each([
  ["label.csv", "s,l\n1,0\n2,2\n", "3: invalid l, expected 0, 1 or nothing: 2"],
  ["text-label.csv", "s,l\n1,0\n2,bot\n", "3: invalid l, expected 0, 1 or nothing: bot"],
  ["missing.csv", "s,l\n1,0\n,1\n", "3: invalid s, expected a number: missing"],
  ["infinite.csv", "s,l\n1,0\nInfinity,1\n", "3: invalid s, expected a number: Infinity"],
  ["text.csv", "s,l\n1,0\n2,1\nhigh,1\n", "4: invalid s, expected a number: high"]
])("evaluate(paths) names file, line and column of what it cannot take: %s", async (name, content, message) => {
  const path = file(folder, name, content);
  await expect(text([path])).rejects.toThrow(`${path}:${message}`);
});

test("evaluate(paths) names what is missing, and what a rule cannot do", async () => {
  const path = file(folder, "plain.csv", "s,l,o\n1,0,1\n2,1,2\n3,,3\n");
  await expect(text([path], {score: "t"})).rejects.toThrow(`${path}: missing column: t`);
  await expect(text([path], {label: "fake"})).rejects.toThrow(`${path}: missing column: fake`);
  await expect(text([path], {other: "p"})).rejects.toThrow(`${path}: missing column: p`);
  await expect(text([path], {other: "s"})).rejects.toThrow("expected different columns, got twice: s");
  const said: string[] = [];
  const {confusion, refused} = await json([path], {threshold: ["alerts:5", "fixed:1", "valley"].map(parseRule)}, said);
  expect(confusion.map(({rule}: {rule: string}) => rule)).toEqual(["fixed:1"]);
  expect(refused).toEqual([
    {rule: "alerts:5", reason: "times are needed by the rule: alerts"},
    {rule: "valley", reason: "no valley: the scores have one mode"}
  ]);
  expect(said.join("")).toContain("valley: no answer: no valley: the scores have one mode\n");
  const empty = file(folder, "empty.csv", "s,l\n");
  await expect(text([empty])).rejects.toThrow(`${empty}: expected rows, got none`);
});

function csv(name: string, {label, score, other}: Case): string {
  const lines = label.map((y, i) => [score[i], y, ...(other ? [other[i]] : [])].join(","));
  return file(folder, name, `s,l${other ? ",o" : ""}\n${lines.join("\n")}\n`);
}

async function text(paths: string[], options: Partial<EvaluateOptions> = {}, said: string[] = []): Promise<string> {
  const output = join(folder, "answer");
  const stderr = {write: (line: string) => said.push(line) > 0};
  const whole = {score: "s", label: "l", threshold: [parseRule("mad:3")], replicates: 0, seed: 1, ...options, output};
  await evaluate(paths, whole, stderr);
  return readFileSync(output, "utf8");
}

async function json(...args: Parameters<typeof text>) {
  return JSON.parse(await text(...args));
}

// Everything that is expected is there, numbers within 1e-9, which is what 15 digits in the goldens allow.
function expectWithin(actual: unknown, expected: unknown, place: string): void {
  if (typeof expected === "number") {
    expect(Math.abs((actual as number) - expected), place).toBeLessThan(1e-9);
  } else if (expected === null || typeof expected === "string") {
    expect(actual, place).toBe(expected);
  } else {
    if (Array.isArray(expected)) expect((actual as unknown[]).length, place).toBe(expected.length);
    for (const [key, value] of Object.entries(expected as object)) {
      expectWithin((actual as Record<string, unknown>)[key], value, `${place} ${key}`);
    }
  }
}
