import {expect, test} from "vitest";
import {standardDeviation} from "../../lib/evaluation/standardDeviation.js";
import {tolerance} from "./goldens.js";

test("standardDeviation(ascending) equals R’s sd", () => {
  // R 4.2.2: sd(c(2, 4, 4, 4, 5, 5, 7, 9))
  expect(Math.abs(standardDeviation(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9)) - 2.13808993529939)).toBeLessThan(
    tolerance
  );
  expect(standardDeviation(Float64Array.of(-1, 1))).toBe(Math.SQRT2);
});

test("standardDeviation(ascending) is 0 where all are equal, also where their mean rounds, and NaN of fewer than two", () => {
  expect(standardDeviation(new Float64Array(7).fill(0.1))).toBe(0);
  expect([standardDeviation(Float64Array.of()), standardDeviation(Float64Array.of(3))]).toEqual([NaN, NaN]);
});
