import {expect, test} from "vitest";
import {countAbove} from "../../lib/evaluation/countAbove.js";

test("countAbove(score, threshold) counts scores that are greater, not equal ones nor NaN", () => {
  expect(countAbove([1, 2, 2, 3, NaN], 2)).toBe(1);
  expect([-Infinity, Infinity, NaN].map((threshold) => countAbove([1, 2], threshold))).toEqual([2, 0, 0]);
  expect(countAbove([], 0)).toBe(0);
});
