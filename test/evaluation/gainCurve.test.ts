import fc from "fast-check";
import {expect, test} from "vitest";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {gainCapture, gainCurve} from "../../lib/evaluation/gainCurve.js";
import {rocCurve} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {goldens, tolerance} from "./goldens.js";
import {sequences} from "./sequences.js";

test("gainCurve(levels) agrees with confusionMatrix at each of its thresholds", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const {threshold, flagged, gain, lift, positives, negatives} = gainCurve(scoreLevels(label, score));
      expect(threshold).toEqual(rocCurve(scoreLevels(label, score)).threshold);
      for (const [i, t] of threshold.entries()) {
        const {tp, fp} = confusionMatrix(label, score, t);
        expect([flagged[i], gain[i]]).toEqual([(tp + fp) / (positives + negatives), tp / positives]);
        if (tp + fp === 0) expect(lift[i]).toBeNaN();
        else expect(Math.abs(lift[i]! - gain[i]! / flagged[i]!)).toBeLessThan(tolerance);
      }
    })
  );
});

test("gainCurve(levels) of four rows is as by hand", () => {
  const {threshold, flagged, gain, lift} = gainCurve(scoreLevels([0, 0, 1, 1, NaN], [1, 4, 3, 8, 9]));
  expect([...threshold]).toEqual([-Infinity, 2, 3.5, 6, Infinity]);
  expect([...flagged]).toEqual([1, 0.75, 0.5, 0.25, 0]);
  expect([...gain]).toEqual([1, 1, 0.5, 0.5, 0]);
  expect([...lift]).toEqual([1, 4 / 3, 1, 2, NaN]);
});

test.each([...goldens.map(([name, {label, score}]) => ({name, label, score})), {name: "ties", ...sequences.ties}])(
  "gainCapture(levels) is the area above the diagonal over that of a perfect ranking: $name",
  ({label, score}) => {
    const {flagged, gain, positives, negatives} = gainCurve(scoreLevels(label, score));
    let area = 0;
    for (let i = 1; i < gain.length; ++i) {
      area += ((gain[i]! + gain[i - 1]!) / 2 - (flagged[i]! + flagged[i - 1]!) / 2) * (flagged[i - 1]! - flagged[i]!);
    }
    const perfect = negatives / (positives + negatives) / 2;
    expect(Math.abs(gainCapture(scoreLevels(label, score)) - area / perfect)).toBeLessThan(tolerance);
  }
);

test("gainCurve(levels) and gainCapture(levels) are defined without rows, with one class and for constant scores", () => {
  const none = gainCurve(scoreLevels([], []));
  expect([...none.threshold]).toEqual([-Infinity, Infinity]);
  expect([...none.flagged, ...none.gain, ...none.lift]).toEqual([NaN, NaN, NaN, NaN, NaN, NaN]);
  const genuine = gainCurve(scoreLevels([0, 0], [1, 2]));
  expect([...genuine.flagged, ...genuine.gain, ...genuine.lift]).toEqual([1, 0.5, 0, NaN, NaN, NaN, NaN, NaN, NaN]);
  const fake = gainCurve(scoreLevels([1, 1], [1, 2]));
  expect([...fake.flagged, ...fake.gain, ...fake.lift]).toEqual([1, 0.5, 0, 1, 0.5, 0, 1, 1, NaN]);
  const {label, score} = sequences.constant;
  const constant = gainCurve(scoreLevels(label, score));
  expect([...constant.flagged, ...constant.gain, ...constant.lift]).toEqual([1, 0, 1, 0, 1, NaN]);
  expect(gainCapture(scoreLevels(label, score))).toBe(0);
  expect([scoreLevels([], []), scoreLevels([0], [1]), scoreLevels([1], [1])].map(gainCapture)).toEqual([NaN, NaN, NaN]);
});
