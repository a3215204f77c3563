import {auc} from "./rocCurve.js";
import {type ScoreLevels, thresholdsBetween} from "./scoreLevels.js";

/** What flagging the highest scores yields at each threshold; a row is flagged when its score is greater. */
export interface GainCurve {
  /** Ascending: −Infinity, the midpoints between neighbouring distinct scores, Infinity. */
  readonly threshold: Float64Array;
  /** Share of labelled rows that are flagged, from 1 down to 0; NaN without labelled rows. */
  readonly flagged: Float64Array;
  /** Share of fake rows that are flagged, which is the recall, from 1 down to 0; NaN without fake rows. */
  readonly gain: Float64Array;
  /** Gain over flagged: how many times as many fakes as in as many rows drawn at random. NaN where none is flagged. */
  readonly lift: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * The cumulative gain and lift of scores. Flagging at random gives gain = flagged and lift 1; a perfect ranking gives
 * gain 1 from flagged = positives / (positives + negatives) on.
 */
export function gainCurve({level, fake, genuine, positives, negatives}: ScoreLevels): GainCurve {
  const threshold = thresholdsBetween(level);
  const flagged = new Float64Array(threshold.length);
  const gain = new Float64Array(threshold.length);
  const lift = new Float64Array(threshold.length);
  const rows = positives + negatives;
  let tp = positives;
  let fp = negatives;
  for (let i = 0; i < threshold.length; ++i) {
    flagged[i] = (tp + fp) / rows;
    gain[i] = tp / positives;
    lift[i] = (tp * rows) / ((tp + fp) * positives);
    if (i < level.length) {
      tp -= fake[i]!;
      fp -= genuine[i]!;
    }
  }
  return {threshold, flagged, gain, lift, positives, negatives};
}

/**
 * Share of the possible gain that a ranking captures: the area between its gain curve and the diagonal over that of a
 * perfect ranking, yardstick’s `gain_capture`. It is the accuracy ratio or Gini coefficient 2 · auc − 1, in [−1, 1]: 1
 * perfect, 0 chance, negative where genuine rows score higher. NaN when either class is missing.
 * Engelmann, Hayden and Tasche 2003, “Testing rating accuracy”.
 */
export function gainCapture(levels: ScoreLevels): number {
  return 2 * auc(levels) - 1;
}
