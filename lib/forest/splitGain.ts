/** What a guided split seeks: little spread within its sides, or densities that differ. */
export type Criterion = "pooled" | "average" | "full" | "density";

/** Where to part sorted values: how many go left, and what that gains; at most 1 for spreads, 0 where nothing is won. */
export interface Place {
  readonly at: number;
  readonly gain: number;
}

/**
 * The best place to part sorted values, of which at least two differ. `weight`, if any, counts each so often.
 *
 * - `pooled`: 1 − (S_left + S_right) / S, with S the sum of squares about the mean.
 * - `average`: 1 − (σ_left + σ_right) / 2σ. Liu, Ting and Zhou 2010.
 * - `density`: Σ (share of rows)² / (share of the range) − 1 over both sides. Cortes 2021.
 */
export function bestPlace(
  criterion: Exclude<Criterion, "full">,
  sorted: Float64Array,
  weight: Float64Array | null
): Place {
  if (criterion === "density") return bestDensity(sorted, weight);
  return bestSpread(sorted, weight, criterion === "average");
}

/**
 * The best place for `full`: where the pooled gain, averaged over columns, is greatest. `gain` holds the sums that
 * `addPooledGain` made of so many columns.
 */
export function bestFullPlace(sorted: Float64Array, gain: Float64Array, columns: number): Place {
  let at = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sorted.length - 1; ++i) {
    if (sorted[i] === sorted[i + 1] || !(gain[i]! > most)) continue;
    at = i + 1;
    most = gain[i]!;
  }
  return {at, gain: Math.max(0, most / Math.max(1, columns))};
}

/**
 * Adds to `gain[i]` the pooled gain of a column when the first i + 1 values go left; false when the column does not vary.
 * Missing values count for neither side. Values stand in the order of the split, and are changed. Cortes 2021.
 */
export function addPooledGain(values: Float64Array, weight: Float64Array | null, gain: Float64Array): boolean {
  const n = values.length;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; ++i) {
    const x = values[i]!;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  if (!(low < high)) return false;
  let total = 0;
  let sum = 0;
  let square = 0;
  for (let i = 0; i < n; ++i) {
    if (Number.isNaN(values[i]!)) continue;
    const w = weight === null ? 1 : weight[i]!;
    const x = fractionOf(values[i]!, low, high);
    values[i] = w * x;
    total += w;
    sum += w * x;
    square += w * x * x;
  }
  const offset = (sum * sum) / total;
  const whole = square - offset;
  if (!(whole > 0)) return false;
  // 1 − (S_left + S_right) / S = (sum_left² / n_left + sum_right² / n_right − sum² / n) / S
  const scale = 1 / whole;
  let leftWeight = 0;
  let leftSum = 0;
  for (let i = 0; i < n - 1; ++i) {
    if (!Number.isNaN(values[i]!)) {
      leftWeight += weight === null ? 1 : weight[i]!;
      leftSum += values[i]!;
    }
    const rightSum = sum - leftSum;
    const rightWeight = total - leftWeight;
    if (!(leftWeight > 0 && rightWeight > 0)) continue;
    const apart = (leftSum * leftSum * rightWeight + rightSum * rightSum * leftWeight) / (leftWeight * rightWeight);
    gain[i]! += (apart - offset) * scale;
  }
  return true;
}

/** A value from `low` up to but not `high`, so that it parts the two whatever the rounding; no overflow at ±1e308. */
export function between(low: number, high: number, u: number): number {
  const split = low * (1 - u) + high * u;
  // Never −0: which of two zeros is the lowest would depend on the order of rows.
  return (split >= low && split < high ? split : low) + 0;
}

/** Where x lies from `low`, 0, to `high`, 1; no overflow at ±1e308. */
export function fractionOf(x: number, low: number, high: number): number {
  const range = high - low;
  return range < Number.POSITIVE_INFINITY ? (x - low) / range : (x / 2 - low / 2) / (high / 2 - low / 2);
}

// In sums about the first value and by the range, so that squares neither overflow nor cancel.
function bestSpread(sorted: Float64Array, weight: Float64Array | null, isAverage: boolean): {at: number; gain: number} {
  const {total, sum, square, low, high} = spread(sorted, weight);
  const whole = square - (sum * sum) / total;
  const deviation = 2 * Math.sqrt(whole / total);
  let leftWeight = 0;
  let leftSum = 0;
  let leftSquare = 0;
  let at = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sorted.length - 1; ++i) {
    const w = weight === null ? 1 : weight[i]!;
    const x = fractionOf(sorted[i]!, low, high);
    leftWeight += w;
    leftSum += w * x;
    leftSquare += w * x * x;
    if (sorted[i] === sorted[i + 1]) continue;
    const rightWeight = total - leftWeight;
    const rightSum = sum - leftSum;
    const left = Math.max(0, leftSquare - (leftSum * leftSum) / leftWeight);
    const right = Math.max(0, square - leftSquare - (rightSum * rightSum) / rightWeight);
    const gain = isAverage
      ? 1 - (Math.sqrt(left / leftWeight) + Math.sqrt(right / rightWeight)) / deviation
      : 1 - (left + right) / whole;
    if (gain > most) {
      most = gain;
      at = i + 1;
    }
  }
  return {at, gain: Math.max(0, most)};
}

function spread(values: Float64Array, weight: Float64Array | null) {
  let low = values[0]!;
  let high = low;
  for (let i = 1; i < values.length; ++i) {
    if (values[i]! < low) low = values[i]!;
    else if (values[i]! > high) high = values[i]!;
  }
  let total = 0;
  let sum = 0;
  let square = 0;
  for (let i = 0; i < values.length; ++i) {
    const w = weight === null ? 1 : weight[i]!;
    const x = fractionOf(values[i]!, low, high);
    total += w;
    sum += w * x;
    square += w * x * x;
  }
  return {total, sum, square, low, high};
}

function bestDensity(sorted: Float64Array, weight: Float64Array | null): Place {
  const n = sorted.length;
  const low = sorted[0]!;
  const high = sorted[n - 1]!;
  let total = n;
  if (weight !== null) {
    total = 0;
    for (let i = 0; i < n; ++i) total += weight[i]!;
  }
  const gain = new Float64Array(n);
  let left = 0;
  for (let i = 0; i < n - 1; ++i) {
    left += weight === null ? 1 : weight[i]!;
    const range = fractionOf(between(sorted[i]!, sorted[i + 1]!, 0.5), low, high);
    if (!(range > 0 && range < 1)) continue;
    const share = left / total;
    gain[i] = (share * share) / range + ((1 - share) * (1 - share)) / (1 - range) - 1;
  }
  return bestFullPlace(sorted, gain, 1);
}
