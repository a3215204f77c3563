import fc from "fast-check";
import {expect, test} from "vitest";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {
  averagePrecision,
  davisGoadrichArea,
  precisionRecallArea,
  precisionRecallCurve
} from "../../lib/evaluation/precisionRecall.js";
import {rocCurve} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {goldens, tolerance} from "./goldens.js";
import {sequences} from "./sequences.js";

test.each(goldens)("precisionRecallArea(levels) equals PRROC’s integral: %s", (_, {label, score, expected}) => {
  expect(Math.abs(precisionRecallArea(scoreLevels(label, score)) - expected.pr_auc_integral)).toBeLessThan(tolerance);
});

test("precisionRecallArea(levels) is the integral of interpolated precision over recall", () => {
  const steps = 20_000;
  const maximumError = 1e-6;
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const {threshold, positives} = precisionRecallCurve(scoreLevels(label, score));
      const points = [Infinity, ...[...threshold].reverse()].map((t) => confusionMatrix(label, score, t));
      let area = 0;
      for (let i = 1; i < points.length; ++i) {
        const {tp: tp0, fp: fp0} = points[i - 1]!;
        const {tp: tp1, fp: fp1} = points[i]!;
        for (let k = 0; k < steps && tp1 > tp0; ++k) {
          const share = (k + 0.5) / steps;
          const tp = tp0 + share * (tp1 - tp0);
          area += (((tp1 - tp0) / steps) * tp) / (tp + fp0 + share * (fp1 - fp0));
        }
      }
      expect(Math.abs(precisionRecallArea(scoreLevels(label, score)) - area / positives)).toBeLessThan(maximumError);
    }),
    {numRuns: 20}
  );
});

test("precisionRecallArea(levels) keeps its digits among a million genuine rows", () => {
  // ∫ t / (t + 10⁶) dt from 0 to 1 = 1 − 10⁶ ln(1 + 10⁻⁶) = 1/2 · 10⁻⁶ − 1/3 · 10⁻¹² + …
  const label = new Uint8Array(1_000_001);
  const score = Float64Array.from(label, (_, i) => i);
  label[0] = 1;
  expect(Math.abs(precisionRecallArea(scoreLevels(label, score)) - 4.99999666667e-7)).toBeLessThan(1e-15);
});

test.each(goldens)("davisGoadrichArea(levels) equals PRROC: %s", (_, {label, score, expected}) => {
  expect(Math.abs(davisGoadrichArea(scoreLevels(label, score)) - expected.pr_auc_davis_goadrich)).toBeLessThan(
    tolerance
  );
});

// PRROC 1.4: pr.curve(score[label == 1], score[label == 0]), auc.davis.goadrich, then auc.integral
const references: [keyof typeof sequences, number, number][] = [
  ["ties", 0.586505157561105, 0.586365841278145],
  ["oneFake", 0.0555555555555556, 0.0663166672180877],
  ["twoGenuine", 0.873321040824772, 0.873511312066268],
  ["large", 0.46863274954638, 0.468627459866862],
  ["constant", 0.4, 0.4],
  ["tieAtTop", 0.638095238095238, 0.636289449607534],
  ["genuineAtTop", 0.311904761904762, 0.323962670798888]
];

test.each(references)("davisGoadrichArea(%s) and precisionRecallArea equal PRROC", (name, davisGoadrich, integral) => {
  const {label, score} = sequences[name];
  expect(Math.abs(davisGoadrichArea(scoreLevels(label, score)) - davisGoadrich)).toBeLessThan(tolerance);
  expect(Math.abs(precisionRecallArea(scoreLevels(label, score)) - integral)).toBeLessThan(tolerance);
});

test("davisGoadrichArea(levels) tends to precisionRecallArea as rows repeat", () => {
  const repeats = 2000;
  const maximumError = 1e-3;
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const levels = scoreLevels(label, score);
      const many = {
        ...levels,
        fake: levels.fake.map((count) => count * repeats),
        genuine: levels.genuine.map((count) => count * repeats),
        positives: levels.positives * repeats,
        negatives: levels.negatives * repeats
      };
      expect(Math.abs(davisGoadrichArea(many) - precisionRecallArea(levels))).toBeLessThan(maximumError);
    })
  );
});

test("averagePrecision(levels) equals scikit-learn’s documented example", () => {
  expect(averagePrecision(scoreLevels([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]))).toBeCloseTo(0.8333333333333333, 15);
});

test("averagePrecision(levels) is the sum of precision times gain in recall", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const {precision, recall} = precisionRecallCurve(scoreLevels(label, score));
      let sum = 0;
      for (let i = 0; i < recall.length; ++i) sum += (recall[i]! - (recall[i + 1] ?? 0)) * precision[i]!;
      expect(Math.abs(averagePrecision(scoreLevels(label, score)) - sum)).toBeLessThan(tolerance);
    })
  );
});

test("precisionRecallCurve(levels) agrees with confusionMatrix at each of its thresholds", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const {threshold, precision, recall, positives, negatives} = precisionRecallCurve(scoreLevels(label, score));
      expect(threshold).toEqual(rocCurve(scoreLevels(label, score)).threshold.slice(0, -1));
      expect([recall[0], precision[0]]).toEqual([1, positives / (positives + negatives)]);
      for (const [i, t] of threshold.entries()) {
        const {tp, fp} = confusionMatrix(label, score, t);
        expect([precision[i], recall[i]]).toEqual([tp / (tp + fp), tp / positives]);
      }
    })
  );
});

test("precisionRecallCurve(levels) of constant scores is the base rate", () => {
  const {threshold, precision, recall} = precisionRecallCurve(scoreLevels([0, 1, 0, 0, NaN], [4, 4, 4, 4, 5]));
  expect([[...threshold], [...precision], [...recall]]).toEqual([[-Infinity], [0.25], [1]]);
  expect(precisionRecallArea(scoreLevels([0, 1, 0, 0], [4, 4, 4, 4]))).toBe(0.25);
  expect(averagePrecision(scoreLevels([0, 1, 0, 0], [4, 4, 4, 4]))).toBe(0.25);
});

test("precision and recall are defined without rows or with one class", () => {
  const {threshold, precision, recall} = precisionRecallCurve(scoreLevels([], []));
  expect([threshold.length, precision.length, recall.length]).toEqual([0, 0, 0]);
  expect([...precisionRecallCurve(scoreLevels([0, 0], [1, 2])).precision]).toEqual([0, 0]);
  expect([...precisionRecallCurve(scoreLevels([0, 0], [1, 2])).recall]).toEqual([NaN, NaN]);
  expect([
    precisionRecallArea(scoreLevels([], [])),
    precisionRecallArea(scoreLevels([0], [1])),
    precisionRecallArea(scoreLevels([NaN], [1]))
  ]).toEqual([NaN, NaN, NaN]);
  expect([
    averagePrecision(scoreLevels([], [])),
    averagePrecision(scoreLevels([0], [1])),
    averagePrecision(scoreLevels([NaN], [1]))
  ]).toEqual([NaN, NaN, NaN]);
  expect([
    davisGoadrichArea(scoreLevels([], [])),
    davisGoadrichArea(scoreLevels([0], [1])),
    davisGoadrichArea(scoreLevels([1, 1], [1, 2]))
  ]).toEqual([NaN, NaN, 1]);
  expect([precisionRecallArea(scoreLevels([1, 1], [1, 2])), averagePrecision(scoreLevels([1], [1]))]).toEqual([1, 1]);
});
