import type {ConfusionCounts} from "./confusionMatrix.js";
import type {ScoreLevels} from "./scoreLevels.js";

/**
 * Labelled rows by verdict and label, as confusionMatrix counts them: flagged when the score is greater than the
 * threshold, which may be infinite. Throws on a threshold of NaN.
 */
export function countsAt(
  {level, fake, genuine, positives, negatives}: ScoreLevels,
  threshold: number
): ConfusionCounts {
  if (Number.isNaN(threshold)) throw new RangeError(`invalid threshold: ${threshold}`);
  let tp = 0;
  let fp = 0;
  for (let i = level.length - 1; i >= 0 && level[i]! > threshold; --i) {
    tp += fake[i]!;
    fp += genuine[i]!;
  }
  return {tp, fp, fn: positives - tp, tn: negatives - fp};
}
