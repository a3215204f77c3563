/**
 * The p-quantile of the values by R’s type 7: linear between order statistics, with p in [0, 1]. NaN values are left
 * out; NaN when none remain. Throws when p is outside its range. The input is not changed.
 * Hyndman and Fan 1996, “Sample quantiles in statistical packages”, definition 7.
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileSorted(sorted(values), p);
}

/** The median of the values, NaN left out; NaN when none remain. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** The values in ascending order, NaN left out, as a copy. */
export function sorted(values: ArrayLike<number>): Float64Array {
  const copy = new Float64Array(values).sort();
  let n = copy.length;
  while (n > 0 && Number.isNaN(copy[n - 1]!)) --n;
  return copy.subarray(0, n);
}

/** As quantile, of values that ascend and hold no NaN. */
export function quantileSorted(values: Float64Array, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`invalid p: ${p}`);
  if (values.length === 0) return NaN;
  const h = (values.length - 1) * p;
  const i = Math.floor(h);
  const low = values[i]!;
  return h === i ? low : low + (values[i + 1]! - low) * (h - i);
}
