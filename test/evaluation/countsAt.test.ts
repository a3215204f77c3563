import fc from "fast-check";
import {expect, test} from "vitest";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {countsAt} from "../../lib/evaluation/countsAt.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {labelledRows} from "./arbitraries.js";

test("countsAt(levels, threshold) counts as confusionMatrix does", () => {
  const thresholds = fc.oneof(
    fc.constantFrom(-Infinity, Infinity),
    fc.integer({min: -42, max: 42}).map((t) => t / 2)
  );
  fc.assert(
    fc.property(labelledRows, thresholds, ({label, score}, threshold) => {
      const {tp, fp, fn, tn} = confusionMatrix(label, score, threshold);
      expect(countsAt(scoreLevels(label, score), threshold)).toEqual({tp, fp, fn, tn});
    })
  );
});

test("countsAt(levels, threshold) does not flag a score at the threshold", () => {
  expect(countsAt(scoreLevels([1, 0, 1], [2, 2, 3]), 2)).toEqual({tp: 1, fp: 0, fn: 1, tn: 1});
});

test("countsAt(levels, threshold) rejects a threshold of NaN", () => {
  expect(() => countsAt(scoreLevels([], []), NaN)).toThrow(new RangeError("invalid threshold: NaN"));
});
