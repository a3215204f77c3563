import fc from "fast-check";
import {expect, test} from "vitest";
import {detectionErrorCurve, equalErrorRate, normalDeviate} from "../../lib/evaluation/detectionErrorCurve.js";
import {rocCurve} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {goldens, tolerance} from "./goldens.js";
import {sequences} from "./sequences.js";

test("detectionErrorCurve(levels) holds the complements of the ROC curve", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const curve = detectionErrorCurve(scoreLevels(label, score));
      const roc = rocCurve(scoreLevels(label, score));
      expect([curve.threshold, curve.positives, curve.negatives]).toEqual([
        roc.threshold,
        roc.positives,
        roc.negatives
      ]);
      for (let i = 0; i < roc.threshold.length; ++i) {
        expect(Math.abs(curve.falsePositiveRate[i]! + roc.specificity[i]! - 1)).toBeLessThan(tolerance);
        expect(Math.abs(curve.falseNegativeRate[i]! + roc.sensitivity[i]! - 1)).toBeLessThan(tolerance);
      }
    })
  );
});

test("normalDeviate(rate) is R’s qnorm", () => {
  expect(Math.abs(normalDeviate(0.001) + 3.0902323061678132)).toBeLessThan(tolerance);
  expect(Math.abs(normalDeviate(0.5))).toBe(0);
  expect(Math.abs(normalDeviate(0.975) - 1.959963984540054)).toBeLessThan(tolerance);
  expect([normalDeviate(0), normalDeviate(1), normalDeviate(NaN)]).toEqual([-Infinity, Infinity, NaN]);
});

test.each([...goldens.map(([name, {label, score}]) => ({name, label, score})), {name: "ties", ...sequences.ties}])(
  "equalErrorRate(levels) is where the curve meets the diagonal: $name",
  ({label, score}) => {
    const {falsePositiveRate: x, falseNegativeRate: y} = detectionErrorCurve(scoreLevels(label, score));
    const i = x.findIndex((rate, i) => rate <= y[i]!);
    const share = (x[i - 1]! - y[i - 1]!) / (x[i - 1]! - y[i - 1]! + y[i]! - x[i]!);
    const rate = equalErrorRate(scoreLevels(label, score));
    expect(Math.abs(rate - (y[i - 1]! + share * (y[i]! - y[i - 1]!)))).toBeLessThan(tolerance);
    expect(Math.abs(rate - (x[i - 1]! + share * (x[i]! - x[i - 1]!)))).toBeLessThan(tolerance);
  }
);

test("equalErrorRate(levels) stays where classes and directions are exchanged, and mirrors where one is", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const rate = equalErrorRate(scoreLevels(label, score));
      const negated = score.map((s) => -s);
      const exchanged = label.map((y) => 1 - y);
      expect(Math.abs(equalErrorRate(scoreLevels(exchanged, negated)) - rate)).toBeLessThan(tolerance);
      expect(Math.abs(equalErrorRate(scoreLevels(label, negated)) + rate - 1)).toBeLessThan(tolerance);
    })
  );
});

test("equalErrorRate(levels) is 0 for perfect scores, 1 for inverted and ½ for constant ones", () => {
  expect(equalErrorRate(scoreLevels([0, 0, 1], [1, 2, 3]))).toBe(0);
  expect(equalErrorRate(scoreLevels([1, 1, 0], [1, 2, 3]))).toBe(1);
  expect(equalErrorRate(scoreLevels(sequences.constant.label, sequences.constant.score))).toBe(0.5);
  // at threshold 3.5 one of three genuine rows is flagged and one of three fake ones is not
  expect(equalErrorRate(scoreLevels([0, 0, 1, 0, 1, 1], [1, 2, 3, 4, 5, 6]))).toBe(1 / 3);
});

test("detectionErrorCurve(levels) and equalErrorRate(levels) are defined without rows or with one class", () => {
  const {threshold, falsePositiveRate, falseNegativeRate} = detectionErrorCurve(scoreLevels([], []));
  expect([...threshold]).toEqual([-Infinity, Infinity]);
  expect([...falsePositiveRate, ...falseNegativeRate]).toEqual([NaN, NaN, NaN, NaN]);
  const genuine = detectionErrorCurve(scoreLevels([0], [5]));
  expect([...genuine.falsePositiveRate, ...genuine.falseNegativeRate]).toEqual([1, 0, NaN, NaN]);
  const one = [scoreLevels([], []), scoreLevels([0, 0], [1, 2]), scoreLevels([1, 1], [1, 2])];
  expect(one.map(equalErrorRate)).toEqual([NaN, NaN, NaN]);
});
