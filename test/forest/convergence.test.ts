import {expect, test} from "vitest";
import {changedAlerts, enoughTrees} from "../../lib/forest/changedAlerts.js";
import {convergingScore} from "../../lib/forest/convergingScore.js";
import {growForest} from "../../lib/forest/growForest.js";
import type {ForestParameters} from "../../lib/forest/parameters.js";
import {rowsAround} from "../../lib/forest/rowsAround.js";
import {meanOfScore, scoreOfMean} from "../../lib/forest/scoreOfMean.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {takeFeatures} from "../../lib/forest/takeFeatures.js";
import {treeCounts} from "../../lib/forest/treeCounts.js";
import {treeValues} from "../../lib/forest/treeValues.js";
import {features} from "../notebookOnLand.js";

const forest = growForest(features, {preset: "paper", trees: 300});
const values = treeValues(forest, features);
const score = scoreRows(forest, features);
const threshold = 0.55;

test("treeCounts(trees) goes from 1 to the last, each once", () => {
  expect([...treeCounts(1)]).toEqual([1]);
  expect([...treeCounts(3)]).toEqual([1, 2, 3]);
  for (const trees of [2, 10, 99, 100, 101, 500]) {
    const counts = [...treeCounts(trees)];
    expect(counts[0]).toBe(1);
    expect(counts.at(-1)).toBe(trees);
    expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
  }
});

test("meanOfScore(parameters, score) undoes scoreOfMean", () => {
  for (const metric of ["depth", "adjusted density", "density", "boxed ratio"] as const) {
    const parameters = {metric, sampleSize: 256} as ForestParameters;
    for (const s of [0.01, 0.3, 0.5, 0.7, 0.99])
      expect(scoreOfMean(parameters, meanOfScore(parameters, s))).toBeCloseTo(s, 12);
  }
});

test("convergingScore(values, row) ends at the row’s score, in a band that narrows", () => {
  const counts = treeCounts(300);
  for (const row of [0, 100, 317]) {
    const {score: settling, low, high} = convergingScore(values, row, forest.parameters, counts);
    expect(settling.at(-1)).toBeCloseTo(score[row]!, 12);
    for (let i = 1; i < counts.length; ++i) {
      expect(high[i]! - low[i]!).toBeLessThan(high[i - 1]! - low[i - 1]!);
      expect(low[i]! < score[row]! && score[row]! < high[i]!).toBe(true);
    }
  }
});

test("convergingScore(values, row) has a band that holds 95 % of forests with as many trees", () => {
  const seeds = Array.from({length: 40}, (_, seed) =>
    scoreRows(growForest(features, {preset: "paper", trees: 25, seed: seed + 2}), features)
  );
  let inside = 0;
  for (let row = 0; row < score.length; ++row) {
    const {low, high} = convergingScore(values, row, forest.parameters, [25]);
    for (const other of seeds) if (other[row]! > low[0]! && other[row]! < high[0]!) ++inside;
  }
  // The centre of the band is itself a mean over 300 trees, which widens the difference by a twenty-fourth.
  expect(inside / seeds.length / score.length).toBeGreaterThan(0.92);
  expect(inside / seeds.length / score.length).toBeLessThan(0.97);
});

test("convergingScore(values, row) of one tree has no band", () => {
  const one = growForest(features, {preset: "paper", trees: 1});
  const {score: settling, low} = convergingScore(treeValues(one, features), 0, one.parameters, [1]);
  expect(settling[0]).toBe(scoreRows(one, features)[0]);
  expect(low[0]).toBeNaN();
});

test("changedAlerts(values, parameters, threshold) is how many alerts differ in forests of other seeds", () => {
  const share = changedAlerts(values, forest.parameters, threshold);
  const alerts = score.filter((s) => s > threshold).length;
  for (const trees of [10, 50]) {
    let changed = 0;
    for (let seed = 2; seed < 42; ++seed) {
      const other = scoreRows(growForest(features, {preset: "paper", trees, seed}), features);
      for (let row = 0; row < score.length; ++row) if (other[row]! > threshold !== score[row]! > threshold) ++changed;
    }
    expect(share(trees) / (changed / 40 / alerts)).toBeGreaterThan(0.75);
    expect(share(trees) / (changed / 40 / alerts)).toBeLessThan(1.25);
  }
});

test("changedAlerts(values, parameters, threshold, weight) counts a row as often as it stands for others", () => {
  const standing = rowsAround(score, threshold, {near: 100});
  const few = treeValues(forest, takeFeatures(features, standing.rows));
  const all = changedAlerts(values, forest.parameters, threshold);
  const estimate = changedAlerts(few, forest.parameters, threshold, standing.weight);
  for (const trees of [5, 50, 300]) expect(Math.abs(estimate(trees) / all(trees) - 1)).toBeLessThan(0.1);
});

test("changedAlerts(values, parameters, threshold) is missing where nothing is flagged, or one tree speaks", () => {
  expect(changedAlerts(values, forest.parameters, 0.99)(10)).toBeNaN();
  const one = growForest(features, {preset: "paper", trees: 1});
  expect(changedAlerts(treeValues(one, features), one.parameters, threshold)(10)).toBeNaN();
});

test("enoughTrees(share, bound) is the least count below the bound, Infinity where none is", () => {
  expect(enoughTrees((count) => 1 / count, 0.01)).toBe(101);
  expect(enoughTrees(() => 0, 0.01)).toBe(1);
  expect(enoughTrees(() => Number.NaN, 0.01)).toBe(Number.POSITIVE_INFINITY);
  expect(enoughTrees((count) => 1 / count, 0.01, 100)).toBe(Number.POSITIVE_INFINITY);
});

test("rowsAround(score, threshold) takes the nearest, and ever fewer that stand for the rest", () => {
  const scores = Float64Array.from({length: 1000}, (_, i) => i / 1000);
  const {rows, weight} = rowsAround(scores, 0.5, {near: 11});
  const nearest = [495, 496, 497, 498, 499, 500, 501, 502, 503, 504, 505];
  expect([...rows.subarray(0, 11)].sort((a, b) => a - b)).toEqual(nearest);
  expect([...weight.subarray(0, 11)]).toEqual(nearest.map(() => 1));
  expect(new Set(rows).size).toBe(rows.length);
  expect(rows.length).toBeLessThan(80);
  expect(weight.reduce((a, b) => a + b)).toBe(1000);
  expect(rowsAround(scores.subarray(0, 3), 0.5).rows).toHaveLength(3);
  expect(rowsAround(new Float64Array(0), 0.5).rows).toHaveLength(0);
});
