import type {IsolationPath, IsolationStep} from "../lib/forest/isolationPath.js";
import {isDepth, type Metric} from "../lib/forest/parameters.js";
import {fromLog, parseFeature} from "../lib/traffic/featureColumn.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {describeSourceColumn, formatCount, formatCounted, formatValue} from "./format.js";

/** The row’s own value of a feature, null where it is missing. */
type OwnOf = (feature: string) => number | string | null;

/**
 * A split in words: what holds for the row, and how many of the tree’s rows are left: request rate > 42.1: 256 → 31 rows.
 * A weighted sum names texts and missing values among its terms, and the numbers that stand for them.
 */
export function describeStep(step: IsolationStep, ownOf: OwnOf = () => 0): string {
  const {sizeBefore, sizeAfter, share, isPenalized} = step;
  const after = formatSize(sizeAfter);
  const left = `${formatSize(sizeBefore)} → ${after} ${after === "1" ? "row" : "rows"} left`;
  const divided = share < 1 ? ` (its value is missing: ${Math.round(share * 100)}\u00a0% of it goes this way)` : "";
  const penalized = isPenalized ? " (far outside this range: the split does not count)" : "";
  return `${condition(step, ownOf)}${divided}${penalized}: ${left}`;
}

/** How a path ends, and for how many splits it counts where the metric counts splits. */
export function describeLeaf({steps, size, depth, value}: IsolationPath, metric: Metric): string {
  if (steps.length === 0) return "This tree could not split its rows.";
  const splits = `after ${formatCounted(steps.length, "split")}${beyond(steps)}`;
  const counted = isDepth(metric) && Math.abs(value - depth) > 0.05 ? `counts as ${formatSplits(value)}` : "";
  if (size <= 1) return `Alone ${splits}${counted && `: ${counted}`}.`;
  const expected = `it would be alone after about ${depth.toFixed(1)}`;
  return `Still with ${formatSize(size)} rows in its leaf ${splits}; ${expected}${counted && `, ${counted}`}.`;
}

function beyond(steps: readonly IsolationStep[]): string {
  const count = steps.filter(({isPenalized}) => isPenalized).length;
  if (count === 0) return "";
  if (count === steps.length) return count === 1 ? ", beyond its range" : ", all beyond the range";
  return `, ${count === 1 ? "one" : formatCount(count)} of them beyond the range`;
}

function formatSplits(count: number): string {
  return (Number.isInteger(count) ? formatCount(count) : count.toFixed(1)).replace("-", "−");
}

function condition(
  {features, weights, values, categories, threshold, side, share}: IsolationStep,
  ownOf: OwnOf
): string {
  const names = features.map((name) => describeSourceColumn(name).title.toLowerCase());
  if (categories !== null) return `${names[0]} is ${listed(categories)}`;
  const sign = side === "left" ? "≤" : ">";
  const notes = features.map((name, i) => (share < 1 ? "" : standIn(ownOf(name), values[i]!)));
  if (features.length === 1 && weights[0] === 1)
    return `${names[0]} ${sign} ${formatThreshold(features[0]!, threshold)}${notes[0]}`;
  const terms = names.map((name, i) => {
    const weight = weights[i]!;
    const lead = i === 0 ? (weight < 0 ? "−" : "") : weight < 0 ? " − " : " + ";
    const term = parseFeature(features[i]!).isLog ? `log(${name})` : name;
    return `${lead}${formatNumber(Math.abs(weight))} · ${term}${notes[i]}`;
  });
  return `${terms.join("")} ${sign} ${formatNumber(threshold)}`;
}

function standIn(own: number | string | null, number: number): string {
  if (typeof own === "number") return "";
  return ` (${own === null ? "missing" : `“${own}”`}, taken as ${formatNumber(number)})`;
}

function listed(names: readonly string[]): string {
  if (names.length > 4) return `one of ${formatCount(names.length)}: ${names.slice(0, 3).join(", ")}, …`;
  return names.join(" or ");
}

function formatThreshold(name: string, threshold: number): string {
  const {column, isLog} = parseFeature(name);
  if (describeColumn(column).type === "time") return formatValue(name, threshold);
  return formatNumber(isLog ? fromLog(threshold) : threshold);
}

// Three digits that matter, without an exponent where people would not write one.
function formatNumber(x: number): string {
  const size = Math.abs(x);
  if (x === 0) return "0";
  if (size >= 1e9 || size < 1e-4) return x.toExponential(1).replace("-", "−");
  return x
    .toLocaleString("en-US", size >= 100 ? {maximumFractionDigits: 0} : {maximumSignificantDigits: 3})
    .replace("-", "−");
}

// Divided rows make sizes that are no whole numbers.
function formatSize(size: number): string {
  const whole = Math.round(size);
  return whole > 0 && Math.abs(size - whole) < 0.05 ? formatCount(whole) : size.toFixed(size < 1 ? 2 : 1);
}
