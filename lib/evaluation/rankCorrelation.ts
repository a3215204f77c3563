import {validateLengths} from "./validate.js";

/**
 * Spearman’s rank correlation of two scores of the same rows, in [−1, 1]: the correlation of their ranks, ties sharing the
 * mean of theirs. 1 where both put all rows in the same order; NaN for fewer than two rows and where one of them does
 * not rank at all. Throws where the lengths differ.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return correlationOfRanks(ranks(a), ranks(b));
}

/** As rankCorrelation, of scores that are ranks already. */
export function correlationOfRanks(a: Float64Array, b: Float64Array): number {
  validateLengths(a, b);
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
  const ranks = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    const value = values[i]!;
    const below = countBelow(ascending, value);
    let end = below + 1;
    while (end < n && ascending[end] === value) end = below + 2 * (end - below);
    if (end > below + 1) end = countUpTo(ascending, value, below + ((end - below) >> 1), Math.min(n, end));
    ranks[i] = (below + 1 + end) / 2;
  }
  return ranks;
}

function countBelow(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countUpTo(ascending: Float64Array, value: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
