/**
 * A whole number divided by weights into whole numbers that add up to it, each within 1 of its exact share (largest
 * remainders, Hamilton’s method; ties go to the earlier weight). Weights are at least 0; throws when all are 0.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  if (total === 0) return weights.map(() => 0);
  const sum = weights.reduce((a, b) => a + b, 0);
  if (!(sum > 0)) throw new RangeError(`invalid sum of weights: ${sum}`);
  const shares = weights.map((weight) => (total * weight) / sum);
  const counts = shares.map(Math.floor);
  const left = total - counts.reduce((a, b) => a + b, 0);
  const byRemainder = counts
    .map((_, i) => i)
    .sort((i, j) => shares[j]! - counts[j]! - (shares[i]! - counts[i]!) || i - j);
  for (const i of byRemainder.slice(0, left)) ++counts[i]!;
  return counts;
}
