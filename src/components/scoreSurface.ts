import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {median} from "../lib/evaluation/quantile.js";
import type {FeatureColumn, Features} from "../lib/forest/features.js";
import type {Forest} from "../lib/forest/forest.js";
import {scoreRows} from "../lib/forest/scoreRows.js";
import {takeFeatures} from "../lib/forest/takeFeatures.js";
import {inTurns} from "../lib/inTurns.js";
import {columnSelect} from "./columnSelect.js";
import {type FeatureAxis, featureAxis, plotScale} from "./featureAxis.js";
import {describeSourceColumn, formatCount, formatScore, formatValue} from "./format.js";
import {nextTask} from "./nextTask.js";
import {pageTurns} from "./pageTurns.js";
import {trafficType, trafficTypes} from "./palette.js";
import type {WithThreshold} from "./thresholdMark.js";

/** The score on a grid over two features, row by row from their lowest values, with a cell on each side beyond the axes. */
interface Surface {
  readonly across: FeatureAxis & {name: string};
  readonly up: FeatureAxis & {name: string};
  readonly columns: number;
  readonly rows: number;
  readonly score: Float64Array;
  readonly low: number;
  readonly high: number;
}

/** A row as a mark, with its place among all rows. */
interface Mark {
  x: number;
  y: number;
  row: number;
  type: 0 | 1 | 2;
}

const symbols = ["circle", "diamond2", "square"] as const;

/**
 * The score over any two features, which the reader chooses, while the others stand at their medians; above it rows,
 * genuine and fake by color and shape, alerts ringed, and the line where the score is the threshold.
 */
export function scoreSurface(
  forest: Forest,
  features: Features,
  score: Float64Array,
  {
    label,
    width,
    height = Math.min(460, Math.max(300, width * 0.5)),
    nameOf = (row) => `row ${row + 1}`
  }: {label: Float64Array | null; width: number; height?: number; nameOf?: (row: number) => string}
): WithThreshold {
  const names = Object.keys(features).filter((name) => forest.features.includes(name) && hasRange(features[name]!));
  if (names.length < 2) {
    const reason = names.length === 1 ? `only ${titleOf(names[0]!)} varies` : "no feature of numbers varies";
    return Object.assign(
      html`<div class="card"><h3>The score over two features cannot be shown</h3><p>It takes two features of numbers, and ${reason}.</p></div>`,
      {at: () => {}}
    );
  }
  const across = columnSelect("Across", names);
  const up = columnSelect("Up", names);
  const [acrossSelect, upSelect] = [across, up].map((element) => element.querySelector("select")!) as [
    HTMLSelectElement,
    HTMLSelectElement
  ];
  upSelect.value = names[1]!;
  const heading = html`<h3></h3>`;
  const text = html`<p></p>`;
  const legend = html`<div class="legend"></div>`;
  const place = html`<div style=${{minHeight: `${height}px`}}></div>`;
  const element = html`<div class="card">${heading}${text}<div class="model-tools">${across}${up}</div>${legend}${place}</div>`;

  let threshold = Number.POSITIVE_INFINITY;
  let surface: Surface | null = null;
  let asked = 0;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    if (surface === null) return;
    const marks = marksOf(surface, features, score, label, {threshold, area: (width - 106) * (height - 62)});
    place.replaceChildren(plotOf(surface, marks, {width: width - 38, height, score, threshold, nameOf}));
    legend.replaceChildren(...legendOf(surface, marks, {rows: score.length, threshold}));
  };
  const compute = async () => {
    const mine = ++asked;
    const [x, y] = [across.value, up.value];
    heading.textContent = `The score over ${titleOf(x)} and ${titleOf(y)}`;
    text.textContent = describeOthers(forest, features, [x, y]);
    if (surface === null) legend.textContent = "Scoring the grid …";
    const found = await surfaceOf(forest, features, x, y, {width, height, isStale: () => asked !== mine});
    if (found === null) return;
    surface = found;
    await nextTask();
    draw();
  };
  // Two selects never show the same feature: the other takes the one that was there before.
  let shown = [acrossSelect.value, upSelect.value];
  element.addEventListener("input", (event) => {
    event.stopPropagation();
    if (acrossSelect.value === upSelect.value) {
      if (event.target === acrossSelect) upSelect.value = shown[0]!;
      else acrossSelect.value = shown[1]!;
    }
    shown = [acrossSelect.value, upSelect.value];
    compute();
  });
  compute();
  return Object.assign(element, {
    at(value: number) {
      threshold = value;
      clearTimeout(waiting);
      waiting = setTimeout(draw, 80);
    }
  });
}

function hasRange(column: FeatureColumn): column is Float64Array {
  if (!(column instanceof Float64Array)) return false;
  const first = column.find((x) => !Number.isNaN(x));
  return column.some((x) => !Number.isNaN(x) && x !== first);
}

function titleOf(name: string): string {
  return describeSourceColumn(name).title.toLowerCase();
}

function describeOthers(forest: Forest, features: Features, shown: readonly string[]): string {
  const others = forest.features.filter((name) => !shown.includes(name));
  if (others.length === 0) return "The forest sees no other feature.";
  const values = others.map((name) => `${titleOf(name)} ${formatValue(name, typicalOf(features[name]!))}`);
  const typical = others.some((name) => !(features[name] instanceof Float64Array))
    ? "median or most frequent value"
    : "median";
  const more = values.length > mostOthers + 1 ? `, and ${formatCount(values.length - mostOthers)} more likewise` : "";
  return `All else at its ${typical}: ${values.slice(0, more === "" ? values.length : mostOthers).join(", ")}${more}. Rows differ in these, so that their own scores may be others.`;
}

const mostOthers = 8;

// The median of numbers, the most frequent of categories, null when all are missing.
function typicalOf(column: FeatureColumn): number | string | null {
  if (column instanceof Float64Array) {
    const middle = median(column);
    return Number.isNaN(middle) ? null : middle;
  }
  return column.values[mostFrequent(column.codes, column.values.length)] ?? null;
}

function mostFrequent(codes: Int32Array, values: number): number {
  const counts = new Uint32Array(values);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return counts.every((count) => count === 0) ? -1 : counts.indexOf(Math.max(...counts));
}

const cellSize = 7;

async function surfaceOf(
  forest: Forest,
  features: Features,
  x: string,
  y: string,
  {width, height, isStale}: {width: number; height: number; isStale: () => boolean}
): Promise<Surface | null> {
  const across = {name: x, ...featureAxis(x, features[x] as Float64Array)};
  const up = {name: y, ...featureAxis(y, features[y] as Float64Array)};
  const columns = Math.min(120, Math.max(30, Math.round(width / cellSize)));
  const rows = Math.min(72, Math.max(30, Math.round(height / cellSize)));
  const cells = (columns + 2) * (rows + 2);
  const place = (i: number, count: number) => (i - 0.5) / count;
  const grid: Record<string, FeatureColumn> = {};
  for (const name of forest.features) grid[name] = constantLike(features[name]!, cells);
  grid[x] = Float64Array.from({length: cells}, (_, i) => across.value(place(i % (columns + 2), columns)));
  grid[y] = Float64Array.from({length: cells}, (_, i) => up.value(place(Math.floor(i / (columns + 2)), rows)));
  const score = new Float64Array(cells);
  const work = (from: number, to: number) => {
    const slice = Uint32Array.from({length: to - from}, (_, i) => from + i);
    score.set(scoreRows(forest, takeFeatures(grid, slice)), from);
  };
  const isDone = await inTurns({from: 0, to: cells}, pageTurns(isStale), work, 64);
  if (!isDone) return null;
  const [low, high] = [score.reduce((a, b) => Math.min(a, b)), score.reduce((a, b) => Math.max(a, b))];
  return {across, up, columns, rows, score, low, high};
}

function constantLike(column: FeatureColumn, length: number): FeatureColumn {
  if (column instanceof Float64Array) return new Float64Array(length).fill(median(column));
  const code = mostFrequent(column.codes, column.values.length);
  return {codes: new Int32Array(length).fill(code), values: column.values};
}

// The highest of the alerts, and others evenly spaced in the order of rows: as many as the area holds.
function marksOf(
  {across, up}: Surface,
  features: Features,
  score: Float64Array,
  label: Float64Array | null,
  {threshold, area}: {threshold: number; area: number}
): Mark[] {
  const most = {alerts: Math.min(150, Math.round(area / 1800)), others: Math.min(350, Math.round(area / 800))};
  const [x, y] = [features[across.name] as Float64Array, features[up.name] as Float64Array];
  const placed = Array.from(score.keys()).filter((row) => !Number.isNaN(x[row]!) && !Number.isNaN(y[row]!));
  const alerts = placed.filter((row) => score[row]! > threshold).sort((a, b) => score[b]! - score[a]!);
  const others = placed.filter((row) => score[row]! <= threshold);
  const step = Math.max(1, others.length / most.others);
  const spread = Array.from({length: Math.min(most.others, others.length)}, (_, i) => others[Math.floor(i * step)]!);
  return [...spread, ...alerts.slice(0, most.alerts)].map((row) => ({
    x: x[row]!,
    y: y[row]!,
    row,
    type: trafficType(label?.[row])
  }));
}

function plotOf(
  surface: Surface,
  marks: readonly Mark[],
  {
    width,
    height,
    score,
    threshold,
    nameOf
  }: {width: number; height: number; score: Float64Array; threshold: number; nameOf: (row: number) => string}
): Element {
  const {across, up, columns, rows} = surface;
  const margin = {top: 24, right: 12, bottom: 38, left: 56};
  const isCrossed = surface.low < threshold && threshold < surface.high;
  const plot = Plot.plot({
    width,
    height,
    marginTop: margin.top,
    marginRight: margin.right,
    marginBottom: margin.bottom,
    marginLeft: margin.left,
    x: {...plotScale(across, Math.max(3, Math.round(width / 110))), labelAnchor: "center"},
    y: {...plotScale(up, 5), labelAnchor: "top"},
    marks: [
      isCrossed
        ? Plot.contour(Array.from(surface.score), {
            width: columns + 2,
            height: rows + 2,
            x1: across.value(-1 / columns),
            x2: across.value(1 + 1 / columns),
            y1: up.value(-1 / rows),
            y2: up.value(1 + 1 / rows),
            clip: "frame",
            thresholds: [threshold],
            stroke: "var(--threshold)",
            strokeWidth: 1.3,
            fill: "none"
          })
        : null,
      trafficTypes.map(({color}, type) =>
        Plot.dot(
          marks.filter((mark) => mark.type === type),
          {
            x: "x",
            y: "y",
            r: 3.4,
            symbol: symbols[type]!,
            fill: color,
            stroke: "var(--theme-background)",
            strokeWidth: 1.1
          }
        )
      ),
      Plot.dot(
        marks.filter(({row}) => score[row]! > threshold),
        {x: "x", y: "y", r: 6.5, stroke: "var(--threshold)", strokeWidth: 1.1, strokeOpacity: 0.85}
      ),
      Plot.tip(
        marks,
        Plot.pointer({
          x: "x",
          y: "y",
          fill: "var(--theme-background)",
          title: ({row, x, y, type}: Mark) =>
            `${nameOf(row)}\nscore ${formatScore(score[row]!)}, ${trafficTypes[type]!.short}\n${titleOf(across.name)} ${formatValue(across.name, x)}\n${titleOf(up.name)} ${formatValue(up.name, y)}`
        })
      )
    ]
  });
  const svg = plot instanceof SVGSVGElement ? plot : plot.querySelector<SVGSVGElement>("svg[class^=plot]")!;
  const area = {
    x: margin.left,
    y: margin.top,
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom
  };
  svg.querySelector("style")!.after(heat(surface, area));
  return plot;
}

let masks = 0;

// The high color through a mask of shares over the low color: it follows the theme, light or dark, without being drawn again.
function heat(
  {columns, rows, score, low, high}: Surface,
  area: {x: number; y: number; width: number; height: number}
): SVGElement {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, {width: columns, height: rows});
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(columns, rows);
  for (let row = 0; row < rows; ++row) {
    for (let column = 0; column < columns; ++column) {
      const value = score[(row + 1) * (columns + 2) + column + 1]!;
      const share = high > low ? (value - low) / (high - low) : 0;
      image.data[((rows - 1 - row) * columns + column) * 4 + 3] = Math.round(255 * share);
    }
  }
  context.putImageData(image, 0, 0);
  const id = `score-surface-${++masks}`;
  const group = element("g", {"aria-hidden": "true"});
  const mask = element("mask", {id, style: "mask-type: alpha"});
  const style = "image-rendering: pixelated";
  mask.append(element("image", {...area, href: canvas.toDataURL(), preserveAspectRatio: "none", style}));
  group.append(
    mask,
    element("rect", {...area, fill: "var(--score-low)"}),
    element("rect", {...area, fill: "var(--score-high)", mask: `url(#${id})`})
  );
  return group;
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const created = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) created.setAttribute(key, `${value}`);
  return created;
}

function legendOf(
  {low, high}: Surface,
  marks: readonly Mark[],
  {rows, threshold}: {rows: number; threshold: number}
): Node[] {
  const background = "linear-gradient(to right, var(--score-low), var(--score-high))";
  const types = trafficTypes.filter((_, type) => marks.some((mark) => mark.type === type));
  const sampled = marks.length < rows ? `, ${formatCount(marks.length)} of ${formatCount(rows)} rows` : "";
  const line =
    threshold <= low
      ? `all of it above the threshold ${formatScore(threshold)}`
      : threshold >= high
        ? `the threshold ${formatScore(threshold)} is nowhere reached`
        : `line: score ${formatScore(threshold)}, the threshold`;
  return [
    html`<span class="ramp">score ${low.toFixed(2)} <i style=${{background}}></i> ${high.toFixed(2)}</span>`,
    ...types.map(({short, color}) => {
      const type = trafficTypes.findIndex((other) => other.short === short);
      return html`<span class="ramp"><b class=${`symbol ${symbols[type]}`} style=${{background: color}}></b> ${short}</span>`;
    }),
    html`<span class="ramp"><b class="symbol ring"></b> flagged</span>`,
    ...(Number.isFinite(threshold) ? [html`<span class="ramp">${line}${sampled}</span>`] : [])
  ];
}
