import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {countAbove} from "../lib/evaluation/countAbove.js";
import {correlationOfRanks} from "../lib/evaluation/rankCorrelation.js";
import {randomSource} from "../lib/random.js";
import type {Detector} from "./detector.js";
import {formatCount} from "./format.js";
import {trafficLegend} from "./legend.js";
import {ranked} from "./modelChanges.js";
import {palette, trafficType, trafficTypes} from "./palette.js";
import {saveChart} from "./saveChart.js";

/** Most dots of fake rows, and most of all others. */
const mostDots = 1500;

/**
 * The place of every row in the ranking of one detector against its place in that of another, 1 being the most anomalous:
 * what lies off the diagonal they rank differently. Lines mark their thresholds. Of many rows a random share is drawn.
 * The reader picks the pair; the name is that of a saved chart.
 */
export function rankScatter(
  detectors: readonly Detector[],
  label: Float64Array | null,
  size: {width: number; name: string}
): HTMLElement {
  if (detectors.length < 2) return html`<p>One detector alone has nothing to be compared with.</p>`;
  const [first, second] = [picker("First", detectors, 0), picker("Second", detectors, 1)];
  const shown = html`<div></div>`;
  const draw = () => {
    shown.replaceChildren(scatterCard(detectors[Number(first.value)]!, detectors[Number(second.value)]!, label, size));
  };
  const element = html`<div>${
    detectors.length === 2
      ? null
      : html`<div class="model-tools"><label>Across ${first}</label><label>Upwards ${second}</label></div>`
  }${shown}</div>`;
  element.addEventListener("input", (event) => {
    event.stopPropagation();
    draw();
  });
  draw();
  return element;
}

function picker(name: string, detectors: readonly Detector[], chosen: number): HTMLSelectElement {
  const select = html`<select aria-label=${name}>${detectors.map(
    ({letter, name}, i) => html`<option value=${i}>${letter} ${name}</option>`
  )}</select>` as HTMLSelectElement;
  select.value = `${chosen}`;
  return select;
}

interface Dot {
  x: number;
  y: number;
  row: number;
  type: 0 | 1 | 2;
}

function scatterCard(
  a: Detector,
  b: Detector,
  label: Float64Array | null,
  {width, name}: {width: number; name: string}
): HTMLElement {
  const n = a.score.length;
  const [ranksA, ranksB] = [ranked(a.score).rank, ranked(b.score).rank];
  const rows = shownRows(label, n);
  const dots = Array.from(rows, (row): Dot => {
    return {x: n + 1 - ranksA[row]!, y: n + 1 - ranksB[row]!, row, type: trafficType(label?.[row])};
  });
  const agreed = correlationOfRanks(ranksA, ranksB);
  const words = Number.isNaN(agreed)
    ? ""
    : `: Spearman’s correlation of all ranks is ${agreed.toFixed(3).replace("-", "−")}`;
  const plot = scatterPlot(dots, a, b, {width: width - 38, n});
  return html`<div class="card"><h3>${a.letter} and ${b.letter} in places${words}</h3>
    <p>Place 1 is the most anomalous; the axes are logarithmic, so that the top has room. Dashed lines are thresholds: rows upper left of both are flagged by ${b.letter} alone, lower right by ${a.letter} alone. ${drawnWords(rows.length, n, label)}</p>
    ${label === null ? null : trafficLegend(label)}
    ${plot}${saveChart(plot, name)}</div>`;
}

function drawnWords(drawn: number, n: number, label: Float64Array | null): string {
  if (drawn === n) return n === 1 ? "There is only one row." : `All ${formatCount(n)} rows are drawn.`;
  const fakes = label === null ? 0 : label.reduce((count, y) => count + (y === 1 ? 1 : 0), 0);
  if (fakes === 0) return `A random ${formatCount(drawn)} of ${formatCount(n)} rows are drawn.`;
  const shown =
    fakes <= mostDots ? `all ${formatCount(fakes)}` : `a random ${formatCount(mostDots)} of ${formatCount(fakes)}`;
  return `Drawn are ${shown} fakes and a random ${formatCount(drawn - Math.min(fakes, mostDots))} of the ${formatCount(n - fakes)} other rows.`;
}

// Fakes last, so that they lie on top.
function shownRows(label: Float64Array | null, n: number): Uint32Array {
  const all = Uint32Array.from({length: n}, (_, row) => row);
  const isFake = (row: number) => label?.[row] === 1;
  return Uint32Array.from([...draw(all.filter((row) => !isFake(row))), ...draw(all.filter(isFake))]);
}

// The same rows each time.
function draw(rows: Uint32Array): Uint32Array {
  if (rows.length <= mostDots) return rows;
  const random = randomSource(1);
  for (let i = 0; i < mostDots; ++i) {
    const j = i + Math.floor(random() * (rows.length - i));
    [rows[i], rows[j]] = [rows[j]!, rows[i]!];
  }
  return rows.subarray(0, mostDots);
}

function scatterPlot(dots: readonly Dot[], a: Detector, b: Detector, {width, n}: {width: number; n: number}): Element {
  const alerts = [a, b].map(({score, threshold}) => countAbove(score, threshold));
  const domain = [n * 1.1, 0.8];
  const ticks = [1, 10, 100, 1000, 10_000, 100_000, 1e6, 1e7].filter((tick) => tick <= n);
  const axis = {type: "log", domain, ticks, tickFormat: formatCount, labelArrow: "none"} as const;
  const clamp = (count: number) => Math.min(domain[0]!, Math.max(domain[1]!, count + 0.5));
  return Plot.plot({
    width,
    height: Math.min(560, Math.max(300, width * 0.75)),
    marginTop: 34,
    marginLeft: 54,
    marginRight: 14,
    marginBottom: 40,
    x: {...axis, label: `place in ${a.letter}, logarithmic, more anomalous →`},
    y: {...axis, label: `↑ place in ${b.letter}, logarithmic, more anomalous`},
    marks: [
      Plot.line(
        [
          [domain[0], domain[0]],
          [domain[1], domain[1]]
        ],
        {stroke: "var(--theme-foreground-fainter)"}
      ),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: (dot: Dot) => (dot.type === 1 ? 2.8 : 2.2),
        fill: (dot: Dot) => trafficTypes[dot.type]!.color,
        fillOpacity: dots.length > 800 ? 0.55 : 0.75
      }),
      Plot.ruleX([clamp(alerts[0]!)], {stroke: palette.muted, strokeDasharray: "4 3"}),
      Plot.ruleY([clamp(alerts[1]!)], {stroke: palette.muted, strokeDasharray: "4 3"}),
      Plot.text([`${formatCount(alerts[0]!)} flagged by ${a.letter}`], {
        ...labelStyle,
        frameAnchor: "bottom",
        x: clamp(alerts[0]!),
        textAnchor: "start",
        dx: 5,
        dy: -6
      }),
      Plot.text([`${formatCount(alerts[1]!)} flagged by ${b.letter}`], {
        ...labelStyle,
        frameAnchor: "left",
        y: clamp(alerts[1]!),
        textAnchor: "start",
        dx: 5,
        dy: -8
      }),
      Plot.tip(
        dots,
        Plot.pointer({
          x: "x",
          y: "y",
          title: ({x, y, row, type}: Dot) =>
            `row ${formatCount(row + 1)}${label(type)}\nplace ${formatCount(x)} in ${a.letter}, ${formatCount(y)} in ${b.letter}`,
          fill: "var(--theme-background)"
        })
      )
    ]
  });
}

function label(type: Dot["type"]): string {
  return type === 2 ? "" : `, ${trafficTypes[type]!.short}`;
}

const labelStyle = {fill: palette.muted, stroke: "var(--theme-background)", strokeWidth: 4, fontWeight: 600} as const;
