import * as Plot from "@observablehq/plot";
import {density} from "../lib/evaluation/scoreDensity.js";
import {trafficType, trafficTypes} from "./palette.js";
import {thresholdLine, type WithThreshold} from "./thresholdMark.js";

/** The score’s density for each traffic type, each with area one: where the two overlap, no threshold can part them. */
export function densityPlot(
  score: Float64Array,
  label: Float64Array | null,
  {width = 320, height = 260, domain}: {width?: number; height?: number; domain: readonly [number, number]}
): WithThreshold {
  const [from, to] = domain;
  const points = trafficTypes.flatMap((_, type) => {
    const values = score.filter((_, row) => trafficType(label?.[row]) === type);
    if (values.length === 0) return [];
    const {x, y} = density(values, {from, to});
    return Array.from(x, (score, i) => ({score, density: y[i]!, type}));
  });
  const plot = Plot.plot({
    width,
    height,
    // The axis has its name above that of the threshold.
    marginTop: 42,
    marginLeft: 38,
    marginRight: 10,
    marginBottom: 36,
    x: {domain: [from, to], label: "anomaly score →", labelArrow: "none"},
    y: {label: "density", labelArrow: "none", ticks: 4, nice: true},
    marks: [
      Plot.areaY(points, {x: "score", y1: 0, y2: "density", z: "type", fill: colorOf, fillOpacity: 0.18}),
      Plot.lineY(points, {x: "score", y: "density", z: "type", stroke: colorOf, strokeWidth: 2}),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
  return Object.assign(plot as unknown as HTMLElement, {at: thresholdLine(plot)});
}

function colorOf({type}: {type: number}): string {
  return trafficTypes[type]!.color;
}
