import {expect, test} from "vitest";
import type {CategoryColumn} from "../../lib/forest/features.js";
import {growForest} from "../../lib/forest/growForest.js";
import {imputeMissing} from "../../lib/forest/imputeMissing.js";
import {takeFeatures} from "../../lib/forest/takeFeatures.js";
import {everyKind, mixed} from "./mixedFeatures.js";

const original = mixed.x as Float64Array;

test.each(everyKind.filter(({missing}) => missing !== "fail"))(
  "imputeMissing(forest, features, reference) beats the mean on held-out cells: %o",
  (options) => {
    const held = original.map((x, i) => (i % 5 === 0 ? Number.NaN : x));
    const features = {...mixed, x: held};
    const {x} = imputeMissing(growForest(features, {trees: 100, ...options}), features, features);
    const known = held.filter((value) => !Number.isNaN(value));
    const mean = known.reduce((a, b) => a + b) / known.length;
    let [error, errorOfMean] = [0, 0];
    for (const [i, value] of original.entries()) {
      if (i % 5 !== 0 || Number.isNaN(value)) continue;
      error += ((x as Float64Array)[i]! - value) ** 2;
      errorOfMean += (mean - value) ** 2;
    }
    expect(error).toBeLessThan(0.5 * errorOfMean);
  }
);

test("imputeMissing(forest, features, reference) fills every gap, keeps what is there, and changes no input", () => {
  const before = structuredClone(mixed);
  const filled = imputeMissing(growForest(mixed, {preset: "paper", trees: 50}), mixed, mixed);
  expect(mixed).toEqual(before);
  expect(filled.z).toBe(mixed.z);
  const {codes, values} = filled.c as CategoryColumn;
  for (let i = 0; i < original.length; ++i) {
    const x = (filled.x as Float64Array)[i]!;
    expect(Number.isNaN(original[i]!) ? x >= 0 && x <= 1 : x === original[i]).toBe(true);
    expect(codes[i]).toBeGreaterThanOrEqual(0);
  }
  expect(values).toEqual(["low", "middle", "high"]);
});

test("imputeMissing(forest, features, reference) finds the category that goes with the numbers", () => {
  const c = mixed.c as CategoryColumn;
  const features = {...mixed, c: {codes: c.codes.map((code, i) => (i % 4 === 0 ? -1 : code)), values: c.values}};
  const {codes} = imputeMissing(growForest(features, {preset: "paper", trees: 100}), features, features)
    .c as CategoryColumn;
  const held = [...c.codes.keys()].filter((i) => i % 4 === 0 && c.codes[i]! >= 0);
  expect(held.filter((i) => codes[i] === c.codes[i]).length / held.length).toBeGreaterThan(0.6);
});

test("imputeMissing(forest, features, reference) names a category that the rows at hand have not", () => {
  const forest = growForest(mixed, {preset: "paper", trees: 20});
  const row = {...takeFeatures(mixed, [0]), c: {codes: Int32Array.of(-1), values: ["other"]}};
  const {codes, values} = imputeMissing(forest, row, mixed).c as CategoryColumn;
  expect(["low", "middle", "high"]).toContain(values[codes[0]!]);
  expect(row.c.values).toEqual(["other"]);
});

test("imputeMissing(forest, features, reference) leaves missing what nobody has", () => {
  const forest = growForest(mixed, {preset: "paper", trees: 5});
  const x = new Float64Array(200).fill(Number.NaN);
  const {x: filled} = imputeMissing(forest, {...mixed, x}, {...mixed, x});
  expect((filled as Float64Array).every(Number.isNaN)).toBe(true);
});

test("imputeMissing(forest, features, reference) throws for a forest that takes no missing values", () => {
  const x = Float64Array.of(1, 2, 3);
  const forest = growForest({x}, {preset: "paper", trees: 1, missing: "fail"});
  expect(() => imputeMissing(forest, {x: Float64Array.of(Number.NaN)}, {x})).toThrow("invalid x at row 0: NaN");
});
