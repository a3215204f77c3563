import {validateLengths, validateRow} from "./validate.js";

/** Labelled rows by verdict and label; positive is fake. */
export interface ConfusionCounts {
  /** Fake and flagged. */
  readonly tp: number;
  /** Genuine but flagged. */
  readonly fp: number;
  /** Fake but not flagged. */
  readonly fn: number;
  /** Genuine and not flagged. */
  readonly tn: number;
}

/** Counts at a threshold, and how many rows have no label. */
export interface ConfusionMatrix extends ConfusionCounts {
  readonly threshold: number;
  readonly unknown: number;
}

/**
 * Counts rows by label (1 fake, 0 genuine, NaN unknown) and verdict: flagged when the finite score is greater than the
 * threshold, which may be infinite. Throws on other labels, other scores, differing lengths, or a threshold of NaN.
 */
export function confusionMatrix(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  threshold: number
): ConfusionMatrix {
  if (Number.isNaN(threshold)) throw new RangeError(`invalid threshold: ${threshold}`);
  validateLengths(label, score);
  let tp = 0;
  let fp = 0;
  let fn = 0;
  let tn = 0;
  for (let row = 0; row < label.length; ++row) {
    const y = label[row]!;
    const s = score[row]!;
    validateRow(y, s, row);
    if (Number.isNaN(y)) continue;
    const flagged = s > threshold;
    if (y === 1 && flagged) ++tp;
    else if (y === 1) ++fn;
    else if (flagged) ++fp;
    else ++tn;
  }
  return {threshold, tp, fp, fn, tn, unknown: label.length - tp - fp - fn - tn};
}
