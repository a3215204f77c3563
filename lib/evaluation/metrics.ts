import type {ConfusionCounts, ConfusionMatrix} from "./confusionMatrix.js";
import {allStatistics, caretNames, type Statistics} from "./confusionStatistics.js";
import {gainCapture} from "./gainCurve.js";
import {type MeaningOptions, metricMeaning} from "./metricMeaning.js";
import {averagePrecision, precisionRecallArea} from "./precisionRecall.js";
import {brierScore, classificationCost, logLoss, precisionRecallTrapezoid} from "./probabilityMetrics.js";
import {auc} from "./rocCurve.js";
import {type ScoreLevels, scoreLevels} from "./scoreLevels.js";

/** What is declared of a metric, in plain text. */
export interface Metric {
  readonly key: string;
  readonly name: string;
  /** Its name in caret’s confusionMatrix, where it is there. */
  readonly caretName?: string;
  /** The function of yardstick that computes it, where there is one. */
  readonly yardstickName?: string;
  /** How it follows from counts, scores p and labels y, or from other metrics. */
  readonly formula: string;
  /** Least and greatest value; the greatest may be Infinity. */
  readonly range: readonly [low: number, high: number];
  /** Which values speak for the detector. */
  readonly direction: "higher" | "lower" | "neither";
  /** What it does not tell. */
  readonly hides: string;
}

/** A metric of flagged rows against labels. */
export interface ConfusionMetric extends Metric {
  readonly key: keyof Statistics;
  /** As allStatistics has it. */
  readonly value: (counts: ConfusionCounts) => number;
  /** One sentence of what the metric says for these counts, also where it is undefined; see metricMeaning. */
  readonly meaning: (counts: ConfusionMatrix, options?: MeaningOptions) => string;
}

/** A metric of scores against labels, at no threshold. */
export interface ScoreMetric extends Metric {
  /** Of labels (1 fake, 0 genuine, NaN unknown) and scores, whose levels may be given where they are at hand. */
  readonly value: (label: ArrayLike<number>, score: ArrayLike<number>, levels?: ScoreLevels) => number;
}

type Declared = Omit<Metric, "key" | "caretName">;

const share = [0, 1] as const;
const signed = [-1, 1] as const;
const unbounded = [0, Infinity] as const;

const ofCounts: Readonly<Record<keyof Statistics, Declared>> = {
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

const noProbability = "That an anomaly score is no probability, which it takes it for";

/** The metrics of scores: of their order, then of scores taken as probabilities, which throw outside [0, 1]. */
export const scoreMetrics: readonly ScoreMetric[] = [
  {
    key: "auc",
    name: "Area under the ROC curve",
    yardstickName: "roc_auc",
    formula: "P(a fake row scores higher than a genuine one), ties counting one half",
    range: share,
    direction: "higher",
    hides: "The threshold, and how rare fakes are: most of the curve lies where nobody would work.",
    value: ofLevels(auc)
  },
  {
    key: "precisionRecallArea",
    name: "Area under the precision–recall curve",
    formula: "∫ precision d recall, counts interpolated between thresholds: PRROC’s auc.integral",
    range: share,
    direction: "higher",
    hides: "The threshold; chance gives the prevalence, so that different traffic does not compare.",
    value: ofLevels(precisionRecallArea)
  },
  {
    key: "precisionRecallTrapezoid",
    name: "The same by straight lines",
    yardstickName: "pr_auc",
    formula: "Σ (recallᵢ − recallᵢ₋₁) × (precisionᵢ + precisionᵢ₋₁) / 2, from recall 0, precision 1",
    range: share,
    direction: "higher",
    hides:
      "What the area above hides, and the curve: its lines run above it where precision falls, below where it rises.",
    value: ofLevels(precisionRecallTrapezoid)
  },
  {
    key: "averagePrecision",
    name: "Average precision",
    yardstickName: "average_precision",
    formula: "Σ (recallᵢ − recallᵢ₋₁) × precisionᵢ",
    range: share,
    direction: "higher",
    hides: "The threshold; chance gives about the prevalence, so that different traffic does not compare.",
    value: ofLevels(averagePrecision)
  },
  {
    key: "gainCapture",
    name: "Gain capture, Gini coefficient",
    yardstickName: "gain_capture",
    formula: "2 × AUC − 1",
    range: signed,
    direction: "higher",
    hides: "What the area under the ROC curve hides.",
    value: ofLevels(gainCapture)
  },
  {
    key: "brierScore",
    name: "Brier score",
    yardstickName: "brier_class",
    formula: "Σ (p − y)² / n; Brier’s own, over both classes, is twice that",
    range: share,
    direction: "lower",
    hides: `${noProbability}; rare fakes make it low by themselves: p = 0 throughout gives the prevalence.`,
    value: brierScore
  },
  {
    key: "logLoss",
    name: "Log loss",
    yardstickName: "mn_log_loss",
    formula: "−Σ (y ln p + (1 − y) ln(1 − p)) / n, p kept 2⁻⁵² away from 0 and 1",
    range: [0, -Math.log(Number.EPSILON)],
    direction: "lower",
    hides: `${noProbability}; one row that is wrong for sure costs 36, more than many that are right.`,
    value: logLoss
  },
  {
    key: "classificationCost",
    name: "Classification cost",
    yardstickName: "classification_cost",
    formula: "Σ cost × p given to the wrong class / n, each cost 1 unless set",
    range: unbounded,
    direction: "lower",
    hides: `${noProbability}; and its costs are as good as who set them.`,
    value: (label, score) => classificationCost(label, score)
  }
];

/** Every metric. */
export const metrics: readonly Metric[] = [...confusionMetrics, ...scoreMetrics];

function ofLevels(metric: (levels: ScoreLevels) => number): ScoreMetric["value"] {
  return (label, score, levels = scoreLevels(label, score)) => metric(levels);
}
