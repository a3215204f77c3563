import {featureSources} from "../traffic/featureColumn.js";
import {type Column, isNumbers, type Table} from "../traffic/table.js";

/** What is typical of the rows that a model learned from: their columns by name, plain data. */
export type Profile = Readonly<Record<string, ColumnProfile>>;

export type ColumnProfile = NumbersProfile | TextsProfile;

export interface NumbersProfile {
  /** Quantiles from the least to the greatest in 512 equal steps; none where no row has a number. */
  readonly quantiles: Float64Array;
  /** The share of rows, in [0, 1], that miss it. */
  readonly missing: number;
}

export interface TextsProfile {
  /** The most frequent first, at most 1,000, with the shares of rows that have them. */
  readonly values: readonly string[];
  readonly shares: Float64Array;
  readonly missing: number;
}

/** The profile of the columns that features are made of, of rows that stand for so many each. */
export function profileOf(table: Table, weight: Float64Array, features: readonly string[]): Profile {
  return Object.fromEntries(
    featureSources(features).map((name) => [name, columnProfile(table.columns[name]!, weight)] as const)
  );
}

/** The median of numbers or the most frequent text; null where all are missing. */
export function typicalOf(profile: ColumnProfile): number | string | null {
  if ("quantiles" in profile) return profile.quantiles[profile.quantiles.length >> 1] ?? null;
  return profile.values[0] ?? null;
}

/**
 * The share of rows that are as far from typical as the value on its side, to 1/512, that have the same text, or that miss
 * it like a value of null.
 */
export function shareAt(profile: ColumnProfile, value: number | string | null): number {
  if (value === null) return profile.missing;
  if (!("quantiles" in profile)) return profile.shares[profile.values.indexOf(value as string)] ?? 0;
  const {quantiles, missing} = profile;
  if (quantiles.length === 0) return 0;
  const isBelow = (value as number) < quantiles[quantiles.length >> 1]!;
  let count = 0;
  for (const q of quantiles) if (isBelow ? q <= (value as number) : q >= (value as number)) ++count;
  return ((1 - missing) * count) / quantiles.length;
}

const steps = 512;
const mostTexts = 1000;

function columnProfile(column: Column, weight: Float64Array): ColumnProfile {
  const isMissing = isNumbers(column)
    ? (row: number) => Number.isNaN(column[row]!)
    : (row: number) => column.codes[row]! < 0;
  let all = 0;
  let missed = 0;
  for (const [row, w] of weight.entries()) {
    all += w;
    if (isMissing(row)) missed += w;
  }
  const missing = all === 0 ? 1 : missed / all;
  if (isNumbers(column)) return {quantiles: quantilesOf(column, weight), missing};
  const weights = new Float64Array(column.values.length);
  for (const [row, code] of column.codes.entries()) if (code >= 0) weights[code]! += weight[row]!;
  const order = Array.from(weights.keys())
    .filter((code) => weights[code]! > 0)
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, mostTexts);
  return {
    values: order.map((code) => column.values[code]!),
    shares: Float64Array.from(order, (code) => weights[code]! / all),
    missing
  };
}

/** Values at the middle of equal parts of the weight, so that each of them stands for one part. */
function quantilesOf(column: Float64Array, weight: Float64Array): Float64Array {
  const rows = Array.from(column.keys())
    .filter((row) => !Number.isNaN(column[row]!))
    .sort((a, b) => column[a]! - column[b]! || a - b);
  if (rows.length === 0) return new Float64Array();
  const sum = rows.reduce((total, row) => total + weight[row]!, 0);
  const quantiles = new Float64Array(steps + 1);
  let i = 0;
  let passed = weight[rows[0]!]!;
  for (let q = 0; q <= steps; ++q) {
    const wanted = (sum * q) / steps;
    while (i < rows.length - 1 && passed < wanted) passed += weight[rows[++i]!]!;
    quantiles[q] = column[rows[i]!]!;
  }
  return quantiles;
}
