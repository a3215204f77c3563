import {type ScoreLevels, thresholdsBetween} from "./scoreLevels.js";

/** What looking at the k highest scores finds. */
export interface AtTop {
  readonly k: number;
  /** Share of the k rows that are fake, in [0, 1]. */
  readonly precision: number;
  /** Share of fake rows that are among the k, in [0, 1]; NaN without fake rows. */
  readonly recall: number;
  /** Precision over that of rows drawn at random; NaN without fake rows. */
  readonly lift: number;
  /** A threshold that flags just these rows; NaN where scores tie at the cut, as then none does. */
  readonly threshold: number;
}

/**
 * Precision, recall and lift at the k highest scores of labelled rows. Where scores tie at the cut, rows that have that
 * score stand in random order, and the answer is the expected value, exactly. All NaN without labelled rows. Throws
 * unless k is a whole number from 1 to the number of labelled rows.
 */
export function atTop({level, fake, genuine, positives, negatives}: ScoreLevels, k: number): AtTop {
  const rows = positives + negatives;
  if (!Number.isSafeInteger(k) || k < 1 || (k > rows && rows > 0)) throw new RangeError(`invalid k: ${k}`);
  if (rows === 0) return {k, precision: NaN, recall: NaN, lift: NaN, threshold: NaN};
  let i = level.length - 1;
  let rest = k;
  let tp = 0;
  for (; i >= 0 && fake[i]! + genuine[i]! <= rest; --i) {
    rest -= fake[i]! + genuine[i]!;
    tp += fake[i]!;
  }
  if (rest > 0) tp += (rest * fake[i]!) / (fake[i]! + genuine[i]!);
  return {
    k,
    precision: tp / k,
    recall: tp / positives,
    lift: (tp * rows) / (k * positives),
    threshold: rest > 0 ? NaN : i < 0 ? -Infinity : thresholdsBetween(level.subarray(i, i + 2))[1]!
  };
}
