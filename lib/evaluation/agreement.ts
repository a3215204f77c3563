import {validateLengths, validateScore} from "./validate.js";

/** Rows by the verdicts of two detectors. */
export interface VerdictCounts {
  /** Flagged by both. */
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Flagged by neither. */
  readonly neither: number;
}

/** How far the alerts of two detectors of the same rows agree. */
export interface Agreement extends VerdictCounts {
  /** Rows that both flag among those that either does, in [0, 1]; NaN where neither flags any. */
  readonly jaccard: number;
  /**
   * Cohen’s κ, at most 1: how far verdicts agree beyond what chance would give detectors with as many alerts, which is 0.
   * NaN where both flag every row, or none.
   */
  readonly kappa: number;
  /** The same counts of rows with label 1, and of those with label 0; all 0 without labels. */
  readonly fake: VerdictCounts;
  readonly genuine: VerdictCounts;
}

/**
 * Counts rows by the verdicts of two detectors, 1 where one flags the row, and by label if there are any: 1 fake,
 * 0 genuine, NaN unknown. Throws where lengths differ.
 * Jaccard 1912; Cohen 1960, “A coefficient of agreement for nominal scales”.
 */
export function agreement(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  label: ArrayLike<number> | null = null
): Agreement {
  validateLengths(first, second);
  if (label !== null) validateLengths(label, second);
  const all = new Uint32Array(4);
  const fakes = new Uint32Array(4);
  const genuines = new Uint32Array(4);
  for (let row = 0; row < first.length; ++row) {
    const verdict = (first[row] ? 2 : 0) + (second[row] ? 1 : 0);
    ++all[verdict]!;
    if (label === null) continue;
    if (label[row] === 1) ++fakes[verdict]!;
    else if (label[row] === 0) ++genuines[verdict]!;
  }
  const counts = named(all);
  const {both, onlyFirst, onlySecond, neither} = counts;
  const chance = (both + onlyFirst) * (onlyFirst + neither) + (both + onlySecond) * (onlySecond + neither);
  return {
    ...counts,
    jaccard: both / (both + onlyFirst + onlySecond),
    kappa: (2 * (both * neither - onlyFirst * onlySecond)) / chance,
    fake: named(fakes),
    genuine: named(genuines)
  };
}

/** The verdict on each row: 1 where the finite score is greater than the threshold, otherwise 0. */
export function verdicts(score: ArrayLike<number>, threshold: number): Uint8Array {
  if (Number.isNaN(threshold)) throw new RangeError(`invalid threshold: ${threshold}`);
  const flagged = new Uint8Array(score.length);
  for (let row = 0; row < flagged.length; ++row) {
    validateScore(score[row]!, row);
    flagged[row] = score[row]! > threshold ? 1 : 0;
  }
  return flagged;
}

function named([neither, onlySecond, onlyFirst, both]: Uint32Array): VerdictCounts {
  return {both: both!, onlyFirst: onlyFirst!, onlySecond: onlySecond!, neither: neither!};
}
