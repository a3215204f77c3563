import fc from "fast-check";
import {expect, test} from "vitest";
import {density} from "../../lib/evaluation/scoreDensity.js";
import {tolerance} from "./goldens.js";

const values = [30, 2, 4, 11, 4, 5, 9, 7];

/** What linear binning may be off by, as a share of one kernel’s peak. */
const binningError = 2e-4;

test("density(values) uses R’s bw.nrd0", () => {
  // R 4.2.2: bw.nrd0(x), also where the interquartile range is 0, of constant values and of zeros
  expectClose(density(values).bandwidth, 2.43715080534546);
  expectClose(density([1, 1, 1, 1, 1, 2]).bandwidth, 0.256765478911456);
  expectClose(density([3, 3, 3]).bandwidth, 2.16740221675262);
  expectClose(density([0, 0]).bandwidth, 0.783495506966512);
});

test("density(values) equals the sum of kernels", () => {
  // R 4.2.2: sapply(c(0, 5, 10, 30), function(t) mean(dnorm(t, x, bw.nrd0(x))))
  const {x, y, bandwidth} = density(values, {from: 0, to: 30, points: 7});
  const peak = 1 / (bandwidth * Math.sqrt(2 * Math.PI));
  expect([...x]).toEqual([0, 5, 10, 15, 20, 25, 30]);
  expect(Math.abs(y[0]! - 0.0281023361127605)).toBeLessThan(binningError * peak);
  expect(Math.abs(y[1]! - 0.0885937254315144)).toBeLessThan(binningError * peak);
  expect(Math.abs(y[2]! - 0.0517755272137343)).toBeLessThan(binningError * peak);
  expect(Math.abs(y[6]! - 0.0204615097846248)).toBeLessThan(binningError * peak);
});

test("density(values, options) equals the sum of kernels for any range and bandwidth", () => {
  const number = fc.double({min: -10, max: 10, noNaN: true});
  const numbers = fc.array(number, {minLength: 1, maxLength: 40});
  const width = fc.double({min: 0.01, max: 20, noNaN: true});
  fc.assert(
    fc.property(numbers, number, width, width, (values, from, length, bandwidth) => {
      const {x, y} = density(values, {from, to: from + length, points: 20, bandwidth});
      const peak = 1 / (bandwidth * Math.sqrt(2 * Math.PI));
      for (const [i, xi] of x.entries()) {
        const exact =
          values.reduce((sum, v) => sum + peak * Math.exp(-0.5 * ((xi - v) / bandwidth) ** 2), 0) / values.length;
        expect(Math.abs(y[i]! - exact)).toBeLessThan(binningError * peak);
      }
    })
  );
});

test("density(values) integrates to 1 over all values", () => {
  const {x, y} = density(values, {from: -20, to: 60, points: 1001});
  expect(y.reduce((sum, v) => sum + v) * (x[1]! - x[0]!)).toBeCloseTo(1, 6);
});

test("density(values) leaves NaN out and changes nothing", () => {
  const unknown = Object.freeze([NaN, ...values, NaN]);
  expect(density(unknown)).toEqual(density(values));
});

test("density(values) is defined without values, of one and of constant values", () => {
  const none = density([], {points: 3});
  expect(none).toEqual({x: Float64Array.of(0, 0.5, 1), y: new Float64Array(3), bandwidth: NaN});
  expect(density([NaN], {from: 2, to: 4, points: 3}).x).toEqual(Float64Array.of(2, 3, 4));
  const one = density([5], {points: 7});
  expect([one.bandwidth, one.x[3]]).toEqual([4.5, 5]);
  expectClose(one.y[3]!, 1 / (4.5 * Math.sqrt(2 * Math.PI)));
  const constant = density([0.1, 0.1, 0.1], {from: 0, to: 0.2, points: 3, bandwidth: 0.05});
  expectClose(constant.y[1]!, 1 / (0.05 * Math.sqrt(2 * Math.PI)));
  expect(density([0.1, 0.1, 0.1]).x.length).toBe(256);
});

test("density(values, options) is 0 far from all values", () => {
  expect([...density(values, {from: 1000, to: 1001, points: 2}).y]).toEqual([0, 0]);
});

test("density(values, options) rejects invalid values and options", () => {
  expect(() => density([1, Infinity])).toThrow(new RangeError("invalid value: Infinity"));
  expect(() => density([1, -Infinity])).toThrow(new RangeError("invalid value: -Infinity"));
  expect(() => density([1, 2], {bandwidth: 0})).toThrow(new RangeError("invalid bandwidth: 0"));
  expect(() => density([1, 2], {from: 1, to: 1})).toThrow(new RangeError("invalid range: 1 to 1"));
  expect(() => density([1, 2], {from: NaN})).toThrow(/^invalid range: NaN to /);
  expect(() => density([1, 2], {points: 1})).toThrow(new RangeError("invalid points: 1"));
});

function expectClose(actual: number, expected: number) {
  expect(Math.abs(actual - expected)).toBeLessThan(tolerance);
}
