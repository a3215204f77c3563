/**
 * c(n) = 2 (H(n) − 1), the average path length of an unsuccessful search in a binary search tree of n rows; 0 for n < 2.
 * H is the harmonic number, summed exactly as written. Liu, Ting and Zhou 2008, eq. 1.
 */
export function averagePathLength(n: number): number {
  let harmonic = 1;
  for (let k = 2; k <= n; ++k) harmonic += 1 / k;
  return 2 * (harmonic - 1);
}

/** c(n) for every n from 0 to `most`, equal to `averagePathLength` to the bit. */
export function averagePathLengths(most: number): Float64Array {
  const c = new Float64Array(most + 1);
  let harmonic = 1;
  for (let n = 2; n <= most; ++n) {
    harmonic += 1 / n;
    c[n] = 2 * (harmonic - 1);
  }
  return c;
}
