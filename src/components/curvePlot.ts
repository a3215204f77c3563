import * as Plot from "@observablehq/plot";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import type {PrecisionRecallCurve} from "../lib/evaluation/precisionRecall.js";
import type {RocCurve} from "../lib/evaluation/rocCurve.js";
import {type CurvePoint, corners} from "./corners.js";
import {formatPercent} from "./format.js";
import {palette} from "./palette.js";
import {pointMark} from "./thresholdMark.js";

/** A curve that marks the operating point of a confusion matrix without being drawn again. */
export type Curve = HTMLElement & {at(matrix: ConfusionMatrix): void};

interface Size {
  width?: number;
  height?: number;
}

/** The ROC curve with the line of chance; a dot marks the operating point. */
export function rocPlot({threshold, sensitivity, specificity}: RocCurve, size?: Size): Curve {
  const falsePositiveRate = specificity.map((s) => 1 - s);
  return curvePlot(corners(falsePositiveRate, sensitivity), {
    ...size,
    x: "false positive rate →",
    y: "↑ sensitivity",
    chance: [
      {x: 0, y: 0},
      {x: 1, y: 1}
    ],
    title: ({i, x, y}) =>
      `threshold ${threshold[i]!.toFixed(3)}\nsensitivity ${formatPercent(y)}\nfalse positive rate ${formatPercent(x)}`,
    place: ({tp, fp, fn, tn}) => [fp / (fp + tn), tp / (tp + fn)]
  });
}

/** The precision–recall curve with the base rate, the precision of chance; a dot marks the operating point. */
export function precisionRecallPlot(curve: PrecisionRecallCurve, size?: Size): Curve {
  const {threshold, precision, recall, positives, negatives} = curve;
  const baseRate = positives / (positives + negatives);
  return curvePlot(corners(recall, precision), {
    ...size,
    x: "recall →",
    y: "↑ precision",
    chance: [
      {x: 0, y: baseRate},
      {x: 1, y: baseRate}
    ],
    title: ({i, x, y}) =>
      `threshold ${threshold[i]!.toFixed(3)}\nprecision ${formatPercent(y)}\nrecall ${formatPercent(x)}`,
    place: ({tp, fp, fn}) => [tp / (tp + fn), tp / (tp + fp)]
  });
}

interface CurveOptions extends Size {
  x: string;
  y: string;
  chance: {x: number; y: number}[];
  title: (point: CurvePoint) => string;
  place: (matrix: ConfusionMatrix) => [number, number];
}

function curvePlot(points: CurvePoint[], {width = 320, height = 260, x, y, chance, title, place}: CurveOptions): Curve {
  const axis = {
    domain: [0, 1],
    labelArrow: "none",
    ticks: 5,
    tickFormat: (share: number) => `${share * 100} %`
  } as const;
  const plot = Plot.plot({
    width,
    height,
    marginTop: 26,
    marginLeft: 46,
    marginRight: 12,
    marginBottom: 36,
    x: {...axis, label: x},
    y: {...axis, label: y},
    marks: [
      Plot.line(chance, {x: "x", y: "y", stroke: palette.muted, strokeDasharray: "2 4"}),
      Plot.areaY(points, {x: "x", y1: 0, y2: "y", fill: palette.genuine, fillOpacity: 0.07}),
      Plot.line(points, {x: "x", y: "y", stroke: palette.genuine, strokeWidth: 2}),
      Plot.tip(points, Plot.pointer({x: "x", y: "y", title, fill: "var(--theme-background)"}))
    ]
  });
  const move = pointMark(plot);
  return Object.assign(plot as unknown as HTMLElement, {at: (matrix: ConfusionMatrix) => move(...place(matrix))});
}
