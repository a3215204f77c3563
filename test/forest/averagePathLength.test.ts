import {expect, test} from "vitest";
import {averagePathLength} from "../../lib/forest/averagePathLength.js";

test("averagePathLength(n) equals 2 (H(n) − 1)", () => {
  expect([0, 1, 2].map(averagePathLength)).toEqual([0, 0, 1]);
  expect(averagePathLength(3)).toBeCloseTo(5 / 3, 14);
  expect(averagePathLength(4)).toBeCloseTo(13 / 6, 14);
  expect(averagePathLength(256)).toBeCloseTo(10.248689925634562, 12); // exact fractions in Python
});

test("averagePathLength(n) is what Liu, Ting and Zhou, and scikit-learn, estimate by ln n", () => {
  // H(255) is greater than their ln 255 + γ by 1 / 510.
  expect(averagePathLength(256) - 10.244770920116851).toBeCloseTo(2 / 510, 5);
});

test("averagePathLength(n) nears 2 (ln n + γ − 1)", () => {
  const n = 1_000_000;
  expect(averagePathLength(n)).toBeCloseTo(2 * (Math.log(n) + 0.5772156649015329 + 1 / (2 * n) - 1), 10);
});

test("averagePathLength(n) grows with n, and is at most n − 1", () => {
  for (let n = 2; n <= 3000; ++n) {
    expect(averagePathLength(n)).toBeGreaterThan(averagePathLength(n - 1));
    expect(averagePathLength(n)).toBeLessThanOrEqual(n - 1);
  }
});

test("averagePathLength(n) goes on without a step where it turns from a sum to an estimate", () => {
  const n = 2 ** 20;
  expect(averagePathLength(n + 1) - averagePathLength(n)).toBeCloseTo(2 / (n + 1), 11);
});
