import {formatCount, formatPercent} from "./format.js";

/** A share of genuine rows that are flagged, in words: below 1 % as one in how many. */
export function falseAlarmWords(share: number): string {
  if (share === 0) return "no genuine row flagged";
  return share < 0.01
    ? `1 in ${formatCount(Math.round(1 / share))} genuine rows flagged`
    : `false positive rate ${formatPercent(share)}`;
}

/** A threshold of a curve; the infinite ones flag all or nothing. */
export function thresholdWords(threshold: number): string {
  if (threshold === Number.NEGATIVE_INFINITY) return "every row flagged";
  if (threshold === Number.POSITIVE_INFINITY) return "no row flagged";
  return `threshold ${threshold.toFixed(3)}`;
}
