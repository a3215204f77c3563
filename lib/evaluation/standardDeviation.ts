/**
 * The standard deviation of ascending values, of n − 1 degrees of freedom as R’s sd: exactly 0 where all are equal, NaN
 * for fewer than two.
 */
export function standardDeviation(ascending: Float64Array): number {
  const n = ascending.length;
  if (n < 2) return NaN;
  if (ascending[0] === ascending[n - 1]) return 0;
  let sum = 0;
  for (let i = 0; i < n; ++i) sum += ascending[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; ++i) squares += (ascending[i]! - mean) ** 2;
  return Math.sqrt(squares / (n - 1));
}
