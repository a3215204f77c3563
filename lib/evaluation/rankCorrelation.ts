import {countUpTo} from "./countUpTo.js";
import {validateLengths} from "./validate.js";

/**
 * Spearman’s rank correlation of two scores of the same rows, in [−1, 1]: the correlation of their ranks, ties sharing
 * the mean of theirs. 1 where both put all rows in the same order; NaN for fewer than two rows and where one of them
 * does not rank at all. Throws where the lengths differ.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return correlationOfRanks(ranks(a), ranks(b));
}

/** As rankCorrelation, of scores that are ranks already. */
export function correlationOfRanks(a: Float64Array, b: Float64Array): number {
  validateLengths(a, b, "scores");
  const n = a.length;
  // Twice the distance from the mean rank is a whole number, so that the sums are exact up to 2^53.
  let products = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < n; ++i) {
    const x = 2 * a[i]! - n - 1;
    const y = 2 * b[i]! - n - 1;
    products += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  if (squaresA === 0 || squaresB === 0) return NaN;
  return products === squaresA && products === squaresB ? 1 : products / Math.sqrt(squaresA) / Math.sqrt(squaresB);
}

/** The rank of each value, 1 for the least; equal values share the mean of their ranks. Values are not NaN. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const ascending = new Float64Array(values).sort();
  const n = ascending.length;
  // the mean rank of equal values stands at the last of them
  const mean = new Float64Array(n);
  for (let i = 0, first = 0; i < n; ++i) {
    if (ascending[i + 1] === ascending[i]) continue;
    mean[i] = (first + 1 + (i + 1)) / 2;
    first = i + 1;
  }
  const ranks = new Float64Array(n);
  for (let i = 0; i < n; ++i) ranks[i] = mean[countUpTo(ascending, values[i]!) - 1]!;
  return ranks;
}
