import {fractionOf} from "./splitGain.js";

/** What a node or a tree may weigh its features by. */
export type Statistic = "range" | "variance" | "kurtosis";

/** The statistic of the values that are not missing: 0 when fewer than two of them differ, never infinite. */
export function columnStatistic(statistic: Statistic, values: Float64Array): number {
  const {min, max} = extremes(values, values.length);
  if (!(min < max)) return 0;
  if (statistic === "range") return Math.min(Number.MAX_VALUE, max - min);
  const {count, mean, deviation} = moments(values, values.length);
  if (statistic === "variance") return Math.min(Number.MAX_VALUE, deviation * deviation);
  if (deviation === 0) return 0; // a range too small to square
  let fourth = 0;
  for (let i = 0; i < values.length; ++i) {
    if (Number.isNaN(values[i]!)) continue;
    const z = values[i]! / deviation - mean / deviation;
    fourth += z * z * z * z;
  }
  return Math.min(Number.MAX_VALUE, fourth / count);
}

/**
 * Count, mean and deviation (over n) of the first n values, leaving out missing ones; at least two of them differ. Sums are
 * taken from the smallest and by the range, so that nothing overflows or cancels.
 */
export function moments(values: Float64Array, n: number): {count: number; mean: number; deviation: number} {
  const {min, max} = extremes(values, n);
  const range = Math.min(Number.MAX_VALUE, max - min);
  let count = 0;
  let sum = 0;
  let square = 0;
  for (let i = 0; i < n; ++i) {
    const x = fractionOf(values[i]!, min, max);
    if (Number.isNaN(x)) continue;
    ++count;
    sum += x;
    square += x * x;
  }
  const mean = sum / count;
  return {count, mean: min + mean * range, deviation: Math.sqrt(Math.max(0, square / count - mean * mean)) * range};
}

function extremes(values: Float64Array, n: number): {min: number; max: number} {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; ++i) {
    if (values[i]! < min) min = values[i]!;
    if (values[i]! > max) max = values[i]!;
  }
  return {min, max};
}
