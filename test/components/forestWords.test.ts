import {expect, test} from "vitest";
import {type ForestOptions, resolveParameters} from "../../lib/forest/parameters.js";
import {forestWords} from "../../src/components/forestWords.js";

test.each<[ForestOptions, string]>([
  [
    {preset: "paper"},
    "This forest has 100 trees, each grown from 256 rows, to a depth of at most 8, with seed 1. Each split is along one feature, at a random value."
  ],
  [
    {preset: "extended", trees: 1, sampleSize: 1},
    "This forest has 1 tree, each grown from 1 row, to a depth of at most 1, with seed 1. Each split is along a slanted plane through 2 features, with uniform random weights, at a random value."
  ],
  [
    {preset: "sciforest"},
    "This forest has 100 trees, each grown from 256 rows, to a depth of at most 8, with seed 1. Each split is along a slanted plane through 2 features, with normal random weights, where the mean deviation of both sides falls most, the best of 10 candidates. A row outside the range that a split saw counts as one split nearer to the root."
  ],
  [
    {preset: "rrcf"},
    "This forest has 100 trees, each grown from 256 rows, without a depth limit, with seed 1. Each split is along one feature, drawn by its range, at a random value."
  ],
  [
    {preset: "paper", pooledGain: 0.25, byKurtosis: 0.5, columnsPerTree: 2, metric: "density", replacement: true},
    "This forest has 100 trees, each grown from 256 rows, drawn with replacement, to a depth of at most 8, with seed 1. Each split is along one feature, drawn by its kurtosis in 50 % of splits, where the spread within both sides falls most in 25 % of splits, otherwise at a random value. A tree sees 2 of the 4 features, drawn anew for each. Leaves are judged by density, not by plain depth."
  ]
])("forestWords(%o)", (options, words) => {
  expect(forestWords(resolveParameters(1000, 4, options), 4).join(" ")).toBe(words);
});
