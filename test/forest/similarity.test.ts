import {expect, test} from "vitest";
import {growForest} from "../../lib/forest/growForest.js";
import {separationDepth} from "../../lib/forest/separationDepth.js";
import {proximity, separationDistance} from "../../lib/forest/similarity.js";
import {takeFeatures} from "../../lib/forest/takeFeatures.js";
import {treeLeaves} from "../../lib/forest/treeLeaves.js";
import {randomSource} from "../../lib/random.js";
import {everyKind, mixed, withoutMissing} from "./mixedFeatures.js";

// isotree 0.6.1-5, expected_separation_depth: its exact small values, and its rounded ones for many rows.
test.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [3, 4 / 3],
  [4, 14 / 9],
  [5, 1.71666666667],
  [10, 2.14268078]
])("separationDepth(%i) is isotree’s", (n, expected) => {
  expect(separationDepth(n)).toBeCloseTo(expected, 8);
});

test("separationDepth(n) rises to 3", () => {
  for (const [n, expected] of [
    [1360, 2.98],
    [4229, 2.9925],
    [40_774, 2.999]
  ] as const) {
    expect(Math.abs(separationDepth(n) - expected)).toBeLessThan(0.0012);
  }
  expect(separationDepth(2.5)).toBeCloseTo((1 + 4 / 3) / 2, 12);
  expect(3 - separationDepth(2 ** 20)).toBeLessThan(1e-4);
  expect(separationDepth(2 ** 24)).toBe(3);
});

test("separationDepth(n) is what trees over random rows need", () => {
  const random = randomSource(3);
  const n = 8;
  let splits = 0;
  const trials = 20_000;
  for (let trial = 0; trial < trials; ++trial) {
    for (let [a, b, rows] = [0, 1, n]; ; ) {
      ++splits;
      const left = 1 + Math.floor(random() * (rows - 1));
      const order = Array.from({length: rows}, (_, i) => i);
      const place = Math.floor(random() * rows);
      let other = Math.floor(random() * (rows - 1));
      if (other >= place) ++other;
      [a, b] = [order[place]!, order[other]!];
      if (a < left !== b < left) break;
      rows = a < left ? left : rows - left;
    }
  }
  expect(Math.abs(splits / trials - separationDepth(n))).toBeLessThan(0.03);
});

const complete = withoutMissing(mixed);
const some = takeFeatures(
  complete,
  Array.from({length: 40}, (_, i) => i)
);

test.each(everyKind)(
  "separationDistance(forest, features) is symmetric, from 0 to 1, and least for a row itself: %o",
  (options) => {
    const distance = separationDistance(growForest(complete, {trees: 20, ...options}), some);
    for (let i = 0; i < 40; ++i) {
      for (let k = 0; k < 40; ++k) {
        const d = distance[i * 40 + k]!;
        expect(d).toBe(distance[k * 40 + i]);
        expect(d >= 0 && d <= 1).toBe(true);
        expect(i === k ? d === 0 : d > 0).toBe(true);
      }
    }
  }
);

test.each(everyKind)("proximity(forest, features) is the share of trees with a common leaf: %o", (options) => {
  const forest = growForest(complete, {trees: 20, ...options});
  const kernel = proximity(forest, some);
  const leaves = treeLeaves(forest, some);
  for (let i = 0; i < 40; ++i) {
    for (let k = 0; k < 40; ++k) {
      let common = 0;
      for (let tree = 0; tree < 20; ++tree) if (leaves[i * 20 + tree] === leaves[k * 20 + tree]) ++common;
      expect(kernel[i * 40 + k]).toBe(common / 20);
    }
  }
});

test("proximity and separationDistance(forest, features, to) are the same against other rows", () => {
  const forest = growForest(complete, {preset: "paper", trees: 20});
  const others = takeFeatures(some, [3, 9, 27]);
  for (const f of [proximity, separationDistance]) {
    const square = f(forest, some);
    const block = f(forest, some, others);
    expect(block).toHaveLength(120);
    for (let i = 0; i < 40; ++i) {
      for (const [k, other] of [3, 9, 27].entries()) {
        if (i !== other) expect(block[i * 3 + k]).toBe(square[i * 40 + other]);
      }
    }
  }
});

test("separationDistance(forest, features, to) is least for an identical row, and about 0.5 between rows at random", () => {
  const forest = growForest(complete, {preset: "paper", trees: 200});
  const block = separationDistance(forest, some, takeFeatures(some, [5]));
  expect(block.indexOf(Math.min(...block))).toBe(5);
  const random = randomSource(2);
  const uniform = {x: Float64Array.from({length: 256}, random), y: Float64Array.from({length: 256}, random)};
  const distance = separationDistance(growForest(uniform, {preset: "paper", maxDepth: 0}), uniform);
  expect(Math.abs(distance.reduce((a, b) => a + b) / (256 * 255) - 0.5)).toBeLessThan(0.05);
});

test("separationDistance(forest, features) of rows that one split parts is 1; of those that none can, less", () => {
  const pair = {x: Float64Array.of(0, 1)};
  expect([...separationDistance(growForest(pair, {preset: "paper", trees: 5}), pair)]).toEqual([0, 1, 1, 0]);
  const equal = {x: Float64Array.of(3, 3)};
  expect([...separationDistance(growForest(equal, {preset: "paper", trees: 5}), equal)]).toEqual([0, 1, 1, 0]);
  const crowd = {x: Float64Array.of(3, 3, 3, 9)};
  const distance = separationDistance(growForest(crowd, {preset: "paper", trees: 5}), crowd);
  expect(distance[1]!).toBeLessThan(distance[3]!);
});
