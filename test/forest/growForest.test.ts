import fc from "fast-check";
import {expect, test} from "vitest";
import type {Features} from "../../lib/forest/features.js";
import {growForest as grow} from "../../lib/forest/growForest.js";
import type {ForestOptions} from "../../lib/forest/parameters.js";
import {randomSource} from "../../lib/random.js";
import {tables} from "./tables.js";

test("growForest(features, {seed}) gives the same bytes for the same seed and other bytes for another", () => {
  fc.assert(
    fc.property(tables, fc.nat(), (features, seed) => {
      const bytes = (s: number) => new Uint8Array(growForest(features, {trees: 5, seed: s}).buffer);
      expect(bytes(seed)).toEqual(bytes(seed));
      expect(bytes(seed)).not.toEqual(bytes(seed + 1));
    }),
    {numRuns: 30}
  );
});

test("growForest(features, {seed}) differs in its trees, not only in the seed that it notes", () => {
  const features = {x: uniform(50)};
  const [a, b] = [1, 2].map((seed) => growForest(features, {trees: 3, seed}));
  expect(a!.threshold.slice(0, 20)).not.toEqual(b!.threshold.slice(0, 20));
});

test("growForest(features, {trees}) begins with the trees of a smaller forest", () => {
  fc.assert(
    fc.property(tables, fc.nat(), (features, seed) => {
      const few = growForest(features, {trees: 10, seed, sampleSize: 16});
      const many = growForest(features, {trees: 20, seed, sampleSize: 16});
      const nodes = few.feature.length;
      expect(many.root.slice(0, 11)).toEqual(few.root);
      expect(many.threshold.slice(0, nodes)).toEqual(few.threshold);
      expect(many.feature.slice(0, nodes)).toEqual(few.feature);
      expect(many.child.slice(0, nodes)).toEqual(few.child);
    }),
    {numRuns: 30}
  );
});

test("growForest(features) draws without replacement: distinct rows end alone, each in a leaf of its own", () => {
  for (const sampleSize of [1, 2, 3, 50, 99, 100]) {
    const {root} = growForest({x: uniform(100)}, {trees: 20, sampleSize, maxDepth: 0});
    expect([...root]).toEqual(Array.from({length: 21}, (_, tree) => tree * (2 * sampleSize - 1)));
  }
});

test("growForest(features) draws every row as often as any other", () => {
  // Feature k marks row k: of two rows drawn, the split is between their marks.
  const names = ["a", "b", "c", "d", "e"];
  const marks = Object.fromEntries(names.map((name, k) => [name, Float64Array.from(names, (_, i) => Number(i === k))]));
  const {feature} = growForest(marks, {trees: 5000, sampleSize: 2});
  for (const k of names.keys()) {
    const count = feature.filter((j) => j === k).length;
    expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt((5000 * 4) / 25));
  }
});

test("growForest(features) splits each feature equally often, whatever its unit", () => {
  const columns = {small: uniform(300, 1, 1e-9), medium: uniform(300, 2), large: uniform(300, 3, 1e12)};
  const {root, feature} = growForest(columns, {trees: 3000, sampleSize: 64});
  const first = [0, 0, 0];
  for (let tree = 0; tree < 3000; ++tree) first[feature[root[tree]!]!]! += 1;
  for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(4 * Math.sqrt((3000 * 2) / 9));
});

test.each([
  [0, 1],
  [-1e308, 1e308],
  [1e-300, 2e-300]
])("growForest(features) draws thresholds uniformly from %d to %d", (low, high) => {
  const {root, threshold} = growForest({x: Float64Array.of(low, low * 0.9 + high * 0.1, high)}, {trees: 4000});
  for (const u of [0.1, 0.25, 0.5, 0.9]) {
    const below = root.subarray(0, 4000).filter((i) => threshold[i]! < low * (1 - u) + high * u).length;
    expect(Math.abs(below - 4000 * u)).toBeLessThan(4 * Math.sqrt(4000 * u * (1 - u)));
  }
});

test("growForest(features, {maxDepth}) ends there, with the path that rows would still go", () => {
  const {root, feature, threshold} = growForest({x: uniform(100)}, {trees: 10, maxDepth: 1});
  for (let tree = 0; tree < 10; ++tree) {
    expect(root[tree + 1]! - root[tree]!).toBe(3);
    const [, left, right] = threshold.slice(root[tree]!, root[tree]! + 3);
    expect([...feature.slice(root[tree]! + 1, root[tree]! + 3)]).toEqual([-1, -1]);
    // 1 + c(n) and 1 + c(100 − n) for some n
    const counts = [left!, right!].map((length) => pathLengths.findIndex((c) => Math.abs(1 + c - length) < 1e-12));
    const known = counts.filter((count) => count > 1);
    if (known.length === 2) expect(counts[0]! + counts[1]!).toBe(100);
  }
});

test("growForest(features) does not split constant columns, and keeps equal rows together", () => {
  const constant = growForest({x: new Float64Array(100).fill(7), y: new Float64Array(100)}, {trees: 3});
  expect([...constant.feature]).toEqual([-1, -1, -1]);
  const mixed = growForest({x: new Float64Array(100).fill(7), y: uniform(100)}, {trees: 30});
  expect(new Set(mixed.feature)).toEqual(new Set([-1, 1]));
  const pair = growForest({x: Float64Array.from({length: 100}, (_, i) => i % 2)}, {trees: 30, maxDepth: 0});
  expect([...pair.root]).toEqual(Array.from({length: 31}, (_, tree) => 3 * tree));
});

test("growForest(features) always splits off rows on both sides, at any magnitude", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.double({noNaN: true, noDefaultInfinity: true}), {minLength: 1, maxLength: 30}),
      (x) => {
        const distinct = new Set(x.map((value) => value + 0)).size;
        const {root} = growForest({x: Float64Array.from(x)}, {trees: 3, maxDepth: 0});
        expect([...root]).toEqual([0, 1, 2, 3].map((tree) => tree * (2 * distinct - 1)));
      }
    )
  );
});

test("growForest(features) leaves its columns as they are", () => {
  const x = uniform(100);
  const before = x.slice();
  growForest({x}, {trees: 5});
  expect(x).toEqual(before);
});

test("growForest(features) throws on values that are not finite, naming feature and row", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    const features = {request_rate: Float64Array.of(1, 2, 3), session_duration: Float64Array.of(1, 2, value)};
    const strictly = () => growForest(features, {missing: "fail"});
    expect(strictly).toThrow(`invalid session_duration at row 2: ${value}`);
  }
  expect(() => growForest({x: Float64Array.of(1, 1 / 0)})).toThrow("invalid x at row 1: Infinity");
});

test("growForest(features) throws on columns of other lengths, no rows and no features", () => {
  const features = {a: new Float64Array(3), b: new Float64Array(2)};
  expect(() => growForest(features)).toThrow("expected 3 values in b, got: 2");
  expect(() => growForest({a: new Float64Array(0)})).toThrow("expected rows, got none");
  expect(() => growForest({})).toThrow("expected features, got none");
});

test("growForest(features, options) throws on impossible parameters", () => {
  expect(() => growForest({a: new Float64Array(3)}, {trees: 0})).toThrow("invalid trees: 0");
  expect(() => growForest({a: new Float64Array(3)}, {seed: -1})).toThrow("invalid seed: -1");
});

const pathLengths = Array.from({length: 101}, (_, n) => {
  let sum = 0;
  for (let k = 2; k <= n; ++k) sum += 2 / k;
  return sum;
});

function uniform(rows: number, seed = 1, scale = 1): Float64Array {
  const random = randomSource(seed);
  return Float64Array.from({length: rows}, () => random() * scale);
}

// Along an axis and without a guide, as the theory has it.
function growForest(features: Features, options: ForestOptions = {}) {
  return grow(features, {preset: "isotree", ...options});
}
