import {trafficType, trafficTypes} from "./palette.js";

/** A part of a stacked bar: the rows of one traffic type in one bin. */
export interface StackedBin {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
  count: number;
  /** Index in `trafficTypes`. */
  type: number;
}

/**
 * Counts values in equal bins from low to high and stacks the traffic types, fakes at the foot. Values beyond the ends
 * count in the outermost bins, missing ones nowhere.
 */
export function stackedBins(
  values: Float64Array,
  label: Float64Array | null,
  {low, high, bins}: {low: number; high: number; bins: number}
): StackedBin[] {
  const step = (high - low) / bins;
  const counts = trafficTypes.map(() => new Uint32Array(bins));
  for (let row = 0; row < values.length; ++row) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - low) / step)));
    counts[trafficType(label?.[row])]![bin]!++;
  }
  const parts: StackedBin[] = [];
  for (let bin = 0; bin < bins; ++bin) {
    let y = 0;
    for (const type of [1, 0, 2]) {
      const count = counts[type]![bin]!;
      if (count > 0) parts.push({x1: low + bin * step, x2: low + (bin + 1) * step, y1: y, y2: y + count, count, type});
      y += count;
    }
  }
  return parts;
}
