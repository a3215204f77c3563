/** What a guided split seeks: little spread within its sides, or densities that differ. */
export type Criterion = "pooled" | "average" | "full" | "density";

/**
 * The best place to part sorted values, and how much is gained there: at most 1 for spreads, 0 where nothing is won.
 * `at` is the number of values on the left side, 0 when all are equal. `weight`, if any, counts each value so often.
 * `columns` are those that `full` looks at, each in the order of the sorted values.
 *
 * - `pooled`: 1 − (S_left + S_right) / S, with S the sum of squares about the mean.
 * - `average`: 1 − (σ_left + σ_right) / 2σ. Liu, Ting and Zhou 2010.
 * - `full`: `pooled`, averaged over the given columns. Cortes 2022.
 * - `density`: Σ (share of rows)² / (share of the range) − 1 over both sides. Cortes 2022.
 */
export function bestSplit(
  criterion: Criterion,
  sorted: Float64Array,
  weight: Float64Array | null,
  columns: readonly Float64Array[]
): {at: number; gain: number} {
  switch (criterion) {
    case "pooled":
      return bestSpread(sorted, weight, false);
    case "average":
      return bestSpread(sorted, weight, true);
    case "full":
      return bestFull(sorted, columns, weight);
    case "density":
      return bestDensity(sorted, weight);
  }
}

/** A value from `low` up to but not `high`, so that it parts the two whatever the rounding; no overflow at ±1e308. */
export function between(low: number, high: number, u: number): number {
  const split = low * (1 - u) + high * u;
  return split >= low && split < high ? split : low;
}

// In sums about the first value and by the range, so that squares neither overflow nor cancel.
function bestSpread(sorted: Float64Array, weight: Float64Array | null, isAverage: boolean): {at: number; gain: number} {
  const {total, sum, square, low, range} = spread(sorted, weight);
  const whole = square - (sum * sum) / total;
  const deviation = 2 * Math.sqrt(whole / total);
  let leftWeight = 0;
  let leftSum = 0;
  let leftSquare = 0;
  let at = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sorted.length - 1; ++i) {
    const w = weight === null ? 1 : weight[i]!;
    const x = (sorted[i]! - low) / range;
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
  const range = Math.min(Number.MAX_VALUE, high - low);
  let total = 0;
  let sum = 0;
  let square = 0;
  for (let i = 0; i < values.length; ++i) {
    const w = weight === null ? 1 : weight[i]!;
    const x = (values[i]! - low) / range;
    total += w;
    sum += w * x;
    square += w * x * x;
  }
  return {total, sum, square, low, range};
}

function bestFull(sorted: Float64Array, columns: readonly Float64Array[], weight: Float64Array | null) {
  const gain = new Float64Array(sorted.length);
  let varying = 0;
  for (const column of columns) {
    const {total, sum, square, low, range} = spread(column, weight);
    const whole = square - (sum * sum) / total;
    if (!(whole > 0)) continue;
    ++varying;
    let leftWeight = 0;
    let leftSum = 0;
    for (let i = 0; i < column.length - 1; ++i) {
      const w = weight === null ? 1 : weight[i]!;
      leftWeight += w;
      leftSum += (w * (column[i]! - low)) / range;
      const rightSum = sum - leftSum;
      const between = (leftSum * leftSum) / leftWeight + (rightSum * rightSum) / (total - leftWeight);
      gain[i]! += (between - (sum * sum) / total) / whole;
    }
  }
  return best(sorted, (i) => gain[i]! / Math.max(1, varying));
}

function bestDensity(sorted: Float64Array, weight: Float64Array | null) {
  const n = sorted.length;
  const low = sorted[0]!;
  const high = sorted[n - 1]!;
  let total = n;
  if (weight !== null) {
    total = 0;
    for (let i = 0; i < n; ++i) total += weight[i]!;
  }
  let left = 0;
  return best(sorted, (i) => {
    left += weight === null ? 1 : weight[i]!;
    const middle = between(sorted[i]!, sorted[i + 1]!, 0.5);
    const range = (middle / 2 - low / 2) / (high / 2 - low / 2);
    if (!(range > 0 && range < 1)) return 0;
    const share = left / total;
    return (share * share) / range + ((1 - share) * (1 - share)) / (1 - range) - 1;
  });
}

// Asks for the gain after every value, in order; takes the first of the best where the value after differs.
function best(sorted: Float64Array, gainAfter: (i: number) => number): {at: number; gain: number} {
  let at = 0;
  let gain = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < sorted.length - 1; ++i) {
    const here = gainAfter(i);
    if (sorted[i] === sorted[i + 1] || !(here > gain)) continue;
    at = i + 1;
    gain = here;
  }
  return {at, gain: Math.max(0, gain)};
}
