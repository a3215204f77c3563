import {scoreLevels, sortedByClass, thresholdsBetween} from "./scoreLevels.js";

/** A receiver operating characteristic: at each threshold, a row is flagged when its score is greater. */
export interface RocCurve {
  /** Ascending: −Infinity, the midpoints between neighbouring distinct scores, Infinity. */
  readonly threshold: Float64Array;
  /** Share of fake rows that are flagged, from 1 down to 0; NaN without fake rows. */
  readonly sensitivity: Float64Array;
  /** Share of genuine rows that are not flagged, from 0 up to 1; NaN without genuine rows. */
  readonly specificity: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * The ROC curve of labels (1 fake, 0 genuine, NaN left out) and finite scores, at pROC’s thresholds. Throws on other
 * labels, other scores, or differing lengths. Without labelled rows only the two infinite thresholds remain.
 */
export function rocCurve(label: ArrayLike<number>, score: ArrayLike<number>): RocCurve {
  const {level, fake, genuine, positives, negatives} = scoreLevels(label, score);
  const threshold = thresholdsBetween(level);
  const sensitivity = new Float64Array(threshold.length);
  const specificity = new Float64Array(threshold.length);
  let tp = positives;
  let tn = 0;
  for (let i = 0; i < threshold.length; ++i) {
    sensitivity[i] = tp / positives;
    specificity[i] = tn / negatives;
    if (i < level.length) {
      tp -= fake[i]!;
      tn += genuine[i]!;
    }
  }
  return {threshold, sensitivity, specificity, positives, negatives};
}

/**
 * Area under the ROC curve, in [0, 1]: the chance that a fake row scores higher than a genuine one, ties counting one
 * half (Mann–Whitney). Exact up to the final division; NaN when either class is missing. Throws as rocCurve does.
 */
export function auc(label: ArrayLike<number>, score: ArrayLike<number>): number {
  const [fakes, genuines] = sortedByClass(label, score);
  let twice = 0;
  let below = 0;
  let notAbove = 0;
  for (let i = 0; i < fakes.length; ++i) {
    while (genuines[below]! < fakes[i]!) ++below;
    while (genuines[notAbove]! <= fakes[i]!) ++notAbove;
    twice += below + notAbove;
  }
  return twice / (2 * fakes.length * genuines.length);
}
