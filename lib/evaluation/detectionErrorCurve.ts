import {normalUpperQuantile} from "./normalDistribution.js";
import {rocCurve} from "./rocCurve.js";
import type {ScoreLevels} from "./scoreLevels.js";

/** Both errors of a detector at each threshold; a row is flagged when its score is greater. */
export interface DetectionErrorCurve {
  /** Ascending: −Infinity, the midpoints between neighbouring distinct scores, Infinity. */
  readonly threshold: Float64Array;
  /** Share of genuine rows that are flagged, from 1 down to 0; NaN without genuine rows. */
  readonly falsePositiveRate: Float64Array;
  /** Share of fake rows that are not flagged, from 0 up to 1; NaN without fake rows. */
  readonly falseNegativeRate: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * The detection error tradeoff of scores. Drawn over the normalDeviate of both rates it is a straight line where scores
 * of both classes are normal, and detectors that are nearly perfect remain apart.
 * Martin et al. 1997, “The DET curve in assessment of detection task performance”.
 */
export function detectionErrorCurve({level, fake, genuine, positives, negatives}: ScoreLevels): DetectionErrorCurve {
  // With the classes exchanged, sensitivity is the share of genuine rows flagged, specificity that of fake rows not.
  const exchanged = rocCurve({level, fake: genuine, genuine: fake, positives: negatives, negatives: positives});
  const {threshold, sensitivity: falsePositiveRate, specificity: falseNegativeRate} = exchanged;
  return {threshold, falsePositiveRate, falseNegativeRate, positives, negatives};
}

/** The z with P(Z ≤ z) = rate of the standard normal distribution: R’s qnorm. −Infinity for 0, Infinity for 1. */
export function normalDeviate(rate: number): number {
  return -normalUpperQuantile(rate);
}

/**
 * The rate at which false positives and false negatives are equally frequent, in [0, 1], both linear between
 * neighbouring thresholds: 0 for a perfect ranking, ½ for constant scores. NaN when either class is missing.
 */
export function equalErrorRate({fake, genuine, positives, negatives}: ScoreLevels): number {
  let fp = negatives;
  let fn = 0;
  for (let i = 0; i < fake.length; ++i) {
    // both rates times positives · negatives, before and after this level
    const before = fp * positives - fn * negatives;
    const step = genuine[i]! * positives + fake[i]! * negatives;
    if (before <= step) return (fn + (fake[i]! * before) / step) / positives;
    fp -= genuine[i]!;
    fn += fake[i]!;
  }
  return NaN;
}
