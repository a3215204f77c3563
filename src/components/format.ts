import {parseFeature} from "../lib/traffic/featureColumn.js";
import {formatCount} from "../lib/traffic/formatValue.js";
import {type ColumnSpecification, describeColumn} from "../lib/traffic/schema.js";

export {formatCount, formatScore, formatTime, formatValue} from "../lib/traffic/formatValue.js";

/** A count with what is counted: 1 row, 20,000 rows. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A share as a percentage with one decimal, a dash where it is undefined: 91.5 %. */
export function formatPercent(share: number, decimals = 1): string {
  return Number.isNaN(share) ? "–" : `${(share * 100).toFixed(decimals)}\u00a0%`;
}

/** The column that a feature is made of: what a reader thinks in, also where the forest sees its logarithm. */
export function describeSourceColumn(feature: string): ColumnSpecification {
  return describeColumn(parseFeature(feature).column);
}

/** A number beside an axis, short: 0.5, 200, 1k, 10M. */
export function formatTick(x: number): string {
  const at = sizes.findIndex(({size}) => Math.abs(x) >= size);
  const {size, letter} = sizes[at] ?? {size: 1, letter: ""};
  return `${Number((x / size).toPrecision(6))}${letter}`;
}

const sizes = [
  {size: 1e12, letter: "T"},
  {size: 1e9, letter: "G"},
  {size: 1e6, letter: "M"},
  {size: 1e3, letter: "k"}
];

/** The column’s title with its unit: Request rate (requests/min). */
export function titleWithUnit({title, unit}: ColumnSpecification): string {
  return unit === "" || unit === "share" || unit === "ratio" ? title : `${title} (${unit})`;
}
