import fc from "fast-check";
import {expect, test} from "vitest";
import type {ConfusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {caretNames, confusionStatistics} from "../../lib/evaluation/confusionStatistics.js";
import {metrics} from "../../lib/evaluation/metrics.js";

test("metrics declares each statistic once, under caret’s name", () => {
  expect(metrics.map(({key}) => key).sort()).toEqual(Object.keys(caretNames).sort());
  for (const {key, caretName} of metrics) expect(caretName).toBe(caretNames[key]);
});

test("meaning(counts) of the notebook at 0.6", () => {
  expect(meanings(counts(17, 2, 10, 289))).toMatchInlineSnapshot(`
    {
      "accuracy": "The verdict is right for 306 of 318 sessions, 96.2 %; the no-information rate, of calling every session genuine, is 91.5 %.",
      "accuracyLower": "The 95 % interval of the accuracy begins at 93.5 %.",
      "accuracyPValue": "If the detector were only as accurate as calling every session genuine, its chance of being right this often or more would be below 0.001.",
      "accuracyUpper": "The 95 % interval of the accuracy ends at 98 %.",
      "balancedAccuracy": "Fake and genuine sessions weigh the same: 81.1 %, where flagging nothing, everything or at random gives 50 %.",
      "detectionPrevalence": "19 of 318 sessions are flagged, rightly or wrongly.",
      "detectionRate": "17 of 318 sessions are fake and flagged.",
      "f1": "It balances precision, 89.5 %, and recall, 63 %, and is low when either is.",
      "kappa": "Verdicts agree with labels 71.9 % of the way from chance to perfection.",
      "mcnemarPValue": "It misses 10 fake sessions and flags 2 genuine sessions; were both errors equally likely, the chance of so uneven a split would be 0.043.",
      "negativePredictiveValue": "Where 8.5 % are fake, a session that is not flagged is genuine with a chance of 96.7 %.",
      "noInformationRate": "Without looking, calling every session genuine would be right for 91.5 %.",
      "positivePredictiveValue": "Where 8.5 % are fake, a flagged session is fake with a chance of 89.5 %.",
      "precision": "Of 19 flagged sessions 17 are fake.",
      "prevalence": "27 of 318 sessions are fake.",
      "recall": "The same as sensitivity: 17 of 27 fake sessions caught.",
      "sensitivity": "Of 27 fake sessions 17 were caught.",
      "specificity": "Of 291 genuine sessions 289 were left alone.",
    }
  `);
});

test("meaning(counts) of the notebook at 0.75, where nothing is flagged", () => {
  expect(meanings(counts(0, 0, 27, 291))).toMatchInlineSnapshot(`
    {
      "accuracy": "The verdict is right for 291 of 318 sessions, 91.5 %; the no-information rate, of calling every session genuine, is 91.5 %.",
      "accuracyLower": "The 95 % interval of the accuracy begins at 87.9 %.",
      "accuracyPValue": "If the detector were only as accurate as calling every session genuine, its chance of being right this often or more would be 0.551.",
      "accuracyUpper": "The 95 % interval of the accuracy ends at 94.3 %.",
      "balancedAccuracy": "Fake and genuine sessions weigh the same: 50 %, where flagging nothing, everything or at random gives 50 %.",
      "detectionPrevalence": "0 of 318 sessions are flagged, rightly or wrongly.",
      "detectionRate": "0 of 318 sessions are fake and flagged.",
      "f1": "Undefined: no fake session is caught, so precision and recall have no balance.",
      "kappa": "Verdicts agree with labels as often as chance would.",
      "mcnemarPValue": "It misses 27 fake sessions and flags 0 genuine sessions; were both errors equally likely, the chance of so uneven a split would be below 0.001.",
      "negativePredictiveValue": "Where 8.5 % are fake, a session that is not flagged is genuine with a chance of 91.5 %.",
      "noInformationRate": "Without looking, calling every session genuine would be right for 91.5 %.",
      "positivePredictiveValue": "Undefined: nothing is flagged.",
      "precision": "Undefined: nothing is flagged.",
      "prevalence": "27 of 318 sessions are fake.",
      "recall": "The same as sensitivity: 0 of 27 fake sessions caught.",
      "sensitivity": "Of 27 fake sessions 0 were caught.",
      "specificity": "Of 291 genuine sessions 291 were left alone.",
    }
  `);
});

test("meaning(counts) of one fake row that is flagged among rows without label", () => {
  expect(meanings(counts(1, 0, 0, 0, 4), {rows: "flows"})).toMatchInlineSnapshot(`
    {
      "accuracy": "The verdict is right for 1 of 1 labelled flow, 100 %; the no-information rate, of calling every flow fake, is 100 %.",
      "accuracyLower": "The 95 % interval of the accuracy begins at 2.5 %.",
      "accuracyPValue": "If the detector were only as accurate as calling every flow fake, its chance of being right this often or more would be 1.",
      "accuracyUpper": "The 95 % interval of the accuracy ends at 100 %.",
      "balancedAccuracy": "Undefined: it needs both fake and genuine labelled flows.",
      "detectionPrevalence": "1 of 1 labelled flow is flagged, rightly or wrongly.",
      "detectionRate": "1 of 1 labelled flow is fake and flagged.",
      "f1": "It balances precision, 100 %, and recall, 100 %, and is low when either is.",
      "kappa": "Undefined: every label and every verdict is the same.",
      "mcnemarPValue": "Undefined: there are no errors to compare.",
      "negativePredictiveValue": "Undefined: it needs both fake and genuine labelled flows.",
      "noInformationRate": "Without looking, calling every flow fake would be right for 100 %.",
      "positivePredictiveValue": "Undefined: it needs both fake and genuine labelled flows.",
      "precision": "Of 1 flagged labelled flow 1 is fake.",
      "prevalence": "1 of 1 labelled flow is fake.",
      "recall": "The same as sensitivity: 1 of 1 fake flow caught.",
      "sensitivity": "Of 1 fake flow 1 was caught.",
      "specificity": "Undefined: there are no genuine labelled flows to spare.",
    }
  `);
});

test("meaning(counts, {statistics}) takes statistics as given", () => {
  const matrix = counts(17, 2, 10, 289);
  const statistics = confusionStatistics(matrix);
  expect(meanings(matrix, {statistics})).toEqual(meanings(matrix));
  expect(meanings(matrix, {statistics: {...statistics, accuracyLower: 0.5}}).accuracyLower).toBe(
    "The 95 % interval of the accuracy begins at 50 %."
  );
});

test("meaning(counts) without labels", () => {
  for (const {meaning} of metrics) expect(meaning(counts(0, 0, 0, 0, 3))).toBe("Undefined: no session has a label.");
});

test("meaning(counts) of accuracy always names the no-information rate", () => {
  const {meaning} = metrics.find(({key}) => key === "accuracy")!;
  expect(meaning(counts(4, 1, 0, 1))).toBe(
    "The verdict is right for 5 of 6 sessions, 83.3 %; the no-information rate, of calling every session fake, is 66.7 %."
  );
});

test("meaning(counts) is one sentence, and says undefined just where the statistic is NaN", () => {
  const count = fc.oneof(fc.constant(0), fc.integer({min: 0, max: 2000}));
  fc.assert(
    fc.property(count, count, count, count, count, (tp, fp, fn, tn, unknown) => {
      const matrix = counts(tp, fp, fn, tn, unknown);
      const statistics = confusionStatistics(matrix);
      for (const {key, meaning} of metrics) {
        const sentence = meaning(matrix);
        expect(sentence).toMatch(/^[A-Z0-9].*[^.]\.$/);
        expect(sentence).not.toMatch(/NaN|Infinity|undefined|\. [A-Z]/);
        expect(sentence.startsWith("Undefined: "), `${key}: ${sentence}`).toBe(Number.isNaN(statistics[key]));
      }
    })
  );
});

function meanings(matrix: ConfusionMatrix, options = {}): Record<string, string> {
  return Object.fromEntries(metrics.map(({key, meaning}) => [key, meaning(matrix, options)]));
}

function counts(tp: number, fp: number, fn: number, tn: number, unknown = 0): ConfusionMatrix {
  return {threshold: 0.5, tp, fp, fn, tn, unknown};
}
