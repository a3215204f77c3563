import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {median, quantileSorted, sorted} from "../lib/evaluation/quantile.js";
import {featureSources, parseFeature} from "../lib/traffic/featureColumn.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {type Categories, categories, isNumbers, numbers, type Table} from "../lib/traffic/table.js";
import {formatPercent, formatTick, formatValue, titleWithUnit} from "./format.js";
import {logTicks} from "./logTicks.js";
import {trafficType, trafficTypes} from "./palette.js";

/**
 * Cards with the distributions of features, as many beside each other as the width allows, those of text behind those of
 * numbers.
 */
export function distributionPlots(
  table: Table,
  features: readonly string[],
  label: Float64Array | null,
  {width}: {width: number}
): HTMLElement {
  const names = featureSources(features);
  const columns = Math.max(1, Math.min(names.length, Math.floor(width / 270)));
  const plotWidth = (width - 16 * (columns - 1)) / columns - 38;
  const [numeric, text] = [true, false].map((are) => names.filter((name) => isNumbers(table.columns[name]) === are));
  const plots = numeric!.map((name) => {
    const isLog = features.some((feature) => feature !== name && parseFeature(feature).column === name);
    return distributionPlot(name, numbers(table, name), label, {width: plotWidth, isLog});
  });
  const bars = text!.map((name) => textCard(name, categories(table, name), label));
  const grid = (cards: readonly HTMLElement[]) =>
    cards.length === 0
      ? null
      : html`<div class="features" style=${{gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`}}>${cards}</div>`;
  return html`<div class="distributions">${grid(plots)}${grid(bars)}</div>`;
}

// Few experiments have any, so that others do without the code for them.
function textCard(name: string, column: Categories, label: Float64Array | null): HTMLElement {
  const card = html`<div class="card"></div>` as HTMLElement;
  void import("./categoryBars.js").then(({categoryBars}) => card.append(categoryBars(name, column, label)));
  return card;
}

/** One bar of a histogram: a range of values and the share of its traffic type’s rows in it. */
interface Bar {
  x1: number;
  x2: number;
  share: number;
  type: number;
}

/**
 * A card with the histogram of one feature, genuine against fake, each as shares of its own rows, so that few fakes are
 * as visible as many visitors; heights grow with the square root, so that rare values are visible beside common ones. Its
 * title says where the medians lie, and how many rows miss it. The last bar holds all beyond the axis; long tails get a
 * logarithmic one, and so does what the forest sees the logarithm of.
 */
function distributionPlot(
  name: string,
  values: Float64Array,
  label: Float64Array | null,
  {width, height = 150, isLog}: {width: number; height?: number; isLog: boolean}
): HTMLElement {
  const column = describeColumn(name);
  const known = sorted(values);
  const title = html`<h3 title=${column.meaning}>${column.title}</h3>`;
  if (known.length === 0) return html`<div class="card">${title}<p>All rows miss it</p></div>`;
  const groups = trafficTypes.map((_, type) => values.filter((_, row) => trafficType(label?.[row]) === type));
  const axis = axisOf(known, isLog);
  const bars = histogram(groups, axis);
  const highest = Math.max(...bars.map(({share}) => share));
  const missing =
    known.length === values.length ? "" : `; missing in ${formatPercent(1 - known.length / values.length, 0)} of rows`;
  const plot = Plot.plot({
    width,
    height,
    marginTop: 8,
    marginLeft: 40,
    marginRight: 8,
    marginBottom: 34,
    x: {
      type: axis.long ? "symlog" : "linear",
      constant: 1,
      label: titleWithUnit(column),
      labelArrow: "none",
      ...ticksOf(axis, bars, Math.max(3, Math.round(width / 70)))
    },
    y: {
      type: "sqrt",
      label: null,
      ticks: [0.01, 0.1, 0.3, 0.6, 1].filter((share) => share <= highest),
      tickFormat: (y: number) => `${Math.round(y * 100)} %`
    },
    marks: [
      Plot.rectY(bars, {
        x1: "x1",
        x2: "x2",
        y1: 0,
        y2: "share",
        fill: (bar: Bar) => trafficTypes[bar.type]!.color,
        fillOpacity: 0.6,
        insetLeft: 0.5,
        insetRight: 0.5,
        tip: {pointer: "x", fill: "var(--theme-background)"},
        title: (bar: Bar) =>
          `${trafficTypes[bar.type]!.name}\n${formatValue(name, bar.x1)}${axis.isSingle ? "" : ` to ${formatValue(name, bar.x2)}`}\n${formatPercent(bar.share)} of its rows`
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
  return html`<div class="card">${title}<p>${medians(name, groups)}${missing}</p>${plot}</div>`;
}

function medians(name: string, groups: readonly Float64Array[]): string {
  const parts = groups.flatMap((values, type) =>
    values.length > 0 ? [{type: trafficTypes[type]!.short, value: middleOf(name, values)}] : []
  );
  const unlabelled = parts.length === 1 && parts[0]!.type === "unknown";
  return `Median ${parts.map(({type, value}) => (unlabelled ? value : `${type} ${value}`)).join(", ")}`;
}

// Bars of single whole numbers bear them at their middle.
function ticksOf({long, high, isSingle}: Axis, bars: readonly Bar[], count: number) {
  if (long) {
    // Ends of bars are a little off the numbers that they stand for.
    const first = Math.min(...bars.map(({x1}) => x1)) * (1 - 1e-9);
    const last = Math.max(...bars.map(({x2}) => x2)) * (1 + 1e-9);
    return {ticks: logTicks(first, last), tickFormat: formatTick};
  }
  if (!isSingle) return {ticks: count, tickFormat: high >= 10_000 ? formatTick : undefined};
  const [first, last] = [Math.min(...bars.map(({x1}) => x1)), Math.max(...bars.map(({x1}) => x1))];
  const step = Math.ceil((last - first + 1) / Math.max(count, 2));
  const numbers = Array.from({length: Math.floor((last - first) / step) + 1}, (_, i) => first + i * step);
  return {ticks: numbers.map((x) => x + 0.5), tickFormat: (x: number) => formatTick(x - 0.5)};
}

function middleOf(name: string, values: Float64Array): string {
  const middle = median(values);
  return Number.isNaN(middle) ? "missing" : formatValue(name, middle);
}

interface Axis {
  low: number;
  high: number;
  bins: number;
  /** Whether most of the axis would be empty but for a few rows. */
  long: boolean;
  /** Whether each bar is of one whole number. */
  isSingle?: boolean;
}

const most = 36;

function axisOf(ascending: Float64Array, isLog: boolean): Axis {
  const [low, middle, high, highest] = [0.001, 0.5, 0.99, 0.999].map((p) => quantileSorted(ascending, p)) as [
    number,
    number,
    number,
    number
  ];
  const long = low >= 0 && (isLog || (high > 20 && high > 15 * middle));
  if (long) return {low: isLog ? low : 0, high: highest || 1, bins: low < (highest || 1) ? most : 1, long};
  if (!ascending.every(Number.isInteger)) {
    // Where nearly all rows have one value, the axis reaches as far as the others.
    if (low < high) return {low, high, bins: most, long};
    return {low: ascending[0]!, high: ascending.at(-1)!, bins: ascending[0]! < ascending.at(-1)! ? most : 1, long};
  }
  const step = Math.max(1, Math.ceil((high - low) / most));
  const bins = Math.ceil((high - low + 1) / step);
  return {low, high: low + bins * step, bins, long, isSingle: step === 1 && Number.isInteger(low)};
}

function histogram(groups: readonly Float64Array[], {low, high, bins, long}: Axis): Bar[] {
  const scale = long ? Math.log1p : (x: number) => x;
  const invert = long ? Math.expm1 : (x: number) => x;
  const step = (scale(high) - scale(low)) / bins || 1;
  return groups.flatMap((group, type) => {
    const counts = new Float64Array(bins);
    for (const value of group) {
      counts[Math.min(bins - 1, Math.max(0, Math.floor((scale(Math.max(low, value)) - scale(low)) / step)))]!++;
    }
    return Array.from(counts, (count, i) => ({
      x1: invert(scale(low) + i * step),
      x2: invert(scale(low) + (i + 1) * step),
      share: count / group.length,
      type
    })).filter(({share}) => share > 0);
  });
}
