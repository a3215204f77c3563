import {quantileSorted, sorted} from "../lib/evaluation/quantile.js";
import {featureSources} from "../lib/traffic/featureColumn.js";
import {type Categories, categories, isNumbers, type Numbers, numbers, type Table} from "../lib/traffic/table.js";
import {formatPercent, formatValue} from "./format.js";

/** A value of a row, and where it stands among those of all rows. */
export interface PlacedValue {
  /** The column that the feature is made of. */
  readonly name: string;
  readonly text: string;
  /** The median, or the most frequent text. */
  readonly typical: string;
  /** Share of rows that do not go as far, or whose text is more frequent. */
  readonly rarity: number;
  /** How rare it is: above 98 % of rows; 3 % of rows. */
  readonly words: string;
}

/**
 * Places the values of a row of `table` among those of `reference`, which holds all rows, also those that a filter hides:
 * numbers by how many are lower and higher, texts and missing values by how many rows are alike. The rarest comes first.
 */
export function placedValues(
  table: Table,
  reference: Table,
  features: readonly string[]
): (row: number) => PlacedValue[] {
  const places = featureSources(features).map((name) => placeOf(table, reference, name));
  return (row) => places.map((place) => place(row)).sort((a, b) => b.rarity - a.rarity);
}

function placeOf(table: Table, reference: Table, name: string): (row: number) => PlacedValue {
  return isNumbers(table.columns[name])
    ? placeOfNumbers(name, numbers(table, name), numbers(reference, name))
    : placeOfTexts(name, categories(table, name), categories(reference, name));
}

function placeOfNumbers(name: string, column: Numbers, all: Numbers): (row: number) => PlacedValue {
  const ascending = sortedOf(all);
  const counts = Uint32Array.of(all.length - ascending.length, ascending.length);
  const typical = ascending.length === 0 ? missing : formatValue(name, quantileSorted(ascending, 0.5));
  return (row) => {
    const value = column[row]!;
    if (Number.isNaN(value)) return {name, text: missing, typical, ...rarityOf(counts, 0)};
    const below = countLower(ascending, value, false) / ascending.length;
    const above = 1 - countLower(ascending, value, true) / ascending.length;
    return {
      name,
      text: formatValue(name, value),
      typical,
      rarity: Math.max(below, above),
      words: below > above ? `above ${share(below)} of rows` : `below ${share(above)} of rows`
    };
  };
}

// A filter keeps the list of texts, so that a code means the same in both columns.
function placeOfTexts(name: string, {codes, values}: Categories, all: Categories): (row: number) => PlacedValue {
  const counts = countsOf(all);
  const most = counts.indexOf(counts.reduce((a, b) => Math.max(a, b), 0)) - 1;
  const typical = values[most] ?? missing;
  return (row) => ({name, text: values[codes[row]!] ?? missing, typical, ...rarityOf(counts, codes[row]! + 1)});
}

const missing = "missing";

// Rows by code, those that miss it first.
function countsOf({codes, values}: Categories): Uint32Array {
  const known = countsOnce.get(codes);
  if (known !== undefined) return known;
  const counts = new Uint32Array(values.length + 1);
  for (const code of codes) counts[code + 1]!++;
  countsOnce.set(codes, counts);
  return counts;
}

function rarityOf(counts: Uint32Array, at: number): {rarity: number; words: string} {
  const own = counts[at]!;
  let rows = 0;
  let moreFrequent = 0;
  for (const count of counts) {
    rows += count;
    if (count > own) moreFrequent += count;
  }
  const part = own / rows;
  return {
    rarity: moreFrequent / rows,
    words: part < 0.001 ? "fewer than 0.1\u00a0% of rows" : `${formatPercent(part, part < 0.1 ? 1 : 0)} of rows`
  };
}

function share(part: number): string {
  return `${(Math.floor(part * 1000) / 10).toFixed(part > 0.99 ? 1 : 0)}\u00a0%`;
}

// Sorted and counted once for all lists of a page.
const sortedOnce = new WeakMap<Numbers, Numbers>();
const countsOnce = new WeakMap<Int32Array, Uint32Array>();

function sortedOf(all: Numbers): Numbers {
  const ascending = sortedOnce.get(all) ?? sorted(all);
  sortedOnce.set(all, ascending);
  return ascending;
}

function countLower(ascending: Numbers, value: number, orEqual: boolean): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orEqual ? ascending[middle]! <= value : ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
