import {expect, test} from "vitest";
import {continuedFraction} from "../../lib/evaluation/continuedFraction.js";

test("continuedFraction(b0, a, b) gives the golden ratio, √2, 4 / π and 1 / (e − 1)", () => {
  const one = () => 1;
  const odd = (n: number) => 2 * n + 1;
  expect(continuedFraction(1, one, one)).toBeCloseTo((1 + Math.sqrt(5)) / 2, 14);
  expect(continuedFraction(1, one, () => 2)).toBeCloseTo(Math.SQRT2, 14);
  expect(continuedFraction(1, (n) => n * n, odd)).toBeCloseTo(4 / Math.PI, 14);
  expect(
    continuedFraction(
      1,
      (n) => n + 1,
      (n) => n + 1
    )
  ).toBeCloseTo(Math.E - 1, 14);
});

test("continuedFraction(b0, a, b) ends where a numerator is 0, and is NaN for NaN", () => {
  expect(
    continuedFraction(
      3,
      (n) => (n === 1 ? 1 : 0),
      () => 4
    )
  ).toBe(3.25);
  expect(
    continuedFraction(
      NaN,
      () => 1,
      () => 1
    )
  ).toBeNaN();
});
