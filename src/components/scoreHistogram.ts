import * as Plot from "@observablehq/plot";
import {formatCounted} from "./format.js";
import {trafficTypes} from "./palette.js";
import {type StackedBin, stackedBins} from "./stackedBins.js";
import {thresholdLine, type WithThreshold} from "./thresholdMark.js";

/**
 * How many rows of each traffic type have which score, stacked, with the threshold in it: what lies right of the line is
 * flagged. `domain` keeps the axis still while rows are filtered. Of more than 2,000 rows heights are square roots, so that a
 * few fakes can be seen beside thousands.
 */
export function scoreHistogram(
  score: Float64Array,
  label: Float64Array | null,
  {
    width = 640,
    height = 260,
    domain = [0.3, 0.8],
    bins = 60
  }: {width?: number; height?: number; domain?: readonly [number, number]; bins?: number} = {}
): WithThreshold {
  const bars = stackedBins(score, label, {low: domain[0], high: domain[1], bins});
  const many = score.length > 2000;
  const plot = Plot.plot({
    width,
    height,
    // The axis has its name above that of the threshold.
    marginTop: 42,
    marginLeft: 46,
    marginRight: 10,
    marginBottom: 36,
    x: {domain: [...domain], label: "anomaly score, higher is more anomalous →", labelArrow: "none"},
    y: {
      label: many ? "rows (square-root scale)" : "rows",
      labelArrow: "none",
      type: many ? "sqrt" : "linear",
      ticks: 4,
      nice: true
    },
    marks: [
      Plot.rectY(bars, {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        fill: (bar: StackedBin) => trafficTypes[bar.type]!.color,
        insetLeft: 0.5,
        insetRight: 0.5,
        tip: {fill: "var(--theme-background)"},
        title: (bar: StackedBin) =>
          `${trafficTypes[bar.type]!.name}\nscore ${bar.x1.toFixed(3)} to ${bar.x2.toFixed(3)}\n${formatCounted(bar.count, "row")}`
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
  return Object.assign(plot as unknown as HTMLElement, {at: thresholdLine(plot)});
}

/** The span of all scores, a little wider, as the domain of every score axis of a page. */
export function scoreDomain(score: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const s of score) {
    if (s < low) low = s;
    if (s > high) high = s;
  }
  const margin = Math.max(0.01, (high - low) * 0.04);
  return [Math.max(0, Math.floor((low - margin) * 100) / 100), Math.min(1, Math.ceil((high + margin) * 100) / 100)];
}
