import fc from "fast-check";
import {expect, test} from "vitest";
import {normalUpperTail} from "../../lib/evaluation/normalDistribution.js";
import {studentUpperTail} from "../../lib/evaluation/studentDistribution.js";

const relativeError = 1e-11;

// R 4.2.2: pt(t, df, lower.tail = FALSE)
const references: [number, number, number][] = [
  [1e-9, 3, 0.4999999996324474],
  [0.3, 2.2, 0.3950905892289354],
  [0.5, 3.7, 0.322667816659966],
  [2, 7.5, 0.04144849764908311],
  [10, 30, 2.287625704114805e-11],
  [40, 100, 1.231053801070037e-63],
  [3, 1e6, 0.001349931270710896],
  [5, 1e6, 2.866998935445368e-7],
  [50, 5, 3.023878813300617e-8],
  [1e4, 3, 1.102657751147906e-12],
  [1, 1, 0.25],
  [1e10, 1, 3.183098861837906e-11]
];

test.each(references)("studentUpperTail(%d, %d) equals R’s pt", (t, degreesOfFreedom, p) => {
  expect(Math.abs(studentUpperTail(t, degreesOfFreedom) / p - 1)).toBeLessThan(relativeError);
  expect(Math.abs(studentUpperTail(-t, degreesOfFreedom) - (1 - p))).toBeLessThan(relativeError);
});

test("studentUpperTail(t, 1) and (t, 2) are the closed forms", () => {
  fc.assert(
    fc.property(fc.double({min: 0, max: 1e6, noNaN: true}), (t) => {
      expect(Math.abs(studentUpperTail(t, 1) / (Math.atan2(1, t) / Math.PI) - 1)).toBeLessThan(relativeError);
      // ½ − t / 2√(2 + t²), without cancellation
      const root = Math.sqrt(2 + t * t);
      expect(Math.abs(studentUpperTail(t, 2) * root * (root + t) - 1)).toBeLessThan(relativeError);
    })
  );
});

test("studentUpperTail(t, degreesOfFreedom) falls with t and tends to the normal tail", () => {
  const maximumError = 1e-8;
  let previous = 1;
  for (let t = -8; t <= 8; t += 0.25) {
    const p = studentUpperTail(t, 1e8);
    expect(p).toBeLessThan(previous);
    expect(Math.abs(p - normalUpperTail(t))).toBeLessThan(maximumError);
    previous = p;
  }
});

test("studentUpperTail(t, degreesOfFreedom) is defined at the ends", () => {
  expect([0, Infinity, -Infinity].map((t) => studentUpperTail(t, 3.5))).toEqual([0.5, 0, 1]);
  expect([studentUpperTail(NaN, 3), studentUpperTail(1, NaN)]).toEqual([NaN, NaN]);
});
