import * as Plot from "@observablehq/plot";
import {chartTip, type TipPoint} from "./chartTip.js";
import {type CurvePoint, corners} from "./corners.js";
import {freeBox} from "./labelPlace.js";
import {palette} from "./palette.js";
import {type RateAxis, type Room, tickLabel} from "./rateAxis.js";
import {svgElement} from "./svg.js";
import {pointMark} from "./thresholdMark.js";

/** One curve of a chart: shares of rows at each threshold, and what is said about a point of it. */
export interface ChartCurve {
  readonly name?: string;
  readonly color: string;
  readonly dashes?: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly words: (i: number) => readonly string[];
  /** The point a part t of the way from one to another; on the straight line between them by default. */
  readonly between?: (i: number, j: number, t: number) => {x: number; y: number};
}

/** How curves are drawn over two axes of shares. */
export interface CurveChartOptions {
  readonly title: string;
  readonly x: {readonly label: string; readonly axis: (room: Room) => RateAxis};
  readonly y: {readonly label: string; readonly axis: (room: Room) => RateAxis};
  /** The curve of a detector that knows nothing, and its name. */
  readonly chance: {readonly name: string; readonly y: (x: number) => number};
  /** What stands in place of curves without points. */
  readonly empty: string;
  readonly width: number;
  readonly height: number;
}

/** A chart of curves whose operating points move, and whose band changes, without being drawn again. */
export interface CurveChart {
  readonly element: HTMLElement;
  /** Moves the operating point of the curve with this index to shares, or hides it where they are NaN. */
  point(curve: number, x: number, y: number): void;
  /** Draws a band below the curves; null draws none. */
  band(band: CurveBand | null): void;
}

/** Where a curve may be: lower and upper ends at each x, NaN where they are unknown. */
export interface CurveBand {
  readonly at: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Curves over axes of shares with a line of chance, words about the nearest point, and a legend if they have names. */
export function curveChart(curves: readonly ChartCurve[], options: CurveChartOptions): CurveChart {
  const {title, chance, empty, width, height} = options;
  const legend = legendRows(curves, width);
  const frame = {left: 48, right: width - 20, top: 26 + 18 * legend.length, bottom: height + 18 * legend.length - 38};
  const [across, down] = [frame.right - frame.left, frame.bottom - frame.top];
  const x = options.x.axis((label) => (6.2 * label.length + 8) / across);
  const y = options.y.axis(() => 18 / down);
  const toScreen = (point: {x: number; y: number}) => ({
    x: frame.left + point.x * across,
    y: frame.bottom - point.y * down
  });

  const describe = ({curve, point}: {curve: ChartCurve; point: CurvePoint}): TipPoint => ({
    ...toScreen(point),
    color: curve.color,
    lines: [...(curve.name === undefined ? [] : [curve.name]), ...curve.words(point.i)]
  });

  const drawn = curves.map((curve) => {
    const points = corners(curve.x, curve.y, {placeX: x.place, placeY: y.place});
    const isShown = ({i}: CurvePoint) => curve.x[i]! <= x.end && curve.y[i]! <= y.end;
    return {curve, points: points.filter(isShown), line: filled(points, curve, x, y)};
  });
  const chanceLine = lineOf(chance.y, x, y);
  const isEmpty = drawn.every(({points}) => points.length === 0);
  const isAlone = curves.length === 1;
  const band = svgElement("path", {class: "band", fill: curves[0]?.color ?? "none", "fill-opacity": 0.22});

  const plot = Plot.plot({
    ariaLabel: title,
    width,
    height: height + 18 * legend.length,
    marginTop: frame.top,
    marginLeft: frame.left,
    marginRight: width - frame.right,
    marginBottom: 38,
    x: axisOptions(options.x.label, x),
    y: axisOptions(null, y),
    marks: [
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"}),
      Plot.ruleX([0], {stroke: "var(--theme-foreground-fainter)"}),
      isEmpty ? null : Plot.line(chanceLine, {x: "x", y: "y", stroke: palette.muted, strokeDasharray: "2 4"}),
      isAlone && x.isLinear && y.isLinear
        ? Plot.areaY(drawn[0]!.line, {x: "x", y1: 0, y2: "y", fill: curves[0]!.color, fillOpacity: 0.05})
        : null,
      () => band,
      drawn.map(({curve: {color, dashes = "none"}, line}) =>
        Plot.line(line, {
          x: "x",
          y: "y",
          stroke: color,
          strokeWidth: 2,
          strokeDasharray: dashes,
          strokeLinejoin: "round"
        })
      ),
      // Plot would put it above the legend.
      Plot.text([options.y.label], {
        frameAnchor: "top-left",
        textAnchor: "start",
        lineAnchor: "bottom",
        dx: 4 - frame.left,
        dy: -10
      }),
      drawn.map(({curve: {color}, line}) => (line.length === 1 ? Plot.dot(line, {x: "x", y: "y", fill: color}) : null)),
      isEmpty ? Plot.text([empty], {frameAnchor: "middle", fill: palette.muted}) : null
    ]
  });
  const element = plot as unknown as SVGSVGElement & HTMLElement;
  element.setAttribute("role", "img");
  for (const row of legend) element.append(row);
  if (!isEmpty) {
    const lines = [chanceLine, ...drawn.map(({line}) => line)].map((line) => line.map(toScreen));
    element.append(chanceLabel(chance.name, lines, frame));
  }

  const marks = curves.map(({color}) => pointMark(plot, isAlone ? {} : {color, guides: false}));
  chartTip(element, {width, height: height + 18 * legend.length}, (px, py) => {
    let best: {curve: ChartCurve; point: CurvePoint} | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const {curve, points} of drawn) {
      for (const point of points) {
        const at = toScreen(point);
        const distance = (at.x - px) ** 2 + (at.y - py) ** 2;
        if (distance >= least) continue;
        least = distance;
        best = {curve, point};
      }
    }
    return best === null ? null : describe(best);
  });

  return {
    element,
    point: (curve, px, py) => marks[curve]?.(x.place(px), y.place(py)),
    band(shown) {
      band.setAttribute(
        "d",
        shown === null ? "" : outline(shown, (px, py) => toScreen({x: x.place(px), y: y.place(py)}))
      );
    }
  };
}

function axisOptions(label: string | null, {place, ticks}: RateAxis) {
  return {
    domain: [0, 1],
    label,
    labelArrow: "none",
    ticks: ticks.map(place),
    tickFormat: (_: number, i: number) => tickLabel(ticks[i]!)
  } as const;
}

type Points = readonly {readonly x: number; readonly y: number}[];

/** The points of a curve with as many between them as it takes to follow what is no straight line on these axes. */
function filled(points: readonly CurvePoint[], {x, y, between}: ChartCurve, xAxis: RateAxis, yAxis: RateAxis): Points {
  if (xAxis.isLinear && yAxis.isLinear && between === undefined) return points;
  const straight = (i: number, j: number, t: number) => ({
    x: x[i]! + t * (x[j]! - x[i]!),
    y: y[i]! + t * (y[j]! - y[i]!)
  });
  return points.flatMap((b, k) => {
    const a = points[k - 1] ?? b;
    const steps = Math.max(1, Math.ceil(40 * Math.hypot(b.x - a.x, b.y - a.y)));
    return Array.from({length: steps}, (_, step) => (between ?? straight)(a.i, b.i, (step + 1) / steps))
      .filter((point) => point.x <= xAxis.end && point.y <= yAxis.end)
      .map((point) => ({x: xAxis.place(point.x), y: yAxis.place(point.y)}));
  });
}

function lineOf(f: (x: number) => number, xAxis: RateAxis, yAxis: RateAxis): Points {
  return Array.from({length: 129}, (_, i) => {
    const x = i / 128;
    const share = f(xAxis.share(x));
    const y = yAxis.place(share);
    return {x, y, isWithin: Math.abs(yAxis.share(y) - share) < 1e-4};
  }).filter(({isWithin}) => isWithin);
}

function outline({at, lower, upper}: CurveBand, toScreen: (x: number, y: number) => {x: number; y: number}): string {
  const known = Array.from(at.keys()).filter((i) => !Number.isNaN(lower[i]!) && !Number.isNaN(upper[i]!));
  const corner = (i: number, values: Float64Array) => {
    const {x, y} = toScreen(at[i]!, values[i]!);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  const around = [...known.map((i) => corner(i, upper)), ...known.reverse().map((i) => corner(i, lower))];
  return around.length === 0 ? "" : `M${around.join("L")}Z`;
}

interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The name of the line of chance, beside it where no curve passes; the first line is that of chance. */
function chanceLabel(name: string, lines: readonly Points[], {left, right, top, bottom}: Frame): SVGTextElement {
  const [width, height] = [6.4 * name.length, 14];
  const line = lines[0]!;
  const boxes = [0.7, 0.8, 0.6, 0.9, 0.5, 0.4, 0.3, 0.2, 0.1, 0.03, 0.97]
    .map((share) => line[Math.round(share * (line.length - 1))]!)
    .flatMap(({x, y}) => [
      {x: x + 6, y: y + 3, width, height},
      {x: x - width / 2, y: y - height - 4, width, height},
      {x: x - width / 2, y: y + 4, width, height},
      {x: x - width - 6, y: y - height - 3, width, height},
      {x: x + 6, y: y - height - 3, width, height},
      {x: x - width - 6, y: y + 3, width, height}
    ])
    .filter((box) => box.x > left && box.x + width < right && box.y > top && box.y + height < bottom);
  const box = freeBox(boxes, lines) ?? {x: right - width, y: bottom - height};
  const text = svgElement("text", {
    class: "chance",
    "text-anchor": "start",
    x: box.x,
    y: box.y + 11,
    fill: palette.muted,
    stroke: "var(--theme-background)",
    "stroke-width": 3,
    "paint-order": "stroke"
  });
  text.textContent = name;
  return text;
}

/** The names of curves with their lines, in rows above the plot; none where curves have no names. */
function legendRows(curves: readonly ChartCurve[], width: number): SVGGElement[] {
  const rows: SVGGElement[] = [];
  let x = 0;
  for (const {name, color, dashes = "none"} of curves) {
    if (name === undefined) continue;
    const letters = Math.floor((width - 24) / 6);
    const shown = name.length > letters ? `${name.slice(0, letters - 1)}…` : name;
    const length = 24 + 6 * shown.length;
    if (rows.length === 0 || x + length > width) {
      rows.push(svgElement("g", {class: "curve-names", transform: `translate(0,${8 + 18 * rows.length})`}));
      x = 0;
    }
    const line = svgElement("line", {
      x1: x,
      x2: x + 18,
      stroke: color,
      "stroke-width": 2.5,
      "stroke-dasharray": dashes
    });
    const text = svgElement("text", {x: x + 24, dy: "0.32em", fill: "currentColor", "text-anchor": "start"});
    text.textContent = shown;
    rows.at(-1)!.append(line, text);
    x += length + 14;
  }
  return rows;
}
