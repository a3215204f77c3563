import * as Plot from "@observablehq/plot";
import {html} from "htl";
import {flipChances} from "../lib/forest/flipChances.js";
import type {Forest} from "../lib/forest/forest.js";
import {scoreOfMean} from "../lib/forest/scoreOfMean.js";
import {takeFeatures} from "../lib/forest/takeFeatures.js";
import {treeValues} from "../lib/forest/treeValues.js";
import {formatCount, formatCounted, formatPercent, formatScore} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";
import type {SeedRuns} from "./seedControl.js";
import {thresholdLine} from "./thresholdMark.js";

/** Alerts that are judged, those nearest to the threshold, and how many of them are listed. */
const judged = 400;
const listed = 12;

/** The rows that the reader picked, for when the same detector is shown with other seeds. */
const picked = new WeakMap<Float64Array, number>();

/** An alert less likely to flip is firm. */
const firm = 0.001;

/**
 * How firm single alerts are: those most likely to flip with another seed, and for the one that the reader picks, or any
 * other row, its score over seeds and over the trees of one forest.
 */
export function rowStability(
  forest: Forest,
  {detector, seeds, scores, thresholds}: SeedRuns,
  label: Float64Array | null,
  {width}: {width: number}
): HTMLElement {
  const {score, threshold, features} = detector;
  const alerts = Array.from(score.keys()).filter((row) => score[row]! > threshold);
  const nearest = alerts.sort((a, b) => score[a]! - score[b]! || a - b).slice(0, judged);
  const chances = new Map(
    Array.from(flipChances(forest, features, nearest, threshold), (chance, i) => [nearest[i]!, chance])
  );
  const likely = [...nearest]
    .sort((a, b) => chances.get(b)! - chances.get(a)! || a - b)
    .slice(0, listed)
    .filter((row, i) => i < 4 || !(chances.get(row)! < firm));
  const chanceOf = (row: number) => chances.get(row) ?? flipChances(forest, features, [row], threshold)[0]!;
  const timesFlagged = (row: number) => scores.filter((other, i) => other[row]! > thresholds[i]!).length;

  let row = picked.get(score) ?? likely[0] ?? score.indexOf(score.reduce((best, s) => Math.max(best, s), 0));
  const number =
    html`<input type="number" aria-label="Row number" min="1" max=${score.length} step="1" required>` as HTMLInputElement;
  const list = html`<tbody></tbody>`;
  const detail = html`<div class="card"></div>`;
  const columns = width > 860 ? 2 : 1;
  const half = (width - 16 * (columns - 1)) / columns - 38;
  const show = () => {
    if (document.activeElement !== number) number.value = `${row + 1}`;
    list.replaceChildren(...likely.map(itemOf));
    const chance = chanceOf(row);
    const isFlagged = score[row]! > threshold;
    const {color} = trafficTypes[trafficType(label?.[row])]!;
    const known = Number.isNaN(chance)
      ? "One tree shows no spread, so that its chance to flip is unknown."
      : `With another seed it would ${isFlagged ? "no longer be flagged" : "be flagged"} with a chance ${chance < firm ? "below" : "of"} ${formatPercent(Math.max(firm, chance))}, judged from how its trees differ.`;
    detail.replaceChildren(html.fragment`<h3>Row ${formatCount(row + 1)}${labelWords(label?.[row])}: score ${formatScore(score[row]!)}, ${isFlagged ? "flagged" : "not flagged"}</h3>
      <p>${known} Of the ${seeds.length} seeds trained, ${formatCount(timesFlagged(row))} ${timesFlagged(row) === 1 ? "flags" : "flag"} it, a full dot below; hollow where that seed’s own threshold spares it.</p>
      ${seedPlot(
        seeds.map((seed, i) => ({seed, score: scores[i]![row]!, threshold: thresholds[i]!})),
        {width: half, color, threshold}
      )}
      ${treePlot(forest, takeFeatures(features, [row]), {width: half, color, threshold, score: score[row]!})}`);
  };
  const choose = (next: number) => {
    row = next;
    picked.set(score, row);
    show();
  };
  const itemOf = (item: number) => html`<tr class=${item === row ? "chosen" : ""}>
    <td><button type="button" aria-pressed=${item === row ? "true" : "false"} onclick=${() => choose(item)}>${formatCount(item + 1)}</button></td>
    ${label === null ? null : html`<td class=${trafficTypes[trafficType(label[item])]!.short}>${trafficTypes[trafficType(label[item])]!.short}</td>`}
    <td class="number">${formatScore(score[item]!)}</td>
    <td class="number"><strong>${formatChance(chances.get(item)!)}</strong></td>
    <td class="number">${timesFlagged(item)} of ${seeds.length}</td></tr>`;
  number.addEventListener("input", (event) => {
    event.stopPropagation();
    if (number.checkValidity()) choose(number.valueAsNumber - 1);
  });
  number.addEventListener("change", () => {
    number.value = `${row + 1}`;
  });
  show();
  const table = html`<div class="scroll"><table class="comparison flips">
    <thead><tr><th title="Its number in the table">Row</th>${label === null ? null : html`<th>Label</th>`}<th class="number">Score</th><th class="number">Chance<br>to flip</th><th class="number">Flagged<br>by seeds</th></tr></thead>
    ${list}</table></div>`;
  return html`<div class="features row-stability" style=${{gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`}}>
    <div class="card"><h3>${titleOf(nearest, chances, alerts.length)}</h3>
      <p>${likely.length === 0 ? "Nothing is flagged at this threshold." : "The least firm first; the chance is that of another seed, at the same threshold."}</p>
      ${likely.length === 0 ? null : table}
      <div class="model-tools"><label>Or any row, by number ${number} of ${formatCount(score.length)}</label></div></div>
    ${detail}</div>`;
}

function titleOf(rows: readonly number[], chances: ReadonlyMap<number, number>, alerts: number): string {
  if (rows.some((row) => Number.isNaN(chances.get(row)!))) return "Which alerts would flip";
  const expected = rows.reduce((sum, row) => sum + chances.get(row)!, 0);
  if (alerts === 0) return "There are no alerts";
  const isMore = alerts > rows.length && chances.get(rows.at(-1)!)! > firm;
  const about =
    expected < 0.5 ? "less than one" : `${isMore ? "at least" : "about"} ${formatCount(Math.round(expected))}`;
  return `Another seed would drop ${about} of ${formatCounted(alerts, "alert")}`;
}

function formatChance(chance: number): string {
  return chance < firm ? `< ${formatPercent(firm)}` : formatPercent(chance);
}

function labelWords(value: number | undefined): string {
  const type = trafficType(value);
  return type === 2 ? "" : `, ${trafficTypes[type]!.short}`;
}

interface SeedDot {
  seed: number;
  score: number;
  threshold: number;
}

interface StripSize {
  width: number;
  color: string;
  threshold: number;
}

const margins = {marginTop: 22, marginBottom: 38, marginLeft: 16, marginRight: 16} as const;

function seedPlot(dots: readonly SeedDot[], {width, color, threshold}: StripSize): Element {
  const values = [...dots.map(({score}) => score), threshold];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.004, (high - low) * 0.12);
  const plot = Plot.plot({
    ...margins,
    width,
    height: dots.length > 10 ? 150 : 126,
    x: {
      domain: [low - room, high + room],
      label: "its score with each seed →",
      labelArrow: "none",
      ticks: Math.max(2, Math.floor(width / 100))
    },
    // Dots stack by themselves; the line of the threshold takes its height from here.
    y: {axis: null, domain: [0, 1]},
    marks: [
      Plot.frame({anchor: "bottom", stroke: "var(--theme-foreground-fainter)"}),
      Plot.dot(
        dots,
        Plot.dodgeY({
          x: "score",
          anchor: "bottom",
          r: dots.length > 10 ? 4 : 5,
          fill: ({score, threshold}: SeedDot) => (score > threshold ? color : "var(--theme-background)"),
          stroke: color,
          strokeWidth: 1.5,
          tip: {fill: "var(--theme-background)"},
          title: ({seed, score, threshold}: SeedDot) =>
            `seed ${seed}: ${formatScore(score)}\nits threshold ${formatScore(threshold)}`
        })
      )
    ]
  });
  return withThreshold(plot, threshold);
}

function treePlot(
  forest: Forest,
  features: Parameters<typeof treeValues>[1],
  {width, color, threshold, score}: StripSize & {score: number}
): Element {
  const {values, trees} = treeValues(forest, features);
  const says = Array.from(values, (value) => scoreOfMean(forest.parameters, value));
  const plot = Plot.plot({
    ...margins,
    width,
    height: 190,
    x: {
      domain: [Math.max(0, Math.min(threshold, ...says) - 0.03), Math.min(1, Math.max(threshold, ...says) + 0.03)],
      label: `what each of its ${formatCounted(trees, "tree")} alone would score →`,
      labelArrow: "none",
      ticks: Math.max(2, Math.floor(width / 100))
    },
    y: {axis: null},
    marks: [
      Plot.rectY(says, {
        ...Plot.binX({y: "count"}, {x: (value: number) => value, thresholds: 30}),
        fill: color,
        fillOpacity: 0.45,
        insetLeft: 0.5,
        insetRight: 0.5
      }),
      Plot.ruleY([0], {stroke: "var(--theme-foreground-fainter)"}),
      Plot.ruleX([score], {stroke: color, strokeWidth: 2.5})
    ]
  });
  return withThreshold(plot, threshold);
}

function withThreshold(plot: ReturnType<typeof Plot.plot>, threshold: number): Element {
  thresholdLine(plot)(threshold);
  return plot;
}
