import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {verdicts} from "../lib/evaluation/agreement.js";
import {alertStability} from "../lib/evaluation/alertStability.js";
import {auc} from "../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../lib/evaluation/scoreLevels.js";
import {formatCount, formatCounted, formatPercent} from "./format.js";
import {trafficLegend} from "./legend.js";
import {palette, trafficType, trafficTypes} from "./palette.js";
import type {SeedRuns} from "./seedControl.js";

/**
 * What of a detector hangs on its seed: its area, by the labels that it may be judged by, the number of its alerts, and
 * which rows they are, by all labels.
 */
export function seedStability(
  {seeds, scores, thresholds}: SeedRuns,
  {label, judged}: {label: Float64Array | null; judged: Float64Array | null},
  {width}: {width: number}
): HTMLElement {
  const stability = alertStability(scores.map((score, i) => verdicts(score, thresholds[i]!)));
  const areas = judged === null ? [] : scores.map((score) => auc(scoreLevels(judged, score)));
  const hasAreas = areas.length > 0 && !areas.some(Number.isNaN);
  const columns = width > 640 && hasAreas ? 2 : 1;
  const strip = {width: (width - 16 * (columns - 1)) / columns - 38, seeds};
  const {alerts, timesFlagged, always, sometimes, jaccard} = stability;
  const agreed = Number.isNaN(jaccard)
    ? "No seed flags a row."
    : `Two seeds share ${formatPercent(jaccard)} of the alerts that either gives, on average (Jaccard).`;
  return html`<div class="seed-stability">
    <div class="features" style=${{gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`}}>
      ${hasAreas ? html`<div class="card"><h3>Area under ROC: ${spanOf(areas, (x) => x.toFixed(3))}</h3><p>One dot for each seed.</p>${seedStrip(areas, {...strip, label: "area under ROC →", format: (x) => x.toFixed(4)})}</div>` : null}
      <div class="card"><h3>Alerts: ${spanOf(alerts, formatCount)}</h3><p>${agreed}</p>${seedStrip([...alerts], {...strip, label: "alerts →", format: formatCount})}</div>
    </div>
    ${flaggedCard(scores, timesFlagged, label, {width, always, sometimes, runs: seeds.length})}</div>`;
}

function spanOf(values: ArrayLike<number>, format: (value: number) => string): string {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [format(sorted[0]!), format(sorted.at(-1)!)];
  return low === high ? `${low} with every seed` : `${low} to ${high}`;
}

interface StripOptions {
  width: number;
  seeds: readonly number[];
  label: string;
  format: (value: number) => string;
}

function seedStrip(values: readonly number[], {width, seeds, label, format}: StripOptions): Element {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = low === high ? Math.max(Math.abs(low) * 0.01, 0.001) : (high - low) * 0.08;
  const r = values.length > 10 ? 4 : 5;
  return Plot.plot({
    width,
    height: 58 + 2.1 * r * Math.max(5, highestStack(values, (high - low + 2 * room) / ((width - 32) / (2 * r)))),
    marginTop: 8,
    marginBottom: 38,
    marginLeft: 16,
    marginRight: 16,
    x: {domain: [low - room, high + room], label, labelArrow: "none", ticks: Math.max(2, Math.floor(width / 110))},
    y: {axis: null},
    marks: [
      Plot.frame({anchor: "bottom", stroke: "var(--theme-foreground-fainter)"}),
      Plot.dot(
        values.map((value, i) => ({value, seed: seeds[i]!})),
        Plot.dodgeY({
          x: "value",
          anchor: "bottom",
          r,
          fill: palette.muted,
          fillOpacity: 0.75,
          tip: {fill: "var(--theme-background)"},
          title: ({value, seed}: {value: number; seed: number}) => `seed ${seed}: ${format(value)}`
        })
      )
    ]
  });
}

// Dots closer than a span push each other up.
function highestStack(values: readonly number[], span: number): number {
  return Math.max(...values.map((value) => values.filter((other) => Math.abs(other - value) < span).length));
}

interface Dot {
  score: number;
  times: number;
  row: number;
  type: 0 | 1 | 2;
}

/** Most dots of rows whose verdict hangs on the seed. */
const mostDots = 1200;

function flaggedCard(
  scores: readonly Float64Array[],
  timesFlagged: Uint32Array,
  label: Float64Array | null,
  {width, always, sometimes, runs}: {width: number; always: number; sometimes: number; runs: number}
): HTMLElement {
  const title =
    always + sometimes === 0
      ? "No seed flags a row"
      : `${formatCount(sometimes)} of the ${formatCounted(always + sometimes, "row")} that any seed flags ${sometimes === 1 ? "is an alert" : "are alerts"} only with some`;
  if (sometimes === 0) return html`<div class="card"><h3>${title}</h3></div>`;
  const mean = (row: number) => scores.reduce((sum, score) => sum + score[row]!, 0) / runs;
  const dots: Dot[] = [];
  for (let row = 0; row < timesFlagged.length; ++row) {
    dots.push({score: mean(row), times: timesFlagged[row]!, row, type: trafficType(label?.[row])});
  }
  const low = dots.reduce((least, {score, times}) => (times > 0 ? Math.min(least, score) : least), 1);
  const high = dots.reduce((most, {score, times}) => (times < runs ? Math.max(most, score) : most), 0);
  const room = Math.max(0.005, (high - low) * 0.2);
  const domain = [low - room, high + room] as const;
  const near = dots.filter(({score}) => score >= domain[0] && score <= domain[1]);
  const step = Math.max(1, Math.ceil(near.length / mostDots));
  const shown = near.filter(({type}, i) => type === 1 || i % step === 0);
  const drawn =
    shown.length < near.length
      ? ` Of ${formatCount(near.length)} rows here, ${formatCount(shown.length)} are drawn, all fakes among them.`
      : "";
  return html`<div class="card"><h3>${title}</h3>
    <p>Rows near the threshold by their mean score over the seeds, and how many seeds flag them. Further left no seed flags a row, further right all do.${drawn}</p>
    ${label === null ? null : trafficLegend(label)}
    ${flaggedPlot(shown, {width: width - 38, domain, runs})}</div>`;
}

function flaggedPlot(
  dots: readonly Dot[],
  {width, domain, runs}: {width: number; domain: readonly [number, number]; runs: number}
): Element {
  // Dots that share a number of seeds are told apart by a little height of their own.
  const offset = (row: number) => (((row * 7) % 13) / 12 - 0.5) * 0.5;
  return Plot.plot({
    width,
    height: Math.max(240, Math.min(360, 120 + runs * 22)),
    marginTop: 24,
    marginLeft: 46,
    marginRight: 14,
    marginBottom: 38,
    x: {
      domain: [...domain],
      label: "mean anomaly score over the seeds →",
      labelArrow: "none",
      ticks: Math.floor(width / 90)
    },
    y: {
      domain: [-0.5, runs + 0.5],
      label: `↑ seeds of ${runs} that flag the row`,
      labelArrow: "none",
      ticks:
        runs <= 10 ? Array.from({length: runs + 1}, (_, i) => i) : [0, 5, 10, 15, 20].filter((tick) => tick <= runs),
      tickFormat: "d"
    },
    marks: [
      Plot.ruleY([0, runs], {stroke: "var(--theme-foreground-fainter)"}),
      Plot.dot(dots, {
        x: "score",
        y: ({times, row}: Dot) => times + offset(row),
        r: 3,
        fill: ({type}: Dot) => (type === 2 ? palette.unknown : trafficTypes[type]!.color),
        fillOpacity: 0.7
      }),
      Plot.tip(
        dots,
        Plot.pointer({
          x: "score",
          y: ({times, row}: Dot) => times + offset(row),
          title: ({score, times, row, type}: Dot) =>
            `row ${formatCount(row + 1)}${type === 2 ? "" : `, ${trafficTypes[type]!.short}`}\nmean score ${score.toFixed(3)}\nflagged by ${times} of ${runs} seeds`,
          fill: "var(--theme-background)"
        })
      )
    ]
  });
}
