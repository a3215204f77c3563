import {expect, test} from "vitest";
import {type PresetName, resolveParameters} from "../../lib/forest/parameters.js";

test("resolveParameters(rows) defaults to isotree’s 500 trees of all rows, up to 10,000", () => {
  expect(resolveParameters(318)).toEqual({trees: 500, sampleSize: 318, maxDepth: 8, seed: 1});
  expect(resolveParameters(20_000)).toEqual({trees: 500, sampleSize: 10_000, maxDepth: 13, seed: 1});
});

test("resolveParameters(rows, {preset: paper}) is 100 trees of 256 rows, fewer only for a smaller table", () => {
  expect(resolveParameters(20_000, {preset: "paper"})).toEqual({trees: 100, sampleSize: 256, maxDepth: 8, seed: 1});
  expect(resolveParameters(100, {preset: "paper"})).toEqual({trees: 100, sampleSize: 100, maxDepth: 7, seed: 1});
});

test("resolveParameters(rows, options) takes options before the preset’s, and never more rows than there are", () => {
  const options = {preset: "paper", trees: 7, sampleSize: 300, maxDepth: 3, seed: 42} as const;
  expect(resolveParameters(1000, options)).toEqual({trees: 7, sampleSize: 300, maxDepth: 3, seed: 42});
  expect(resolveParameters(200, options)).toEqual({trees: 7, sampleSize: 200, maxDepth: 3, seed: 42});
});

test("resolveParameters(rows) limits the depth to the nearest whole number of log2 ψ, at least 1", () => {
  const depths = [1, 2, 3, 4, 5, 6, 256, 318, 362, 363, 512].map((rows) => resolveParameters(rows).maxDepth);
  expect(depths).toEqual([1, 1, 2, 2, 2, 3, 8, 8, 8, 9, 9]);
});

test("resolveParameters(rows, {maxDepth: 0}) has no limit", () => {
  expect(resolveParameters(318, {maxDepth: 0}).maxDepth).toBe(0);
});

test("resolveParameters(rows, options) throws on impossible numbers, naming them", () => {
  for (const value of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    for (const name of ["trees", "sampleSize", "maxDepth", "seed"]) {
      expect(() => resolveParameters(10, {[name]: value})).toThrow(`invalid ${name}: ${value}`);
    }
  }
  for (const name of ["trees", "sampleSize"]) {
    expect(() => resolveParameters(10, {[name]: 0})).toThrow(`invalid ${name}: 0`);
  }
});

test("resolveParameters(rows, {sampleSize}) throws on a sample too large to grow", () => {
  expect(() => resolveParameters(2 ** 25, {sampleSize: 2 ** 24 + 1})).toThrow("invalid sampleSize: 16777217");
  expect(resolveParameters(2 ** 25, {sampleSize: 2 ** 24}).sampleSize).toBe(2 ** 24);
});

test("resolveParameters(rows, {preset}) throws on an unknown preset", () => {
  for (const preset of ["sklearn", "toString"]) {
    expect(() => resolveParameters(10, {preset: preset as PresetName})).toThrow(`unknown preset: ${preset}`);
  }
});
