import type {Estimate} from "./interval.js";
import {normalUpperQuantile, normalUpperTail} from "./normalDistribution.js";
import {placements, placementsOfRows} from "./placements.js";
import {auc} from "./rocCurve.js";
import {type ScoreLevels, scoreLevels} from "./scoreLevels.js";
import {studentUpperTail} from "./studentDistribution.js";

/** Whether two scores of the same rows rank them equally well. */
export interface PairedTest {
  /** The difference over its standard error, normal under equal areas. */
  readonly statistic: number;
  /** Two-sided, in [0, 1]. */
  readonly pValue: number;
  /** The areas under both ROC curves. */
  readonly auc: readonly [number, number];
  /** The first area less the second; its bounds are not clipped. */
  readonly difference: Estimate;
}

/** Whether scores of two sets of rows rank them equally well. */
export interface UnpairedTest {
  /** The difference over its standard error, Student’s t under equal areas. */
  readonly statistic: number;
  /** Two-sided, in [0, 1]. */
  readonly pValue: number;
  readonly degreesOfFreedom: number;
  /** The areas under both ROC curves. */
  readonly auc: readonly [number, number];
}

/**
 * Variance of the area under the ROC curve, estimated without assumptions on the scores, as pROC’s `var`. 0 where
 * scores part both classes, though that is no proof; NaN for fewer than two fake or two genuine rows.
 * DeLong, DeLong and Clarke-Pearson 1988, “Comparing the areas under two or more correlated receiver operating
 * characteristic curves”; Sun and Xu 2014, “Fast implementation of DeLong’s algorithm”.
 */
export function delongVariance(levels: ScoreLevels): number {
  const {fake, genuine, positives: m, negatives: n} = levels;
  const {genuineBelow, fakeAbove} = placements(levels);
  let pairs = 0;
  for (let i = 0; i < fake.length; ++i) pairs += fake[i]! * genuineBelow[i]!;
  let squaresX = 0;
  let squaresY = 0;
  for (let i = 0; i < fake.length; ++i) {
    squaresX += fake[i]! * (m * genuineBelow[i]! - pairs) ** 2;
    squaresY += genuine[i]! * (n * fakeAbove[i]! - pairs) ** 2;
  }
  return varianceOf(squaresX, squaresY, m, n);
}

/**
 * The area under the ROC curve with DeLong’s interval, clipped to [0, 1], as pROC’s `ci.auc`; the confidence is in
 * (0, 1). Bounds equal the estimate where scores part both classes and are NaN for fewer than two fake or two genuine
 * rows.
 */
export function delongInterval(levels: ScoreLevels, confidence = 0.95): Estimate {
  const {lower, estimate, upper} = intervalAround(auc(levels), Math.sqrt(delongVariance(levels)), confidence);
  return {lower: Math.max(0, lower), estimate, upper: Math.min(1, upper)};
}

/**
 * DeLong’s test for two scores of the same rows, which need not be on one scale: pROC’s `roc.test` with
 * `paired = TRUE`. Rows of label NaN are left out. Where the difference has no variance the statistic is 0 and p 1 if
 * both areas are equal, as for equal rankings, else ±Infinity and 0; all but the areas and their difference is NaN for
 * fewer than two fake or two genuine rows. Throws as scoreLevels does, and on a confidence outside (0, 1).
 */
export function delongTest(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  other: ArrayLike<number>,
  confidence = 0.95
): PairedTest {
  const levels = scoreLevels(label, score);
  const otherLevels = scoreLevels(label, other);
  const {positives: m, negatives: n} = levels;
  const surplus = placementsOfRows(label, score, levels);
  const less = placementsOfRows(label, other, otherLevels);
  let pairs = 0;
  for (let row = 0; row < surplus.length; ++row) {
    surplus[row]! -= less[row]!;
    if (label[row] === 1) pairs += surplus[row]!;
  }
  let squaresX = 0;
  let squaresY = 0;
  for (let row = 0; row < surplus.length; ++row) {
    if (label[row] === 1) squaresX += (m * surplus[row]! - pairs) ** 2;
    else if (label[row] === 0) squaresY += (n * surplus[row]! - pairs) ** 2;
  }
  const error = Math.sqrt(varianceOf(squaresX, squaresY, m, n));
  const difference = intervalAround(pairs / (2 * m * n), error, confidence);
  const statistic = difference.estimate === 0 && error === 0 ? 0 : difference.estimate / error;
  return {
    statistic,
    pValue: 2 * normalUpperTail(Math.abs(statistic)),
    auc: [auc(levels), auc(otherLevels)],
    difference
  };
}

/**
 * DeLong’s test for two sets of rows, with degrees of freedom as in Welch’s: pROC’s `roc.test` with `paired = FALSE`.
 * NaN where a set has fewer than two fake or two genuine rows and where neither area has variance.
 */
export function delongTestUnpaired(a: ScoreLevels, b: ScoreLevels): UnpairedTest {
  const varianceA = delongVariance(a);
  const varianceB = delongVariance(b);
  const variance = varianceA + varianceB;
  const areas = [auc(a), auc(b)] as const;
  const statistic = (areas[0] - areas[1]) / Math.sqrt(variance);
  const degreesOfFreedom =
    variance ** 2 /
    (varianceA ** 2 / (a.positives + a.negatives - 1) + varianceB ** 2 / (b.positives + b.negatives - 1));
  return {
    statistic,
    pValue: 2 * studentUpperTail(Math.abs(statistic), degreesOfFreedom),
    degreesOfFreedom,
    auc: areas
  };
}

/** S₁₀ / m + S₀₁ / n from the sums of squares of 2mn (V − θ), which are of whole numbers. */
function varianceOf(squaresX: number, squaresY: number, m: number, n: number): number {
  return (squaresX / (m * (m - 1)) + squaresY / (n * (n - 1))) / (2 * m * n) ** 2;
}

function intervalAround(estimate: number, error: number, confidence: number): Estimate {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`invalid confidence: ${confidence}`);
  const margin = normalUpperQuantile((1 - confidence) / 2) * error;
  return {lower: estimate - margin, estimate, upper: estimate + margin};
}
