/**
 * The expected number of splits until two of n rows are parted by a tree that halves anywhere with equal chance: 0 for
 * n < 2, 1 for 2, 4/3 for 3, towards 3. With i of n rows on the left, the two stay together with chance
 * (i (i − 1) + (n − i)(n − i − 1)) / (n (n − 1)), which gives
 *
 *     D(n) = 1 + 2 Σ i (i − 1) D(i) / (n (n − 1)²), i from 2 to n − 1
 *
 * summed as written to n = 2^20, beyond which 3 is closer than 1e-4; between whole numbers by a straight line.
 * Cortes 2019, “Distance approximation using isolation forests”; isotree’s `expected_separation_depth`.
 */
export function separationDepth(n: number): number {
  if (n > mostSummed) return 3;
  const below = Math.floor(n);
  if (below + 1 >= summed.length) summed = depths(Math.min(mostSummed + 1, 2 * below + 2));
  const depth = summed[below]!;
  return n === below ? depth : depth + (n - below) * (summed[below + 1]! - depth);
}

const mostSummed = 2 ** 20;
let summed = depths(1024);

function depths(most: number): Float64Array {
  const depth = new Float64Array(most + 1);
  let sum = 0;
  for (let n = 2; n <= most; ++n) {
    depth[n] = 1 + (2 * sum) / (n * (n - 1) ** 2);
    sum += n * (n - 1) * depth[n]!;
  }
  return depth;
}
