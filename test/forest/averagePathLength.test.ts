import {expect, test} from "vitest";
import {averagePathLength, averagePathLengths} from "../../lib/forest/averagePathLength.js";

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

test("averagePathLengths(most) holds averagePathLength of every n, ever greater, and at most n − 1", () => {
  const c = averagePathLengths(1000);
  expect(c).toHaveLength(1001);
  expect([...c]).toEqual(Array.from(c, (_, n) => averagePathLength(n)));
  expect(c.slice(2).every((length, i) => length > c[i + 1]! && length <= i + 1)).toBe(true);
});

test("averagePathLengths(0) and (1) hold zeros", () => {
  expect([...averagePathLengths(0)]).toEqual([0]);
  expect([...averagePathLengths(1)]).toEqual([0, 0]);
});
