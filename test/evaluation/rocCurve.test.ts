import fc from "fast-check";
import {expect, test} from "vitest";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {auc, rocCurve} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses, labelledRows} from "./arbitraries.js";
import {goldens, tolerance} from "./goldens.js";

test.each(goldens)("rocCurve(levels) equals pROC: %s", (_, {label, score, expected: {roc}}) => {
  const curve = rocCurve(scoreLevels(label, score));
  const ends = roc.threshold.map((t, i) => t ?? (i === 0 ? -Infinity : Infinity));
  expectClose(curve.threshold, ends);
  expectClose(curve.sensitivity, roc.sensitivity);
  expectClose(curve.specificity, roc.specificity);
});

test.each(goldens)("auc(levels) equals pROC: %s", (_, {label, score, expected}) => {
  expectClose([auc(scoreLevels(label, score))], [expected.auc]);
});

test("auc(levels) equals scikit-learn’s documented example", () => {
  expect(auc(scoreLevels([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))).toBe(0.75);
});

test("auc(levels) counts ties one half", () => {
  expect(auc(scoreLevels([0, 1], [3, 3]))).toBe(0.5);
  expect(auc(scoreLevels([0, 0, 1, 1], [1, 2, 2, 3]))).toBe(0.875);
});

test("auc(levels) equals the share of ordered pairs", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      let wins = 0;
      let pairs = 0;
      for (const [i, s] of score.entries()) {
        for (const [j, t] of score.entries()) {
          if (label[i] !== 1 || label[j] !== 0) continue;
          wins += s > t ? 1 : s === t ? 0.5 : 0;
          ++pairs;
        }
      }
      expect(auc(scoreLevels(label, score))).toBe(wins / pairs);
    })
  );
});

test("auc(levels) does not change under strictly increasing maps of the score", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const mapped = score.map((s) => Math.exp(s / 7) - 3);
      expect(auc(scoreLevels(label, mapped))).toBe(auc(scoreLevels(label, score)));
    })
  );
});

test("auc(levels) and rocCurve(levels) do not depend on the order of rows", () => {
  const shuffled = bothClasses.chain(({label, score}) => {
    const order = fc.shuffledSubarray([...label.keys()], {minLength: label.length});
    return fc.tuple(fc.constant({label, score}), order);
  });
  fc.assert(
    fc.property(shuffled, ([{label, score}, order]) => {
      const moved = [order.map((i) => label[i]!), order.map((i) => score[i]!)] as const;
      expect(auc(scoreLevels(...moved))).toBe(auc(scoreLevels(label, score)));
      expect(rocCurve(scoreLevels(...moved))).toEqual(rocCurve(scoreLevels(label, score)));
    })
  );
});

test("auc(levels) of the negated score is 1 − auc", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const negated = score.map((s) => -s);
      expect(Math.abs(auc(scoreLevels(label, negated)) + auc(scoreLevels(label, score)) - 1)).toBeLessThan(tolerance);
    })
  );
});

test("auc(levels) is the area under rocCurve(levels)", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const {sensitivity, specificity} = rocCurve(scoreLevels(label, score));
      let area = 0;
      for (let i = 1; i < sensitivity.length; ++i) {
        area += ((sensitivity[i]! + sensitivity[i - 1]!) / 2) * (specificity[i]! - specificity[i - 1]!);
      }
      expect(Math.abs(area - auc(scoreLevels(label, score)))).toBeLessThan(tolerance);
    })
  );
});

test("rocCurve(levels) begins flagging everything and ends flagging nothing", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const {threshold, sensitivity, specificity} = rocCurve(scoreLevels(label, score));
      expect([threshold[0], sensitivity[0], specificity[0]]).toEqual([-Infinity, 1, 0]);
      expect([threshold.at(-1), sensitivity.at(-1), specificity.at(-1)]).toEqual([Infinity, 0, 1]);
      for (let i = 1; i < threshold.length; ++i) {
        expect(threshold[i]!).toBeGreaterThan(threshold[i - 1]!);
        expect(sensitivity[i]!).toBeLessThanOrEqual(sensitivity[i - 1]!);
        expect(specificity[i]!).toBeGreaterThanOrEqual(specificity[i - 1]!);
      }
    })
  );
});

test("rocCurve(levels) agrees with confusionMatrix at each of its thresholds", () => {
  fc.assert(fc.property(labelledRows, ({label, score}) => expectConsistent(label, score)));
});

test("rocCurve(levels) parts neighbouring numbers and the largest numbers", () => {
  expectConsistent([0, 1, 0, 1], [1, 1 + Number.EPSILON, 1 + 2 * Number.EPSILON, 1 + 3 * Number.EPSILON]);
  expectConsistent([0, 1, 0, 1], [-Number.MAX_VALUE, 1e308, 1.5e308, Number.MAX_VALUE]);
  expectConsistent([0, 1, 0], [-Number.MAX_VALUE, -1.5e308, -1e308]);
  expectConsistent([0, 1, 1], [0, Number.MIN_VALUE, -0]);
});

test("rocCurve(levels) leaves rows of unknown label out", () => {
  expect(rocCurve(scoreLevels([0, NaN, 1, NaN], [1, 2, 3, 9]))).toEqual(rocCurve(scoreLevels([0, 1], [1, 3])));
});

test("rocCurve(levels) and auc(levels) are defined without rows or with one class", () => {
  const ends = Float64Array.of(-Infinity, Infinity);
  const none = Float64Array.of(NaN, NaN);
  const empty = {threshold: ends, sensitivity: none, specificity: none, positives: 0, negatives: 0};
  expect(rocCurve(scoreLevels([], []))).toEqual(empty);
  expect(rocCurve(scoreLevels([NaN, NaN], [1, 2]))).toEqual(empty);
  expect(rocCurve(scoreLevels([1], [5]))).toEqual({...empty, sensitivity: Float64Array.of(1, 0), positives: 1});
  expect(rocCurve(scoreLevels([0], [5]))).toEqual({...empty, specificity: Float64Array.of(0, 1), negatives: 1});
  expect([
    auc(scoreLevels([], [])),
    auc(scoreLevels([1, 1], [1, 2])),
    auc(scoreLevels([0], [1])),
    auc(scoreLevels([NaN, 1], [1, 1]))
  ]).toEqual([NaN, NaN, NaN, NaN]);
});

test("rocCurve(levels) of constant scores is the diagonal", () => {
  const {threshold, sensitivity, specificity} = rocCurve(scoreLevels([0, 1, 1], [4, 4, 4]));
  expect([...threshold]).toEqual([-Infinity, Infinity]);
  expect([...sensitivity]).toEqual([1, 0]);
  expect([...specificity]).toEqual([0, 1]);
  expect(auc(scoreLevels([0, 1, 1], [4, 4, 4]))).toBe(0.5);
});

function expectConsistent(label: number[], score: number[]) {
  const {threshold, sensitivity, specificity, positives, negatives} = rocCurve(scoreLevels(label, score));
  const labelled = score.filter((_, i) => !Number.isNaN(label[i]!));
  expect(threshold.length).toBe(Math.max(1, new Set(labelled).size) + 1);
  for (const [i, t] of threshold.entries()) {
    const {tp, fp, fn, tn} = confusionMatrix(label, score, t);
    expect([tp + fn, fp + tn]).toEqual([positives, negatives]);
    expect([sensitivity[i], specificity[i]]).toEqual([tp / positives, tn / negatives]);
  }
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; ++i) {
    if (actual[i] !== expected[i]) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThan(tolerance);
  }
}
