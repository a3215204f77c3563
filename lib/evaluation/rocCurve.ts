import {type ScoreLevels, thresholdsBetween} from "./scoreLevels.js";

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

/** The ROC curve of scores at pROC’s thresholds. Without labelled rows only the two infinite thresholds remain. */
export function rocCurve({level, fake, genuine, positives, negatives}: ScoreLevels): RocCurve {
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
 * half (Mann–Whitney). Exact up to the final division; NaN when either class is missing.
 */
export function auc({fake, genuine, positives, negatives}: ScoreLevels): number {
  let twice = 0;
  let below = 0;
  for (let i = 0; i < fake.length; ++i) {
    twice += fake[i]! * (2 * below + genuine[i]!);
    below += genuine[i]!;
  }
  return twice / (2 * positives * negatives);
}
