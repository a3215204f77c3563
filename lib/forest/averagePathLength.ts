import {naturalLog} from "./naturalLog.js";

/**
 * c(n) = 2 (H(n) − 1), the average path length of an unsuccessful search in a binary search tree of n rows; 0 for n < 2.
 * H is the harmonic number: summed as written to n = 2^20, beyond by ln n + γ + 1 / 2n, whose error is below 1e-13.
 * Liu, Ting and Zhou 2008, eq. 1.
 */
export function averagePathLength(n: number): number {
  if (n > mostSummed) return 2 * (naturalLog(n) + 0.5772156649015329 + 1 / (2 * n) - 1);
  if (n >= summed.length) summed = sums(Math.min(mostSummed, 2 * n));
  return summed[n]!;
}

const mostSummed = 2 ** 20;
let summed = sums(1024);

function sums(most: number): Float64Array {
  const c = new Float64Array(most + 1);
  let harmonic = 1;
  for (let n = 2; n <= most; ++n) {
    harmonic += 1 / n;
    c[n] = 2 * (harmonic - 1);
  }
  return c;
}
