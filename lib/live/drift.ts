import {naturalLog} from "../forest/naturalLog.js";
import {parseFeature} from "../traffic/featureColumn.js";
import {type Column, isNumbers, type Table} from "../traffic/table.js";
import type {Drift} from "./liveState.js";
import type {ColumnProfile, Profile} from "./profile.js";

/** Bins of each column that a model’s features are made of; plain data. */
export interface DriftReference {
  readonly columns: readonly DriftBins[];
  /** How many rows they are of. */
  readonly rows: number;
}

/** What rows of a column fall into, and how those of a reference did. */
export interface DriftBins {
  readonly name: string;
  /** Upper bounds of all but the last bin of numbers, ascending; texts that have a bin of their own. */
  readonly edges: Float64Array | readonly string[];
  /** The share of rows in each bin; the last is of missing values, of texts the last but one of all other texts. */
  readonly shares: Float64Array;
}

/** How the rows of a profile, which stand for so many each, fall into tenths of them. */
export function driftReference(table: Table, weight: Float64Array, profile: Profile): DriftReference {
  const columns = Object.entries(profile).map(([name, column]) => driftBins(table, weight, name, column));
  return {columns, rows: table.rows};
}

/** How far counts in those bins, one list a column, are from them; null under 500 rows, whose chance would look like drift. */
export function driftOf(
  {columns, rows}: DriftReference,
  features: readonly string[],
  counts: readonly ArrayLike<number>[]
): Drift | null {
  const indexes = features.map((feature) => {
    const {column} = parseFeature(feature);
    const at = columns.findIndex(({name}) => name === column);
    return {feature, index: stabilityIndex(counts[at]!, columns[at]!.shares, rows), seen: total(counts[at]!)};
  });
  if (indexes.length === 0 || indexes[0]!.seen < fewestRows) return null;
  indexes.sort((a, b) => b.index - a.index || (a.feature < b.feature ? -1 : 1));
  const {index} = indexes[0]!;
  const level = index < 0.1 ? "none" : index <= 0.25 ? "some" : "strong";
  return {index, level, features: indexes.slice(0, 5).map(({feature, index}) => ({feature, index}))};
}

const fewestRows = 500;

/** The bin of a row’s value. */
export function binOf(edges: DriftBins["edges"], column: Column | undefined, row: number): number {
  const missing = edges.length + 1;
  if (column === undefined) return missing;
  if (!isNumbers(column)) {
    const text = column.values[column.codes[row]!];
    if (text === undefined) return missing;
    const at = (edges as readonly string[]).indexOf(text);
    return at < 0 ? edges.length : at;
  }
  const value = column[row]!;
  if (!Number.isFinite(value)) return missing;
  let bin = 0;
  while (bin < edges.length && value > (edges as Float64Array)[bin]!) ++bin;
  return bin;
}

/**
 * Population stability index of counts against shares: Σ (a − e) ln(a / e) over the bins, 0 for the same distribution. Half a
 * row in each bin keeps empty ones finite. Siddiqi 2006, “Credit risk scorecards”; Yurdakul and Naranjo 2020,
 * https://doi.org/10.21314/JRMV.2020.227, show that it is about χ² (1/n + 1/m).
 */
function stabilityIndex(counts: ArrayLike<number>, shares: Float64Array, rows: number): number {
  const bins = shares.length;
  let n = 0;
  for (let i = 0; i < bins; ++i) n += counts[i]!;
  let index = 0;
  for (let i = 0; i < bins; ++i) {
    if (counts[i] === 0 && shares[i] === 0) continue;
    const a = (counts[i]! + 0.5) / (n + bins / 2);
    const e = (shares[i]! * rows + 0.5) / (rows + bins / 2);
    index += (a - e) * naturalLog(a / e);
  }
  return index;
}

/** Tenths of the numbers, fewer where values tie, or the 20 most frequent texts. */
function driftBins(table: Table, weight: Float64Array, name: string, profile: ColumnProfile): DriftBins {
  const edges =
    "quantiles" in profile
      ? Float64Array.from(
          new Set(Array.from({length: 9}, (_, i) => at(profile.quantiles, (i + 1) / 10)).filter(Number.isFinite))
        )
      : profile.values.slice(0, 20);
  const shares = new Float64Array(edges.length + 2);
  const column = table.columns[name]!;
  let sum = 0;
  for (let row = 0; row < table.rows; ++row) {
    shares[binOf(edges, column, row)]! += weight[row]!;
    sum += weight[row]!;
  }
  return {name, edges, shares: shares.map((share) => share / sum)};
}

function total(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; ++i) sum += counts[i]!;
  return sum;
}

function at(quantiles: Float64Array, p: number): number {
  return quantiles[Math.round(p * (quantiles.length - 1))] ?? Number.NaN;
}
