import {binomialLowerTail} from "./betaDistribution.js";
import type {ConfusionCounts} from "./confusionMatrix.js";
import {clopperPearson} from "./interval.js";
import {normalUpperTail} from "./normalDistribution.js";

/** Our names of caret’s statistics, each with the name that caret’s confusionMatrix gives it. */
export const caretNames = {
  accuracy: "Accuracy",
  kappa: "Kappa",
  accuracyLower: "AccuracyLower",
  accuracyUpper: "AccuracyUpper",
  noInformationRate: "AccuracyNull",
  accuracyPValue: "AccuracyPValue",
  mcnemarPValue: "McnemarPValue",
  sensitivity: "Sensitivity",
  specificity: "Specificity",
  positivePredictiveValue: "Pos Pred Value",
  negativePredictiveValue: "Neg Pred Value",
  precision: "Precision",
  recall: "Recall",
  f1: "F1",
  prevalence: "Prevalence",
  detectionRate: "Detection Rate",
  detectionPrevalence: "Detection Prevalence",
  balancedAccuracy: "Balanced Accuracy"
} as const;

/** A number for each of caret’s statistics, NaN where it is undefined. */
export type ConfusionStatistics = Readonly<Record<keyof typeof caretNames, number>>;

/**
 * Everything that caret’s confusionMatrix prints for a table whose positive class is fake, NaN wherever caret gives NA
 * or NaN: all of them without labelled rows, f1 where no fake row is flagged, and the predictive values, which caret
 * derives from sensitivity, specificity and prevalence, when either class is missing. The interval of the accuracy is
 * Clopper–Pearson’s at 95 %, accuracyPValue the exact one-sided binomial test of accuracy > no-information rate,
 * mcnemarPValue McNemar’s chi-squared test with continuity correction.
 */
export function confusionStatistics({tp, fp, fn, tn}: ConfusionCounts): ConfusionStatistics {
  const n = tp + fp + fn + tn;
  const positives = tp + fn;
  const negatives = fp + tn;
  const flagged = tp + fp;
  const correct = tp + tn;
  const oneClass = positives === 0 || negatives === 0;
  const {lower, upper} = clopperPearson(correct, n);
  const sensitivity = tp / positives;
  const specificity = tn / negatives;
  return {
    accuracy: correct / n,
    kappa: (2 * (tp * tn - fp * fn)) / (flagged * negatives + positives * (fn + tn)),
    accuracyLower: lower,
    accuracyUpper: upper,
    noInformationRate: Math.max(positives, negatives) / n,
    accuracyPValue: upperTail(correct, n, Math.min(positives, negatives)),
    mcnemarPValue: mcnemar(fp, fn),
    sensitivity,
    specificity,
    positivePredictiveValue: oneClass ? NaN : tp / flagged,
    negativePredictiveValue: oneClass ? NaN : tn / (fn + tn),
    precision: tp / flagged,
    recall: sensitivity,
    f1: tp === 0 ? NaN : (2 * tp) / (flagged + positives),
    prevalence: positives / n,
    detectionRate: tp / n,
    detectionPrevalence: flagged / n,
    balancedAccuracy: (sensitivity + specificity) / 2
  };
}

function upperTail(correct: number, n: number, minority: number): number {
  // P(X ≥ correct) = P(n − X ≤ n − correct), which stays exact where 1 − cdf(correct − 1) would cancel
  return n === 0 ? NaN : binomialLowerTail(n - correct, n, minority / n);
}

function mcnemar(fp: number, fn: number): number {
  const difference = Math.abs(fp - fn);
  const corrected = difference === 0 ? 0 : difference - 1;
  // chi-squared with one degree of freedom is the square of a normal
  return 2 * normalUpperTail(corrected / Math.sqrt(fp + fn));
}
