import fc from "fast-check";
import {expect, test} from "vitest";
import {pairedPermutationTest, permutationTest} from "../../lib/evaluation/permutationTest.js";
import {ranks} from "../../lib/evaluation/rankCorrelation.js";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {notebook, paired} from "./goldens.js";
import {sequences} from "./sequences.js";

const label = [1, 0, 1, 0, 0, 1, 0, 0, 1, 0];
const score = [8, 3, 5, 5, 2, 9, 4, 1, 3, 7];
const other = [2, 5, 6, 1, 2, 7, 8, 3, 3, 4];

// four standard errors of a share of 20,000 replicates
const maximumError = 4 * Math.sqrt(0.25 / 20_000);

test("permutationTest(label, score) comes near the share of all 210 permutations", () => {
  // R 4.2.2: mean(combn(10, 4, function(i) sum(rank(score)[i])) >= sum(rank(score)[label == 1]))
  const {auc, pValue} = permutationTest(label, score, {replicates: 20_000});
  expect(auc).toBe(19 / 24);
  expect(Math.abs(pValue - 17 / 210)).toBeLessThan(maximumError);
});

test("permutationTest(label, score) draws the rarer class, whichever it is", () => {
  const exchanged = permutationTest(
    label.map((y) => 1 - y),
    score.map((s) => -s),
    {replicates: 20_000}
  );
  expect(exchanged.auc).toBe(19 / 24);
  expect(Math.abs(exchanged.pValue - 17 / 210)).toBeLessThan(maximumError);
});

test("permutationTest(label, score) depends on the seed and not on the order of rows or the scale", () => {
  const first = permutationTest(label, score, {seed: 7});
  expect(permutationTest(label, score, {seed: 7})).toEqual(first);
  expect(permutationTest(label, score, {seed: 8}).pValue).not.toBe(first.pValue);
  const reversed = permutationTest([NaN, ...label.toReversed()], [99, ...score.toReversed().map(Math.exp)], {seed: 7});
  expect(reversed).toEqual(first);
});

test("permutationTest(label, score) rejects chance for the notebook’s scores and keeps it for their opposite", () => {
  expect(permutationTest(notebook.label, notebook.score).pValue).toBe(1 / 2000);
  const opposite = notebook.score.map((s) => -s);
  expect(permutationTest(notebook.label, opposite).pValue).toBe(1);
});

test("permutationTest(label, score) is defined for constant scores, one class and no rows", () => {
  expect(permutationTest([0, 1, 1], [4, 4, 4])).toEqual({auc: 0.5, pValue: 1});
  expect(permutationTest([0, 1], [1, 2], {replicates: 1})).toMatchObject({auc: 1});
  for (const label of [[], [NaN], [0, 0], [1, 1]]) {
    expect(permutationTest(label, [...label.keys()])).toEqual({auc: NaN, pValue: NaN});
  }
});

test("pairedPermutationTest(label, score, other) comes near the share of all 1,024 exchanges", () => {
  // R 4.2.2, every exchange of rank(score) and rank(other) by rows: 414 of 1,024 differ by 5/24 or more
  const {auc, difference, pValue} = pairedPermutationTest(label, score, other, {replicates: 20_000});
  expect(auc).toEqual([19 / 24, 14 / 24]);
  expect(difference).toBeCloseTo(5 / 24, 15);
  expect(Math.abs(pValue - 414 / 1024)).toBeLessThan(maximumError);
});

test("pairedPermutationTest(label, score, other) is the share of exchanges by definition", () => {
  const maximumRows = 9;
  const pairs = bothClasses.map(({label, score}) => ({
    label: label.slice(0, maximumRows),
    score: score.slice(0, maximumRows)
  }));
  fc.assert(
    fc.property(pairs, fc.array(fc.integer({min: 0, max: 9}), {minLength: 9, maxLength: 9}), (rows, second) => {
      const other = second.slice(0, rows.label.length);
      const {pValue} = pairedPermutationTest(rows.label, rows.score, other, {replicates: 20_000});
      expect(Math.abs(pValue - shareOfExchanges(rows.label, rows.score, other))).toBeLessThan(1.5 * maximumError);
    }),
    {numRuns: 20}
  );
});

test("pairedPermutationTest(label, score, other) decides as DeLong’s test on the golden pair", () => {
  const {label, score, other, expected} = paired;
  const {difference, pValue} = pairedPermutationTest(label, score, other);
  expect(difference).toBeCloseTo(expected.auc[0] - expected.auc[1], 12);
  expect(pValue).toBe(1 / 2000);
});

test("pairedPermutationTest(label, score, other) is deterministic and finds no difference in equal rankings", () => {
  expect(pairedPermutationTest(label, score, other)).toEqual(pairedPermutationTest(label, score, other));
  const {pValue} = pairedPermutationTest(label, score, other);
  expect(pairedPermutationTest([NaN, ...label], [99, ...other], [1, ...score]).pValue).toBe(pValue);
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const area = auc(scoreLevels(label, score));
      const test = pairedPermutationTest(label, score, score.map(Math.exp), {replicates: 19});
      expect(test).toEqual({auc: [area, area], difference: 0, pValue: 1});
    })
  );
});

test("pairedPermutationTest(label, score, other) is defined for constant scores, one class and no rows", () => {
  const {label, score} = sequences.constant;
  expect(pairedPermutationTest(label, score, score)).toEqual({auc: [0.5, 0.5], difference: 0, pValue: 1});
  for (const label of [[], [NaN], [0, 0], [1, 1]]) {
    const score = [...label.keys()];
    expect(pairedPermutationTest(label, score, score)).toEqual({auc: [NaN, NaN], difference: NaN, pValue: NaN});
  }
});

test("permutation tests reject what they cannot use", () => {
  for (const replicates of [0, 1.5, NaN, Infinity]) {
    const error = new RangeError(`invalid replicates: ${replicates}`);
    expect(() => permutationTest(label, score, {replicates})).toThrow(error);
    expect(() => pairedPermutationTest(label, score, other, {replicates})).toThrow(error);
  }
  expect(() => permutationTest(label, score, {seed: -1})).toThrow(new RangeError("invalid seed: -1"));
  expect(() => permutationTest([0, 1], [1, NaN])).toThrow(RangeError);
  expect(() => pairedPermutationTest([0, 1], [1, 2], [1])).toThrow(RangeError);
});

function shareOfExchanges(label: number[], score: number[], other: number[]): number {
  const known = [...label.keys()].filter((i) => !Number.isNaN(label[i]!));
  const labels = known.map((i) => label[i]!);
  const [a, b] = [score, other].map((values) => ranks(known.map((i) => values[i]!)));
  const distances = Array.from({length: 2 ** known.length}, (_, exchanged) => {
    const first = known.map((_, i) => ((exchanged >> i) & 1 ? b : a)![i]!);
    const second = known.map((_, i) => ((exchanged >> i) & 1 ? a : b)![i]!);
    return Math.abs(auc(scoreLevels(labels, first)) - auc(scoreLevels(labels, second)));
  });
  return distances.filter((distance) => distance >= distances[0]! - 1e-12).length / distances.length;
}
