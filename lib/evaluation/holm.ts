/**
 * P-values adjusted for being several, as R’s `p.adjust(p, "holm")`: with each below a bound called a finding, the chance
 * that any finding is false is at most that bound, whatever the tests have to do with each other. The kth smallest of m
 * becomes the greatest of (m + 1 − j) pⱼ over j ≤ k, at most 1. NaN stays NaN and does not count. Throws on what is not
 * in [0, 1].
 * Holm 1979, “A simple sequentially rejective multiple test procedure”.
 */
export function holm(p: ArrayLike<number>): Float64Array {
  const adjusted = new Float64Array(p);
  const invalid = adjusted.find((value) => value < 0 || value > 1);
  if (invalid !== undefined) throw new RangeError(`invalid p: ${invalid}`);
  const order = Array.from(adjusted.keys())
    .filter((i) => !Number.isNaN(adjusted[i]!))
    .sort((i, j) => adjusted[i]! - adjusted[j]! || i - j);
  let least = 0;
  for (const [k, i] of order.entries()) {
    least = Math.min(1, Math.max(least, (order.length - k) * adjusted[i]!));
    adjusted[i] = least;
  }
  return adjusted;
}
