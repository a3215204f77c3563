import fc from "fast-check";
import {expect, test} from "vitest";
import type {ConfusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {allStatistics, caretNames} from "../../lib/evaluation/confusionStatistics.js";
import {confusionMetrics, metrics, scoreMetrics} from "../../lib/evaluation/metrics.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {labelledRows} from "./arbitraries.js";

test("metrics declares each metric once", () => {
  for (const field of ["key", "name"] as const) {
    expect(new Set(metrics.map((metric) => metric[field])).size, field).toBe(metrics.length);
  }
  for (const {key, hides, range} of metrics) {
    expect(hides, key).toMatch(/^[A-Z].*[^.]\.$/);
    expect(range[0], key).toBeLessThan(range[1]);
  }
  expect(metrics).toEqual([...confusionMetrics, ...scoreMetrics]);
});

test("confusionMetrics declares each statistic, caret’s under caret’s name", () => {
  const keys = Object.keys(allStatistics(counts(1, 1, 1, 1)));
  expect(confusionMetrics.map(({key}) => key).sort()).toEqual(keys.sort());
  const named = confusionMetrics.filter(({caretName}) => caretName !== undefined);
  expect(Object.fromEntries(named.map(({key, caretName}) => [key, caretName]))).toEqual(caretNames);
});

test("confusionMetrics begins with accuracy and, beside it, the no-information rate", () => {
  expect(confusionMetrics.slice(0, 2).map(({key}) => key)).toEqual(["accuracy", "noInformationRate"]);
});

test("metrics names every class and probability metric of yardstick for two classes", () => {
  // tidymodels/yardstick at fa91f90: R/class-*.R and R/prob-*.R, without roc_aunp and roc_aunu, which are of more classes
  const names = metrics.flatMap(({yardstickName}) => yardstickName?.split(",")[0] ?? []);
  expect([...new Set(names)].sort()).toEqual(
    [
      "accuracy average_precision bal_accuracy brier_class classification_cost detection_prevalence f_meas fall_out",
      "gain_capture j_index kap markedness mcc miss_rate mn_log_loss npv ppv pr_auc precision recall roc_auc roc_dist",
      "sedi sens spec"
    ]
      .join(" ")
      .split(" ")
  );
});

test("value(counts) lies in the declared range", () => {
  fc.assert(
    fc.property(count, count, count, count, (tp, fp, fn, tn) => {
      for (const {key, range, value} of confusionMetrics) {
        const x = value({tp, fp, fn, tn});
        if (Number.isNaN(x)) continue;
        expect(x, key).toBeGreaterThanOrEqual(range[0] - rounding);
        expect(x, key).toBeLessThanOrEqual(range[1] + rounding);
      }
    })
  );
});

test("value(counts) moves as declared when a mistake of a detector better than chance is put right", () => {
  fc.assert(
    fc.property(count, count, count, count, fc.boolean(), (tp, fp, fn, tn, missed) => {
      fc.pre(missed ? fn > 0 : fp > 0);
      const before = allStatistics({tp, fp, fn, tn});
      const after = allStatistics(missed ? {tp: tp + 1, fp, fn: fn - 1, tn} : {tp, fp: fp - 1, fn, tn: tn + 1});
      fc.pre(before.informedness >= 0);
      for (const {key, direction} of confusionMetrics) {
        if (direction === "neither" || Number.isNaN(before[key]) || Number.isNaN(after[key])) continue;
        const [worse, better] = direction === "higher" ? [before[key], after[key]] : [after[key], before[key]];
        expect(better, key).toBeGreaterThanOrEqual(worse - rounding);
      }
    })
  );
});

test("value(counts) of a perfect detector is the better end of the range, except of what caret’s interval bounds", () => {
  const perfect = allStatistics(counts(1000, 0, 0, 50_000));
  const bounded = new Set(["accuracyLower", "accuracyPValue", "detectionRate"]);
  for (const {key, direction, range} of confusionMetrics) {
    if (direction === "neither" || bounded.has(key)) continue;
    expect(perfect[key], key).toBeCloseTo(direction === "higher" ? range[1] : range[0], 9);
  }
});

test("value(label, score) of scoreMetrics lies in the declared range, and takes levels that are at hand", () => {
  fc.assert(
    fc.property(labelledRows, ({label, score}) => {
      const probability = score.map((s) => (s + 20) / 40);
      const levels = scoreLevels(label, probability);
      for (const {key, range, value} of scoreMetrics) {
        const x = value(label, probability);
        expect(value(label, probability, levels), key).toBe(x);
        if (Number.isNaN(x)) continue;
        expect(x, key).toBeGreaterThanOrEqual(range[0] - rounding);
        expect(x, key).toBeLessThanOrEqual(range[1] + rounding);
      }
    })
  );
});

test("value(label, score) of scoreMetrics is better, as declared, for the truth than for its reverse", () => {
  const label = [1, 1, 0, 0, 0, NaN];
  const reverse = [0, 0, 1, 1, 1, 0.5];
  for (const {key, direction, value} of scoreMetrics) {
    const [right, wrong] = [value(label, [...label.slice(0, 5), 0.5]), value(label, reverse)];
    if (direction === "higher") expect(right, key).toBeGreaterThan(wrong);
    else expect(right, key).toBeLessThan(wrong);
  }
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
      "diagnosticOddsRatio": "The odds of being flagged are 246 times as high for a fake session as for a genuine one.",
      "extremalDependence": "It compares the logarithms of the 63 % of fake and the 0.7 % of genuine sessions that are flagged.",
      "f1": "It balances precision, 89.5 %, and recall, 63 %, and is low when either is.",
      "f2": "It balances precision, 89.5 %, and recall, 63 %, and leans to recall.",
      "fHalf": "It balances precision, 89.5 %, and recall, 63 %, and leans to precision.",
      "falseDiscoveryRate": "Of 19 flagged sessions 2 are genuine.",
      "falseOmissionRate": "Of 299 sessions left alone 10 are fake.",
      "falsePositiveRate": "Of 291 genuine sessions 2 were flagged.",
      "fowlkesMallows": "It is the geometric mean of precision, 89.5 %, and recall, 63 %, and is low when either is.",
      "geometricMean": "It is the geometric mean of sensitivity, 63 %, and specificity, 99.3 %.",
      "informedness": "It is the difference between the 63 % of fake and the 0.7 % of genuine sessions that are flagged.",
      "kappa": "Verdicts agree with labels 71.9 % of the way from chance to perfection.",
      "markedness": "Of flagged sessions 89.5 % are fake, of the others 3.3 %: it is the difference.",
      "matthewsCorrelation": "Verdicts and labels correlate by 0.732, where chance gives 0 and perfection 1.",
      "mcnemarPValue": "It misses 10 fake sessions and flags 2 genuine sessions; were both errors equally likely, the chance of so uneven a split would be 0.043.",
      "missRate": "Of 27 fake sessions 10 were missed.",
      "negativeLikelihoodRatio": "A fake session is left alone 0.373 times as often as a genuine one.",
      "negativePredictiveValue": "Where 8.5 % are fake, a session that is not flagged is genuine with a chance of 96.7 %.",
      "noInformationRate": "Without looking, calling every session genuine would be right for 91.5 %.",
      "positiveLikelihoodRatio": "A fake session is flagged 91.6 times as often as a genuine one.",
      "positivePredictiveValue": "Where 8.5 % are fake, a flagged session is fake with a chance of 89.5 %.",
      "precision": "Of 19 flagged sessions 17 are fake.",
      "prevalence": "27 of 318 sessions are fake.",
      "recall": "The same as sensitivity: 17 of 27 fake sessions caught.",
      "rocDistance": "The operating point lies 0.37 from the corner of the ROC curve where only fake sessions are flagged, and all of them.",
      "sensitivity": "Of 27 fake sessions 17 were caught.",
      "specificity": "Of 291 genuine sessions 289 were left alone.",
      "threatScore": "Of 29 sessions fake or flagged 17 are both.",
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
      "diagnosticOddsRatio": "Undefined: nothing is flagged.",
      "extremalDependence": "It compares the logarithms of the 0 % of fake and the 0 % of genuine sessions that are flagged, with 0 % and 100 % taken as 1e−9 from there.",
      "f1": "Undefined: no fake session is caught, so precision and recall have no balance.",
      "f2": "Undefined: nothing is flagged.",
      "fHalf": "Undefined: nothing is flagged.",
      "falseDiscoveryRate": "Undefined: nothing is flagged.",
      "falseOmissionRate": "Of 318 sessions left alone 27 are fake.",
      "falsePositiveRate": "Of 291 genuine sessions 0 were flagged.",
      "fowlkesMallows": "Undefined: nothing is flagged.",
      "geometricMean": "It is the geometric mean of sensitivity, 0 %, and specificity, 100 %.",
      "informedness": "It is the difference between the 0 % of fake and the 0 % of genuine sessions that are flagged.",
      "kappa": "Verdicts agree with labels as often as chance would.",
      "markedness": "Undefined: nothing is flagged.",
      "matthewsCorrelation": "Undefined: nothing is flagged.",
      "mcnemarPValue": "It misses 27 fake sessions and flags 0 genuine sessions; were both errors equally likely, the chance of so uneven a split would be below 0.001.",
      "missRate": "Of 27 fake sessions 27 were missed.",
      "negativeLikelihoodRatio": "A fake session is left alone just as often as a genuine one.",
      "negativePredictiveValue": "Where 8.5 % are fake, a session that is not flagged is genuine with a chance of 91.5 %.",
      "noInformationRate": "Without looking, calling every session genuine would be right for 91.5 %.",
      "positiveLikelihoodRatio": "Undefined: nothing is flagged.",
      "positivePredictiveValue": "Undefined: nothing is flagged.",
      "precision": "Undefined: nothing is flagged.",
      "prevalence": "27 of 318 sessions are fake.",
      "recall": "The same as sensitivity: 0 of 27 fake sessions caught.",
      "rocDistance": "The operating point lies 1 from the corner of the ROC curve where only fake sessions are flagged, and all of them.",
      "sensitivity": "Of 27 fake sessions 0 were caught.",
      "specificity": "Of 291 genuine sessions 291 were left alone.",
      "threatScore": "Of 27 sessions fake or flagged 0 are both.",
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
      "diagnosticOddsRatio": "Undefined: it needs both fake and genuine labelled flows.",
      "extremalDependence": "Undefined: it needs both fake and genuine labelled flows.",
      "f1": "It balances precision, 100 %, and recall, 100 %, and is low when either is.",
      "f2": "It balances precision, 100 %, and recall, 100 %, and leans to recall.",
      "fHalf": "It balances precision, 100 %, and recall, 100 %, and leans to precision.",
      "falseDiscoveryRate": "Of 1 flagged labelled flow 0 are genuine.",
      "falseOmissionRate": "Undefined: everything is flagged.",
      "falsePositiveRate": "Undefined: there are no genuine labelled flows to spare.",
      "fowlkesMallows": "It is the geometric mean of precision, 100 %, and recall, 100 %, and is low when either is.",
      "geometricMean": "Undefined: it needs both fake and genuine labelled flows.",
      "informedness": "Undefined: it needs both fake and genuine labelled flows.",
      "kappa": "Undefined: every label and every verdict is the same.",
      "markedness": "Undefined: everything is flagged.",
      "matthewsCorrelation": "Undefined: it needs both fake and genuine labelled flows.",
      "mcnemarPValue": "Undefined: there are no errors to compare.",
      "missRate": "Of 1 fake flow 0 were missed.",
      "negativeLikelihoodRatio": "Undefined: it needs both fake and genuine labelled flows.",
      "negativePredictiveValue": "Undefined: it needs both fake and genuine labelled flows.",
      "noInformationRate": "Without looking, calling every flow fake would be right for 100 %.",
      "positiveLikelihoodRatio": "Undefined: it needs both fake and genuine labelled flows.",
      "positivePredictiveValue": "Undefined: it needs both fake and genuine labelled flows.",
      "precision": "Of 1 flagged labelled flow 1 is fake.",
      "prevalence": "1 of 1 labelled flow is fake.",
      "recall": "The same as sensitivity: 1 of 1 fake flow caught.",
      "rocDistance": "Undefined: it needs both fake and genuine labelled flows.",
      "sensitivity": "Of 1 fake flow 1 was caught.",
      "specificity": "Undefined: there are no genuine labelled flows to spare.",
      "threatScore": "Of 1 labelled flow fake or flagged 1 is both.",
    }
  `);
});

test("meaning(counts, {statistics}) takes statistics as given", () => {
  const matrix = counts(17, 2, 10, 289);
  const statistics = allStatistics(matrix);
  expect(meanings(matrix, {statistics})).toEqual(meanings(matrix));
  expect(meanings(matrix, {statistics: {...statistics, accuracyLower: 0.5}}).accuracyLower).toBe(
    "The 95 % interval of the accuracy begins at 50 %."
  );
});

test("meaning(counts) without labels", () => {
  for (const {meaning} of confusionMetrics)
    expect(meaning(counts(0, 0, 0, 0, 3))).toBe("Undefined: no session has a label.");
});

test("meaning(counts) of accuracy always names the no-information rate", () => {
  const {meaning} = confusionMetrics.find(({key}) => key === "accuracy")!;
  expect(meaning(counts(4, 1, 0, 1))).toBe(
    "The verdict is right for 5 of 6 sessions, 83.3 %; the no-information rate, of calling every session fake, is 66.7 %."
  );
});

test("meaning(counts) is one sentence, and says undefined just where the statistic is NaN", () => {
  fc.assert(
    fc.property(count, count, count, count, count, (tp, fp, fn, tn, unknown) => {
      const matrix = counts(tp, fp, fn, tn, unknown);
      const statistics = allStatistics(matrix);
      for (const {key, meaning} of confusionMetrics) {
        const sentence = meaning(matrix);
        expect(sentence).toMatch(/^[A-Z0-9].*[^.]\.$/);
        expect(sentence).not.toMatch(/NaN|Infinity|undefined|\. [A-Z]/);
        expect(sentence.startsWith("Undefined: "), `${key}: ${sentence}`).toBe(Number.isNaN(statistics[key]));
      }
    })
  );
});

const count = fc.oneof(fc.constant(0), fc.integer({min: 0, max: 2000}));

/** What sums of rounded shares may be off by. */
const rounding = 1e-12;

function meanings(matrix: ConfusionMatrix, options = {}): Record<string, string> {
  return Object.fromEntries(confusionMetrics.map(({key, meaning}) => [key, meaning(matrix, options)]));
}

function counts(tp: number, fp: number, fn: number, tn: number, unknown = 0): ConfusionMatrix {
  return {threshold: 0.5, tp, fp, fn, tn, unknown};
}
