import {html} from "htl";
import {countAbove} from "../lib/evaluation/countAbove.js";
import {quantileSorted} from "../lib/evaluation/quantile.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {numbers, type Table, valueAt} from "../lib/traffic/table.js";
import {formatCount, formatCounted, formatScore, formatValue} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";
import type {WithThreshold} from "./thresholdMark.js";

/** A feature of the listed rows, and all of its values in order, so that a row can be placed among them. */
interface Feature {
  name: string;
  values: Float64Array;
  sorted: Float64Array;
  typical: number;
}

/** The chances, in [0, 1/2], that another forest would not flag these rows; or would, where this one does not. */
export type FlipChances = (rows: readonly number[], threshold: number) => ArrayLike<number>;

/**
 * The most anomalous of the flagged rows, each with its values beside those of the typical row, the rarest first. A value
 * that fewer than one row in twenty goes as far as is set off. `reference` holds all rows, also those that a filter hides.
 * How likely an alert is to flip is shown once the forest that can tell is known.
 */
export function alertList(
  table: Table,
  score: Float64Array,
  reference: Table,
  features: readonly string[],
  label: Float64Array | null,
  {most = 25}: {most?: number} = {}
): WithThreshold & {flips(chances: FlipChances): void} {
  const order = highest(score, most);
  const known = features.map((name) => featureOf(reference, table, name));
  const who = ["timestamp", "client", "country"].filter((name) => Object.hasOwn(table.columns, name));
  const count = html`<p></p>`;
  const body = html`<tbody></tbody>`;
  const element = html`<div class="alerts">${count}<div class="scroll"><table>
    <thead><tr><th>Score</th>${label ? html`<th>Label</th>` : null}<th title="How likely a forest of the same kind, grown from another seed, would not flag the row at this threshold">Flips</th><th>Who and when</th><th>What is unusual</th></tr></thead>
    ${body}</table></div></div>` as HTMLElement;
  const rowOf = (row: number) => html`<tr>
    <td><strong>${formatScore(score[row]!)}</strong></td>
    ${label ? labelCell(label[row]!) : null}
    <td class="number flip">–</td>
    <td class="who">${who.map((name) => html`<div>${formatValue(name, valueAt(table.columns[name]!, row))}</div>`)}</td>
    <td>${valuesOf(placed(known, row))}</td>
  </tr>`;
  let drawn = -1;
  let last = Number.NaN;
  let chances: FlipChances | null = null;
  const showFlips = () => {
    if (chances === null || drawn <= 0) return;
    const shares = chances(order.slice(0, drawn), last);
    for (const [i, cell] of body.querySelectorAll(".flip").entries()) cell.textContent = formatChance(shares[i]!);
  };
  const at = (threshold: number) => {
    const flagged = countAbove(score, threshold);
    count.textContent = describe(flagged, most, table.rows);
    const shown = Math.min(most, flagged);
    last = threshold;
    if (shown !== drawn) body.replaceChildren(...order.slice(0, shown).map(rowOf));
    drawn = shown;
    showFlips();
  };
  const flips = (known: FlipChances) => {
    chances = known;
    showFlips();
  };
  return Object.assign(element, {at, flips});
}

// The rows with the highest scores, highest first, of equals the first row.
function highest(score: Float64Array, most: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < score.length; ++row) {
    if (rows.length === most && score[row]! <= score[rows[most - 1]!]!) continue;
    let at = rows.length;
    while (at > 0 && score[rows[at - 1]!]! < score[row]!) --at;
    rows.splice(at, 0, row);
    if (rows.length > most) rows.pop();
  }
  return rows;
}

function describe(flagged: number, most: number, rows: number): string {
  if (flagged === 0) return "Nothing is flagged at this threshold.";
  const share = `${formatCount(flagged)} of ${formatCounted(rows, "row")} ${flagged === 1 ? "is" : "are"} flagged`;
  return flagged <= most ? `${share}:` : `${share}; the ${most} most anomalous:`;
}

function formatChance(chance: number): string {
  if (Number.isNaN(chance)) return "–";
  return chance < 0.01 ? "below 1\u00a0%" : `${Math.round(chance * 100)}\u00a0%`;
}

function labelCell(label: number) {
  const {short} = trafficTypes[trafficType(label)]!;
  return html`<td class=${short}>${short}</td>`;
}

interface PlacedValue {
  name: string;
  value: number;
  typical: number;
  /** Shares of all rows that are lower, and higher. */
  below: number;
  above: number;
}

function placed(features: readonly Feature[], row: number): PlacedValue[] {
  return features
    .map(({name, values, sorted, typical}) => {
      const value = values[row]!;
      const below = countLower(sorted, value, false) / sorted.length;
      const above = 1 - countLower(sorted, value, true) / sorted.length;
      return {name, value, typical, below, above};
    })
    .sort((a, b) => Math.max(b.below, b.above) - Math.max(a.below, a.above));
}

// Rare values each with its place, the others in one line.
function valuesOf(values: readonly PlacedValue[]) {
  const rare = values.filter(({below, above}) => Math.max(below, above) > 0.95);
  const usual = values.filter((value) => !rare.includes(value));
  return html`<div class="values">${rare.map(
    ({name, value, typical, below, above}) =>
      html`<span title=${describeColumn(name).meaning}>${describeColumn(name).title}<b>${formatValue(name, value)}</b>${
        below > above ? `above ${share(below)} of rows` : `below ${share(above)} of rows`
      }<br>typical ${formatValue(name, typical)}</span>`
  )}</div>${usual.length > 0 ? html`<div class="usual">${rare.length > 0 ? "also " : ""}${usual.map(describeUsual).join(", ")}</div>` : null}`;
}

function describeUsual({name, value, typical}: PlacedValue): string {
  return `${describeColumn(name).title.toLowerCase()} ${formatValue(name, value)} (typical ${formatValue(name, typical)})`;
}

function share(part: number): string {
  return `${(Math.floor(part * 1000) / 10).toFixed(part > 0.99 ? 1 : 0)}\u00a0%`;
}

// Sorted once for all lists of a page.
const sortedOnce = new WeakMap<Float64Array, Float64Array>();

function featureOf(reference: Table, table: Table, name: string): Feature {
  const all = numbers(reference, name);
  const ascending = sortedOnce.get(all) ?? all.slice().sort();
  sortedOnce.set(all, ascending);
  return {name, values: numbers(table, name), sorted: ascending, typical: quantileSorted(ascending, 0.5)};
}

function countLower(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orEqual ? sorted[middle]! <= value : sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
