import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {median, quantileSorted, sorted} from "../lib/evaluation/quantile.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {numbers, type Table} from "../lib/traffic/table.js";
import {formatPercent, formatValue, titleWithUnit} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";

/** Cards with the distributions of features, as many beside each other as the width allows. */
export function distributionPlots(
  table: Table,
  features: readonly string[],
  label: Float64Array | null,
  {width}: {width: number}
): HTMLElement {
  const columns = Math.max(1, Math.min(features.length, Math.floor(width / 270)));
  const plotWidth = (width - 16 * (columns - 1)) / columns - 38;
  const cards = features.map((name) => distributionPlot(name, numbers(table, name), label, {width: plotWidth}));
  return html`<div class="features" style=${{gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`}}>${cards}</div>`;
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
 * title says where the medians lie. The last bar holds all beyond the axis; long tails get a logarithmic one.
 */
function distributionPlot(
  name: string,
  values: Float64Array,
  label: Float64Array | null,
  {width, height = 150}: {width: number; height?: number}
): HTMLElement {
  const column = describeColumn(name);
  const groups = trafficTypes.map((_, type) => values.filter((_, row) => trafficType(label?.[row]) === type));
  const axis = axisOf(values);
  const bars = histogram(groups, axis);
  const highest = Math.max(...bars.map(({share}) => share));
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
      ticks: axis.long ? powersUpTo(axis.high) : Math.max(3, Math.round(width / 70)),
      tickFormat: axis.long ? (x: number) => x.toLocaleString("en-US") : undefined
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
          `${trafficTypes[bar.type]!.name}\n${formatValue(name, bar.x1)} to ${formatValue(name, bar.x2)}\n${formatPercent(bar.share)} of its rows`
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
  return html`<div class="card"><h3 title=${column.meaning}>${column.title}</h3><p>${medians(name, groups)}</p>${plot}</div>`;
}

function medians(name: string, groups: readonly Float64Array[]): string {
  const parts = groups.flatMap((values, type) =>
    values.length > 0 ? [{type: trafficTypes[type]!.short, value: formatValue(name, median(values))}] : []
  );
  const unlabelled = parts.length === 1 && parts[0]!.type === "unknown";
  return `Median ${parts.map(({type, value}) => (unlabelled ? value : `${type} ${value}`)).join(", ")}`;
}

interface Axis {
  low: number;
  high: number;
  bins: number;
  /** Whether most of the axis would be empty but for a few rows. */
  long: boolean;
}

const most = 36;

function axisOf(values: Float64Array): Axis {
  const ascending = sorted(values);
  const [low, middle, high, highest] = [0.001, 0.5, 0.99, 0.999].map((p) => quantileSorted(ascending, p)) as [
    number,
    number,
    number,
    number
  ];
  const long = low >= 0 && high > 20 && high > 15 * middle;
  if (long) return {low: 0, high: highest, bins: most, long};
  if (!values.every(Number.isInteger)) return {low, high, bins: low < high ? most : 1, long};
  const step = Math.max(1, Math.ceil((high - low) / most));
  const bins = Math.ceil((high - low + 1) / step);
  return {low, high: low + bins * step, bins, long};
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

function powersUpTo(high: number): number[] {
  return [0, 1, 10, 100, 1000, 10_000, 100_000, 1e6].filter((power) => power <= high);
}
