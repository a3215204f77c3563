import fc from "fast-check";
import {expect, test} from "vitest";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {labelledRows} from "./arbitraries.js";
import {goldens} from "./goldens.js";

test.each(goldens)(
  "confusionMatrix(label, score, threshold) equals caret’s table: %s",
  (_, {label, score, expected}) => {
    expect(expected.confusion.length).toBeGreaterThan(0);
    for (const {threshold, tp, fp, fn, tn} of expected.confusion) {
      expect(confusionMatrix(label, score, threshold)).toEqual({threshold, tp, fp, fn, tn, unknown: 0});
    }
  }
);

test("confusionMatrix(label, score, threshold) counts every row once", () => {
  fc.assert(
    fc.property(labelledRows, fc.integer({min: -25, max: 25}), ({label, score}, threshold) => {
      const {tp, fp, fn, tn, unknown} = confusionMatrix(label, score, threshold);
      expect(tp + fp + fn + tn + unknown).toBe(label.length);
      expect(unknown).toBe(label.filter(Number.isNaN).length);
      expect(tp + fp).toBe(score.filter((s, i) => label[i]! >= 0 && s > threshold).length);
      expect(tp + fn).toBe(label.filter((y) => y === 1).length);
    })
  );
});

test("confusionMatrix(label, score, threshold) does not flag a score equal to the threshold", () => {
  expect(confusionMatrix([1, 0, NaN], [0.5, 0.5, 0.5], 0.5)).toEqual({
    threshold: 0.5,
    tp: 0,
    fp: 0,
    fn: 1,
    tn: 1,
    unknown: 1
  });
});

test("confusionMatrix(label, score, threshold) accepts infinite thresholds and no rows, not NaN", () => {
  expect(confusionMatrix([1, 0], [1, 2], -Infinity)).toMatchObject({tp: 1, fp: 1, fn: 0, tn: 0});
  expect(confusionMatrix([1, 0], [1, 2], Infinity)).toMatchObject({tp: 0, fp: 0, fn: 1, tn: 1});
  expect(confusionMatrix([], [], 0)).toEqual({threshold: 0, tp: 0, fp: 0, fn: 0, tn: 0, unknown: 0});
  expect(() => confusionMatrix([], [], NaN)).toThrow(new RangeError("invalid threshold: NaN"));
});
