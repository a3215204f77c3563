import fc from "fast-check";
import {expect, test} from "vitest";
import {flipChance} from "../../lib/evaluation/flipChance.js";

const number = fc.double({min: -100, max: 100, noNaN: true});

test("flipChance(mean) is an even chance on the threshold, and falls with the distance in standard errors", () => {
  expect(flipChance({mean: 3, standardError: 0.1, threshold: 3})).toBe(0.5);
  // R 4.2.2: pnorm(-1), pnorm(-3)
  expect(flipChance({mean: 3 + Math.SQRT2, standardError: 1, threshold: 3})).toBeCloseTo(0.158655253931457, 12);
  expect(flipChance({mean: 3 - 3 * Math.SQRT2, standardError: 1, threshold: 3})).toBeCloseTo(0.00134989803163009, 12);
});

test("flipChance(mean) is the same on both sides, and in every unit", () => {
  const error = fc.double({min: 0.01, max: 10, noNaN: true});
  fc.assert(
    fc.property(number, number, error, (mean, threshold, standardError) => {
      const chance = flipChance({mean, threshold, standardError});
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(0.5);
      expect(flipChance({mean: threshold, threshold: mean, standardError})).toBe(chance);
      expect(flipChance({mean: 4 * mean, threshold: 4 * threshold, standardError: 4 * standardError})).toBe(chance);
    })
  );
});

test("flipChance(mean) is 0 without an error, and unknown with an unknown one", () => {
  expect(flipChance({mean: 1, standardError: 0, threshold: 2})).toBe(0);
  expect(flipChance({mean: 2, standardError: 0, threshold: 2})).toBe(0);
  expect(flipChance({mean: 2, standardError: Infinity, threshold: 3})).toBe(0.5);
  expect(flipChance({mean: 2, standardError: NaN, threshold: 2})).toBeNaN();
  expect(flipChance({mean: 2, standardError: 1, threshold: Infinity})).toBe(0);
});
