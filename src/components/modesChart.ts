import * as Plot from "@observablehq/plot";
import {density} from "../lib/evaluation/scoreDensity.js";
import type {ScoreMode} from "../lib/evaluation/scoreValley.js";
import {formatPercent, formatScore} from "./format.js";
import {palette} from "./palette.js";
import {thresholdLine, type WithThreshold} from "./thresholdMark.js";

/**
 * The density of all scores, whoever has them, with its modes, the valleys between them, and the threshold. Of its height
 * the square root is drawn, as a rare second mode is lower than the first by orders of magnitude.
 */
export function modesChart(
  score: Float64Array,
  {
    width = 640,
    height = 240,
    domain,
    modes
  }: {width?: number; height?: number; domain: readonly [number, number]; modes: readonly ScoreMode[]}
): WithThreshold {
  const [from, to] = domain;
  const {x, y} = density(score, {from, to, points: 512});
  const points = Array.from(x, (score, i) => ({score, density: y[i]!}));
  const plot = Plot.plot({
    width,
    height,
    marginTop: 42,
    marginLeft: 16,
    marginRight: 10,
    marginBottom: 36,
    x: {domain: [from, to], label: "anomaly score, higher is more anomalous →", labelArrow: "none"},
    y: {axis: null, type: "sqrt"},
    marks: [
      Plot.areaY(points, {x: "score", y1: 0, y2: "density", fill: palette.unknown, fillOpacity: 0.22}),
      Plot.lineY(points, {x: "score", y: "density", stroke: palette.unknown, strokeWidth: 2}),
      Plot.ruleX(modes.slice(1), {x: "from", stroke: palette.muted, strokeDasharray: "2 3"}),
      Plot.text(modes.length > 1 ? modes : [], {
        x: "score",
        frameAnchor: "bottom",
        dy: -8,
        text: ({share}: ScoreMode) => formatPercent(share),
        title: ({score}: ScoreMode) => `mode at ${formatScore(score)}`,
        fill: "var(--theme-foreground)",
        stroke: "var(--theme-background)",
        strokeWidth: 4
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"})
    ]
  });
  return Object.assign(plot as unknown as HTMLElement, {at: thresholdLine(plot)});
}
