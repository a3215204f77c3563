import type {ConfusionCounts, ConfusionMatrix} from "./confusionMatrix.js";
import {allStatistics, caretNames, type Statistics} from "./confusionStatistics.js";
import {type Metric, share, signed, unbounded} from "./metric.js";
import {type MeaningOptions, metricMeaning} from "./metricMeaning.js";

/** A metric of flagged rows against labels. */
export interface ConfusionMetric extends Metric {
  readonly key: keyof Statistics;
  /** As allStatistics has it. */
  readonly value: (counts: ConfusionCounts) => number;
  /** One sentence of what the metric says for these counts, also where it is undefined; see metricMeaning. */
  readonly meaning: (counts: ConfusionMatrix, options?: MeaningOptions) => string;
}

const ofCounts: Readonly<Record<keyof Statistics, Omit<Metric, "key" | "caretName">>> = {
  accuracy: {
    name: "Accuracy",
    yardstickName: "accuracy",
    formula: "(TP + TN) / n",
    range: share,
    direction: "higher",
    hides: "That nothing need be flagged: where fakes are rare, calling every row genuine scores high."
  },
  noInformationRate: {
    name: "No-information rate",
    formula: "max(TP + FN, FP + TN) / n",
    range: [0.5, 1],
    direction: "neither",
    hides: "The detector: it follows from the labels alone."
  },
  accuracyLower: {
    name: "Accuracy, lower bound",
    formula: "Clopper–Pearson 95 % interval of TP + TN out of n",
    range: share,
    direction: "higher",
    hides: "That rows of one visitor are alike: the interval takes rows as independent, and is then too narrow."
  },
  accuracyUpper: {
    name: "Accuracy, upper bound",
    formula: "Clopper–Pearson 95 % interval of TP + TN out of n",
    range: share,
    direction: "higher",
    hides: "What the lower bound hides."
  },
  accuracyPValue: {
    name: "P-value, accuracy above no-information rate",
    formula: "P(X ≥ TP + TN), X binomial of n and the no-information rate",
    range: share,
    direction: "lower",
    hides: "How much is gained: with many rows, a useless gain is significant too."
  },
  kappa: {
    name: "Cohen’s kappa",
    yardstickName: "kap",
    formula: "(accuracy − chance) / (1 − chance), chance = Σ row share × column share",
    range: signed,
    direction: "higher",
    hides: "Which errors were made; it depends on prevalence, so that different traffic does not compare."
  },
  mcnemarPValue: {
    name: "P-value, McNemar",
    formula: "P(χ²₁ ≥ (|FP − FN| − 1)² / (FP + FN))",
    range: share,
    direction: "neither",
    hides: "Whether the detector is good: it asks only if misses and false alarms are equally many."
  },
  sensitivity: {
    name: "Sensitivity",
    yardstickName: "sens",
    formula: "TP / (TP + FN)",
    range: share,
    direction: "higher",
    hides: "False alarms: flagging everything gives 1."
  },
  specificity: {
    name: "Specificity",
    yardstickName: "spec",
    formula: "TN / (TN + FP)",
    range: share,
    direction: "higher",
    hides: "Misses: flagging nothing gives 1."
  },
  positivePredictiveValue: {
    name: "Positive predictive value",
    yardstickName: "ppv",
    formula: "sensitivity × prevalence / (sensitivity × prevalence + (1 − specificity) × (1 − prevalence))",
    range: share,
    direction: "higher",
    hides: "Misses, and that it falls with prevalence: a test set with many fakes flatters it."
  },
  negativePredictiveValue: {
    name: "Negative predictive value",
    yardstickName: "npv",
    formula: "specificity × (1 − prevalence) / (specificity × (1 − prevalence) + (1 − sensitivity) × prevalence)",
    range: share,
    direction: "higher",
    hides: "That rare fakes make it high by themselves: flagging nothing gives 1 − prevalence."
  },
  precision: {
    name: "Precision",
    yardstickName: "precision",
    formula: "TP / (TP + FP)",
    range: share,
    direction: "higher",
    hides: "Misses, and prevalence: the same detector has less where fakes are rarer."
  },
  recall: {
    name: "Recall",
    yardstickName: "recall",
    formula: "TP / (TP + FN)",
    range: share,
    direction: "higher",
    hides: "False alarms: flagging everything gives 1."
  },
  f1: {
    name: "F1",
    yardstickName: "f_meas",
    formula: "2 × precision × recall / (precision + recall)",
    range: share,
    direction: "higher",
    hides: "Genuine rows left alone, and costs: precision and recall weigh the same."
  },
  prevalence: {
    name: "Prevalence",
    formula: "(TP + FN) / n",
    range: share,
    direction: "neither",
    hides: "The detector: it follows from the labels alone."
  },
  detectionRate: {
    name: "Detection rate",
    formula: "TP / n",
    range: share,
    direction: "higher",
    hides: "False alarms, and misses unless the prevalence stands beside it, which it cannot exceed."
  },
  detectionPrevalence: {
    name: "Detection prevalence",
    yardstickName: "detection_prevalence",
    formula: "(TP + FP) / n",
    range: share,
    direction: "neither",
    hides: "Whether what is flagged is fake."
  },
  balancedAccuracy: {
    name: "Balanced accuracy",
    yardstickName: "bal_accuracy",
    formula: "(sensitivity + specificity) / 2",
    range: share,
    direction: "higher",
    hides: "How rare fakes are: at 0.95 most alarms can be false."
  },
  fHalf: {
    name: "F0.5",
    yardstickName: "f_meas, beta = 0.5",
    formula: "1.25 × precision × recall / (0.25 × precision + recall)",
    range: share,
    direction: "higher",
    hides: "Genuine rows left alone, and misses more than false alarms."
  },
  f2: {
    name: "F2",
    yardstickName: "f_meas, beta = 2",
    formula: "5 × precision × recall / (4 × precision + recall)",
    range: share,
    direction: "higher",
    hides: "Genuine rows left alone, and false alarms more than misses."
  },
  matthewsCorrelation: {
    name: "Matthews correlation",
    yardstickName: "mcc",
    formula: "(TP × TN − FP × FN) / √((TP + FP) (TP + FN) (TN + FP) (TN + FN))",
    range: signed,
    direction: "higher",
    hides: "Which errors were made; the same rates give less where fakes are rarer."
  },
  informedness: {
    name: "Informedness",
    yardstickName: "j_index",
    formula: "sensitivity + specificity − 1",
    range: signed,
    direction: "higher",
    hides: "How rare fakes are: among many genuine rows, a small rate of false alarms is many."
  },
  markedness: {
    name: "Markedness",
    yardstickName: "markedness",
    formula: "precision + TN / (TN + FN) − 1",
    range: signed,
    direction: "higher",
    hides: "Misses: where fakes are rare, a single sure flag gives nearly 1."
  },
  falsePositiveRate: {
    name: "False positive rate, fall-out",
    yardstickName: "fall_out",
    formula: "FP / (FP + TN)",
    range: share,
    direction: "lower",
    hides: "Misses, and how many alarms it makes: a small share of many rows is many."
  },
  missRate: {
    name: "Miss rate",
    yardstickName: "miss_rate",
    formula: "FN / (TP + FN)",
    range: share,
    direction: "lower",
    hides: "False alarms: flagging everything gives 0."
  },
  falseDiscoveryRate: {
    name: "False discovery rate",
    formula: "FP / (TP + FP)",
    range: share,
    direction: "lower",
    hides: "Misses, and prevalence: the same detector has more where fakes are rarer."
  },
  falseOmissionRate: {
    name: "False omission rate",
    formula: "FN / (FN + TN)",
    range: share,
    direction: "lower",
    hides: "That rare fakes make it low by themselves: flagging nothing gives the prevalence."
  },
  positiveLikelihoodRatio: {
    name: "Positive likelihood ratio",
    formula: "sensitivity / (1 − specificity)",
    range: unbounded,
    direction: "higher",
    hides: "How rare fakes are: with one fake in 1,000 rows, even 50 leaves 95 % of alarms false."
  },
  negativeLikelihoodRatio: {
    name: "Negative likelihood ratio",
    formula: "(1 − sensitivity) / specificity",
    range: unbounded,
    direction: "lower",
    hides: "False alarms: flagging all but one genuine row gives 0."
  },
  diagnosticOddsRatio: {
    name: "Diagnostic odds ratio",
    formula: "TP × TN / (FP × FN)",
    range: unbounded,
    direction: "higher",
    hides: "Which error is rare: 1 % misses with 50 % false alarms give what the reverse gives."
  },
  fowlkesMallows: {
    name: "Fowlkes–Mallows index",
    formula: "√(precision × recall)",
    range: share,
    direction: "higher",
    hides: "Genuine rows left alone; it depends on prevalence as precision does."
  },
  threatScore: {
    name: "Threat score, critical success index",
    formula: "TP / (TP + FP + FN)",
    range: share,
    direction: "higher",
    hides: "Genuine rows left alone; it is F1 / (2 − F1), and ranks detectors as F1 does."
  },
  geometricMean: {
    name: "Geometric mean",
    formula: "√(sensitivity × specificity)",
    range: share,
    direction: "higher",
    hides: "How rare fakes are, and with them how many alarms are false."
  },
  rocDistance: {
    name: "Distance from the ROC corner",
    yardstickName: "roc_dist",
    formula: "√((1 − sensitivity)² + (1 − specificity)²)",
    range: [0, Math.SQRT2],
    direction: "lower",
    hides: "Costs and prevalence: both rates weigh the same."
  },
  extremalDependence: {
    name: "Extremal dependence index, SEDI",
    yardstickName: "sedi",
    formula:
      "(ln F − ln H − ln(1 − F) + ln(1 − H)) / (ln F + ln H + ln(1 − F) + ln(1 − H)), H = sensitivity, F = 1 − specificity",
    range: signed,
    direction: "higher",
    hides: "Small samples: a rate of exactly 0 or 1 counts as 1e−9 from there, so that one error more changes much."
  }
};

/** The metrics of a confusion matrix: caret’s, accuracy beside the no-information rate, then others. */
export const confusionMetrics: readonly ConfusionMetric[] = Object.entries(ofCounts).map(([name, declared]) => {
  const key = name as keyof Statistics;
  return {
    key,
    ...declared,
    ...(key in caretNames && {caretName: caretNames[key as keyof typeof caretNames]}),
    value: (counts) => allStatistics(counts)[key],
    meaning: (counts, options) => metricMeaning(key, counts, options)
  };
});
