import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import fc from "fast-check";
import {expect, test} from "vitest";
import {normalUpperQuantile, normalUpperTail} from "../../lib/evaluation/normalDistribution.js";

const accuracy = 1e-14;

/** @stdlib’s erfcinv was seen up to 7e-14 from mpmath, in far tails. */
const erfcinvAccuracy = 2e-13;

// mpmath 1.3.0 with 60 digits: z, P(Z ≥ z)
const references: [number, number][] = [
  [-5.5, 0.9999999810104375],
  [-1, 0.8413447460685429],
  [0.001, 0.49960105778608893],
  [0.5, 0.3085375387259869],
  [1, 0.15865525393145705],
  [1.5, 0.06680720126885807],
  [3, 0.0013498980316300946],
  [6, 9.86587645037698e-10],
  [10, 7.619853024160525e-24],
  [20, 2.7536241186062337e-89],
  [30, 4.906713927148187e-198],
  [37, 5.725571222524577e-300]
];

/** From where P(Z ≥ z) is about 1 to where it is 1e-300, in both directions. */
const deviate = fc.double({min: -37, max: 37, noNaN: true});

test.each(references)("normalUpperTail(%d) equals mpmath and normalUpperQuantile undoes it", (z, p) => {
  expectRelative(normalUpperTail(z), p, accuracy);
  expect(Math.abs(normalUpperQuantile(p) - z)).toBeLessThan(accuracy + (Number.EPSILON * p) / density(z));
});

test("normalUpperTail(z) equals @stdlib’s erfc", () => {
  fc.assert(
    fc.property(deviate, (z) => {
      // z / √2 is rounded, which changes log erfc by z² times as much
      const rounding = z > 0 ? z * z * Number.EPSILON : 0;
      expectRelative(normalUpperTail(z), erfc(z / Math.SQRT2) / 2, accuracy + rounding);
    }),
    {numRuns: 1000}
  );
});

test("normalUpperTail(z) mirrors, is ½ at 0 and falls to 0", () => {
  expect(normalUpperTail(0)).toBe(0.5);
  expect(normalUpperTail(100)).toBe(0);
  expect(normalUpperTail(Infinity)).toBe(0);
  expect(normalUpperTail(-Infinity)).toBe(1);
  expect(normalUpperTail(NaN)).toBeNaN();
  fc.assert(
    fc.property(deviate, (z) => {
      expect(normalUpperTail(z) + normalUpperTail(-z)).toBeCloseTo(1, 15);
    })
  );
});

test("normalUpperQuantile(p) equals the usual critical values", () => {
  // R 4.2.2: qnorm(p, lower.tail = FALSE)
  expectRelative(normalUpperQuantile(0.05), 1.6448536269514722, accuracy);
  expectRelative(normalUpperQuantile(0.025), 1.959963984540054, accuracy);
  expectRelative(normalUpperQuantile(0.005), 2.5758293035489004, accuracy);
});

test("normalUpperQuantile(p) equals @stdlib’s erfcinv", () => {
  fc.assert(
    fc.property(fc.double({min: -690, max: -1e-9, noNaN: true}).map(Math.exp), (p) => {
      const expected = Math.SQRT2 * erfcinv(2 * p);
      expect(Math.abs(normalUpperQuantile(p) - expected)).toBeLessThan(
        erfcinvAccuracy * Math.max(1, Math.abs(expected))
      );
    }),
    {numRuns: 1000}
  );
});

test("normalUpperQuantile(p) undoes normalUpperTail over the whole range of p", () => {
  fc.assert(
    fc.property(fc.double({min: -700, max: 0, noNaN: true}).map(Math.exp), (p) => {
      const z = normalUpperQuantile(p);
      fc.pre(Number.isFinite(z));
      // rounding z changes log P(Z ≥ z) by up to z² + 1 times as much
      expectRelative(normalUpperTail(z), p, accuracy + (z * z + 1) * Number.EPSILON);
    }),
    {numRuns: 1000}
  );
});

test("normalUpperQuantile(p) mirrors, is 0 at ½ and infinite at the ends", () => {
  expect(normalUpperQuantile(0.5)).toBeCloseTo(0, 15);
  expect(normalUpperQuantile(0.75)).toBe(-normalUpperQuantile(0.25));
  expect(normalUpperQuantile(0)).toBe(Infinity);
  expect(normalUpperQuantile(1)).toBe(-Infinity);
  expect(normalUpperQuantile(NaN)).toBeNaN();
});

function density(z: number): number {
  return Math.exp((z * z) / -2) / Math.sqrt(2 * Math.PI);
}

function expectRelative(actual: number, expected: number, tolerance: number) {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(tolerance);
}
