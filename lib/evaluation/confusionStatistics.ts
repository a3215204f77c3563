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
    kappa: kappa({tp, fp, fn, tn}),
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
    f1: f1({tp, fp, fn}),
    prevalence: positives / n,
    detectionRate: tp / n,
    detectionPrevalence: flagged / n,
    balancedAccuracy: (sensitivity + specificity) / 2
  };
}

/** Cohen’s kappa, in [−1, 1], without the intervals and tests that take confusionStatistics most of its time. */
export function kappa({tp, fp, fn, tn}: ConfusionCounts): number {
  return (2 * (tp * tn - fp * fn)) / ((tp + fp) * (fp + tn) + (tp + fn) * (fn + tn));
}

/** F1 alone, in (0, 1]; NaN where no fake row is flagged, as in confusionStatistics. */
export function f1({tp, fp, fn}: Omit<ConfusionCounts, "tn">): number {
  return tp === 0 ? NaN : (2 * tp) / (tp + fp + tp + fn);
}

/** A number for each statistic of a confusion matrix beyond caret’s, NaN where it is undefined. */
export interface MoreStatistics {
  readonly fHalf: number;
  readonly f2: number;
  readonly matthewsCorrelation: number;
  readonly informedness: number;
  readonly markedness: number;
  readonly falsePositiveRate: number;
  readonly missRate: number;
  readonly falseDiscoveryRate: number;
  readonly falseOmissionRate: number;
  readonly positiveLikelihoodRatio: number;
  readonly negativeLikelihoodRatio: number;
  readonly diagnosticOddsRatio: number;
  readonly fowlkesMallows: number;
  readonly threatScore: number;
  readonly geometricMean: number;
  readonly rocDistance: number;
  readonly extremalDependence: number;
}

/**
 * What yardstick and others make of a table beyond caret’s statistics; NaN where yardstick gives NA, Infinity where a
 * ratio has 0 below alone. As yardstick’s f_meas, F0.5 and F2 are 0 where no fake row is caught but genuine ones are
 * flagged, where caret’s F1 is NaN. The extremal dependence index SEDI keeps rates 1e-9 away from 0 and 1, as
 * yardstick’s sedi. Products of counts beyond 2⁵³ round: the correlation of counts up to 1e9 is within 1e-15.
 * Ferro and Stephenson 2011, “Extremal dependence indices: improved verification measures for deterministic forecasts
 * of rare binary events”; Powers 2011, “Evaluation: from precision, recall and F-measure to ROC, informedness,
 * markedness and correlation”.
 */
export function moreStatistics({tp, fp, fn, tn}: ConfusionCounts): MoreStatistics {
  const positives = tp + fn;
  const negatives = fp + tn;
  const flagged = tp + fp;
  const passed = fn + tn;
  const sensitivity = tp / positives;
  const specificity = tn / negatives;
  const falsePositiveRate = fp / negatives;
  const missRate = fn / positives;
  const falseOmissionRate = fn / passed;
  return {
    fHalf: fMeasure(0.5, {tp, fp, fn}),
    f2: fMeasure(2, {tp, fp, fn}),
    // √ of a square is exact, so that a perfect table gives 1
    matthewsCorrelation: (tp * tn - fp * fn) / (Math.sqrt(flagged * positives) * Math.sqrt(passed * negatives)),
    informedness: sensitivity - falsePositiveRate,
    markedness: tp / flagged - falseOmissionRate,
    falsePositiveRate,
    missRate,
    falseDiscoveryRate: fp / flagged,
    falseOmissionRate,
    positiveLikelihoodRatio: sensitivity / falsePositiveRate,
    negativeLikelihoodRatio: missRate / specificity,
    diagnosticOddsRatio: (tp * tn) / (fp * fn),
    fowlkesMallows: tp / Math.sqrt(flagged * positives),
    threatScore: tp / (flagged + fn),
    geometricMean: Math.sqrt(sensitivity * specificity),
    rocDistance: Math.hypot(falsePositiveRate, missRate),
    extremalDependence: extremalDependence(
      logOfRate(sensitivity),
      logOfRate(missRate),
      logOfRate(falsePositiveRate),
      logOfRate(specificity)
    )
  };
}

/** All statistics of a confusion matrix by our names. */
export type Statistics = ConfusionStatistics & MoreStatistics;

/** Those of confusionStatistics and those of moreStatistics. */
export function allStatistics(counts: ConfusionCounts): Statistics {
  return {...confusionStatistics(counts), ...moreStatistics(counts)};
}

function fMeasure(beta: number, {tp, fp, fn}: Omit<ConfusionCounts, "tn">): number {
  if (tp + fp === 0 || tp + fn === 0) return NaN;
  const weighted = (1 + beta ** 2) * tp;
  return weighted / (weighted + beta ** 2 * fn + fp);
}

/** SEDI from the logarithms of hit rate H, 1 − H, false alarm rate F and 1 − F. */
function extremalDependence(logH: number, logMiss: number, logF: number, logSpared: number): number {
  return (logF - logH - logSpared + logMiss) / (logF + logH + logSpared + logMiss);
}

function logOfRate(rate: number): number {
  return Math.log(Math.max(1e-9, Math.min(rate, 1 - 1e-9)));
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
