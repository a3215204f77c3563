import fc from "fast-check";
import {expect, test} from "vitest";
import {median, quantile} from "../../lib/evaluation/quantile.js";
import {tolerance} from "./goldens.js";

test("quantile(values, p) uses the R-7 method", () => {
  // R 4.2.2: quantile(c(2, 4, 4, 5, 7, 9, 11, 30), c(.1, .25, .9, .95))
  const values = [30, 2, 4, 11, 4, 5, 9, 7];
  const expected = [3.4, 4, 16.7, 23.35];
  for (const [i, p] of [0.1, 0.25, 0.9, 0.95].entries()) {
    expect(Math.abs(quantile(values, p) - expected[i]!)).toBeLessThan(tolerance);
  }
});

test("quantile(values, p) ends at the least and the greatest value and never falls", () => {
  const values = fc.array(fc.integer(), {minLength: 1});
  const p = fc.double({min: 0, max: 1, noNaN: true});
  fc.assert(
    fc.property(values, p, p, (values, p, q) => {
      expect(quantile(values, 0)).toBe(values.reduce((a, b) => Math.min(a, b)));
      expect(quantile(values, 1)).toBe(values.reduce((a, b) => Math.max(a, b)));
      expect(quantile(values, Math.min(p, q))).toBeLessThanOrEqual(quantile(values, Math.max(p, q)));
      expect(median(values)).toBe(quantile(values, 0.5));
    })
  );
});

test("quantile(values, p) leaves NaN out", () => {
  expect(median([NaN, 3, NaN, 1])).toBe(2);
});

test("quantile(values, p) changes nothing", () => {
  const values = Float64Array.of(3, 1, 2);
  expect(quantile(values, 0.5)).toBe(2);
  expect(values).toEqual(Float64Array.of(3, 1, 2));
});

test("quantile(values, p) is defined without values, of one and of constant values", () => {
  expect([median([]), median([NaN]), median([7]), quantile([7], 0.99), quantile([0.1, 0.1, 0.1], 0.3)]).toEqual([
    NaN,
    NaN,
    7,
    7,
    0.1
  ]);
});

test("quantile(values, p) rejects p outside [0, 1]", () => {
  for (const p of [-0.1, 1.4, NaN]) expect(() => quantile([1], p)).toThrow(new RangeError(`invalid p: ${p}`));
});
