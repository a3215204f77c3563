import {expect, test} from "vitest";
import {type PresetName, presets, resolveParameters} from "../../lib/forest/parameters.js";

test("resolveParameters(rows, columns) defaults to auto: slanted splits by full gain, without a depth limit", () => {
  const auto = {trees: 100, sampleSize: 256, maxDepth: 0, dims: 2, fullGain: 1, penalizeRange: true, seed: 1};
  expect(resolveParameters(20_000, 3)).toMatchObject(auto);
  expect(resolveParameters(20_000, 1)).toMatchObject({...auto, dims: 1});
});

test("resolveParameters(rows, {preset: isotree}) is 500 trees of all rows, up to 10,000", () => {
  expect(resolveParameters(318, 3, {preset: "isotree"})).toMatchObject({
    trees: 500,
    sampleSize: 318,
    maxDepth: 8,
    seed: 1
  });
  expect(resolveParameters(20_000, 3, {preset: "isotree"})).toMatchObject({
    trees: 500,
    sampleSize: 10_000,
    maxDepth: 13,
    seed: 1
  });
});

test("resolveParameters(rows, {preset: paper}) is 100 trees of 256 rows, fewer only for a smaller table", () => {
  expect(resolveParameters(20_000, 3, {preset: "paper"})).toMatchObject({
    trees: 100,
    sampleSize: 256,
    maxDepth: 8,
    seed: 1
  });
  expect(resolveParameters(100, 3, {preset: "paper"})).toMatchObject({
    trees: 100,
    sampleSize: 100,
    maxDepth: 7,
    seed: 1
  });
});

test("resolveParameters(rows, options) takes options before the preset’s, and never more rows than there are", () => {
  const options = {preset: "paper", trees: 7, sampleSize: 300, maxDepth: 3, seed: 42} as const;
  expect(resolveParameters(1000, 3, options)).toMatchObject({trees: 7, sampleSize: 300, maxDepth: 3, seed: 42});
  expect(resolveParameters(200, 3, options)).toMatchObject({trees: 7, sampleSize: 200, maxDepth: 3, seed: 42});
});

test("resolveParameters(rows) limits the depth to the nearest whole number of log2 ψ, at least 1", () => {
  const depths = [1, 2, 3, 4, 5, 6, 256, 318, 362, 363, 512].map(
    (rows) => resolveParameters(rows, 3, {preset: "isotree"}).maxDepth
  );
  expect(depths).toEqual([1, 1, 2, 2, 2, 3, 8, 8, 8, 9, 9]);
});

test("resolveParameters(rows, {maxDepth: 0}) has no limit", () => {
  expect(resolveParameters(318, 3, {maxDepth: 0}).maxDepth).toBe(0);
});

test("resolveParameters(rows, options) throws on impossible numbers, naming them", () => {
  for (const value of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const name of ["trees", "sampleSize", "maxDepth", "dims", "candidates", "columnsPerTree", "seed"]) {
      expect(() => resolveParameters(10, 3, {[name]: value})).toThrow(`invalid ${name}: ${value}`);
    }
  }
  for (const name of ["trees", "sampleSize", "dims", "candidates", "columnsPerTree"]) {
    expect(() => resolveParameters(10, 3, {[name]: 0})).toThrow(`invalid ${name}: 0`);
  }
});

test("resolveParameters(rows, {sampleSize}) throws on a sample too large to grow", () => {
  expect(() => resolveParameters(2 ** 25, 3, {sampleSize: 2 ** 24 + 1})).toThrow("invalid sampleSize: 16777217");
  expect(resolveParameters(2 ** 25, 3, {sampleSize: 2 ** 24}).sampleSize).toBe(2 ** 24);
});

test("resolveParameters(rows, {preset}) throws on an unknown preset", () => {
  for (const preset of ["sklearn", "toString"]) {
    expect(() => resolveParameters(10, 3, {preset: preset as PresetName})).toThrow(`unknown preset: ${preset}`);
  }
});

test("resolveParameters(rows, columns) never takes more columns than there are", () => {
  expect(resolveParameters(10, 1, {dims: 5, columnsPerTree: 5})).toMatchObject({dims: 1, columnsPerTree: 1});
  expect(resolveParameters(10, 7, {preset: "extended"})).toMatchObject({dims: 2, columnsPerTree: 7});
});

test("resolveParameters(rows, columns, options) takes an undefined option for one that is left out", () => {
  expect(resolveParameters(10, 1, {trees: undefined, preset: undefined})).toEqual(resolveParameters(10, 1));
});

test("resolveParameters(rows, columns) divides missing values along an axis and imputes them in slanted splits", () => {
  expect(resolveParameters(10, 3, {dims: 1}).missing).toBe("divide");
  expect(resolveParameters(10, 3, {dims: 2}).missing).toBe("impute");
  expect(() => resolveParameters(10, 3, {dims: 2, missing: "divide"})).toThrow(
    "cannot divide missing values with dims: 2"
  );
});

test.each<[string, object]>([
  ["invalid chances of gains: 0.6, 0.6, 0, 0", {pooledGain: 0.6, averageGain: 0.6}],
  ["invalid chances of gains: -1, 0, 0, 0", {pooledGain: -1}],
  ["invalid chances of column choice: 2, 0, 0", {byRange: 2}],
  ["invalid minGain: -1", {minGain: -1}],
  ["invalid minGain: NaN", {minGain: Number.NaN}],
  ["invalid metric: distance", {metric: "distance"}],
  ["invalid missing: zero", {missing: "zero"}],
  ["invalid coefficients: 1", {coefficients: 1}],
  ["invalid penalizeRange: yes", {penalizeRange: "yes"}],
  ["cannot penalize range with metric: density", {metric: "density", penalizeRange: true}]
])("resolveParameters(rows, columns, options) throws %j", (message, options) => {
  expect(() => resolveParameters(10, 3, {preset: "paper", ...options})).toThrow(message);
});

test.each(Object.keys(presets) as PresetName[])(
  "preset %s is complete and valid for one row and for many",
  (preset) => {
    for (const rows of [1, 20, 1_000_000]) expect(() => resolveParameters(rows, 5, {preset})).not.toThrow();
  }
);
