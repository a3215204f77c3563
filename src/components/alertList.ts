import {html} from "htl";
import {countAbove} from "../lib/evaluation/countAbove.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {type Table, valueAt} from "../lib/traffic/table.js";
import {formatCount, formatCounted, formatScore, formatValue} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";
import {type PlacedValue, placedValues} from "./placedValues.js";
import type {WithThreshold} from "./thresholdMark.js";

/** The chances, in [0, 1/2], that another forest would not flag these rows; or would, where this one does not. */
export type FlipChances = (rows: readonly number[], threshold: number) => ArrayLike<number>;

/**
 * The most anomalous of the flagged rows, each with its values beside those of the typical row, the rarest first. A value
 * that fewer than one row in twenty goes as far as, or a text as rare, is set off. `reference` holds all rows, also those that a filter hides.
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
  const placed = placedValues(table, reference, features);
  const who = identifying.filter((name) => Object.hasOwn(table.columns, name));
  const count = html`<p></p>`;
  const body = html`<tbody></tbody>`;
  const element = html`<div class="alerts">${count}<div class="scroll"><table>
    <thead><tr><th>Score</th>${label ? html`<th>Label</th>` : null}<th title="How likely a forest of the same kind, grown from another seed, would not flag the row at this threshold">Flips</th><th>Who and when</th><th>What is unusual</th></tr></thead>
    ${body}</table></div></div>` as HTMLElement;
  const rowOf = (row: number) => html`<tr>
    <td><strong>${formatScore(score[row]!)}</strong></td>
    ${label ? labelCell(label[row]!) : null}
    <td class="number flip">–</td>
    <td class="who">${who.map((name) => identity(name, valueAt(table.columns[name]!, row)))}</td>
    <td>${valuesOf(placed(row))}</td>
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

// What tells a row from others, but for its features.
const identifying = ["timestamp", "client", "country", "server", "server_port", "user_agent", "first_path"];

// Agents and paths may be long: what they are too long for is in the title.
function identity(name: string, value: number | string | null) {
  if (value === null) return null;
  const text = name === "server_port" ? `port ${value}` : formatValue(name, value);
  return html`<div title=${`${describeColumn(name).title}: ${text}`}>${text}</div>`;
}

// Rare values each with its place, the others in one line.
function valuesOf(values: readonly PlacedValue[]) {
  const rare = values.slice(0, mostRare).filter(({rarity}) => rarity > 0.95);
  const usual = values.slice(rare.length);
  const listed = usual.length <= mostUsual + 2 ? usual : usual.slice(0, mostUsual);
  const others = usual.length - listed.length;
  const more = others === 0 ? "" : `; ${formatCount(others)} more go less far`;
  return html`<div class="values">${rare.map(
    ({name, text, typical, words}) =>
      html`<span title=${describeColumn(name).meaning}>${describeColumn(name).title}<b>${text}</b>${words}<br>typical ${typical}</span>`
  )}</div>${usual.length > 0 ? html`<div class="usual">${rare.length > 0 ? "also " : ""}${listed.map(describeUsual).join(", ")}${more}</div>` : null}`;
}

const mostRare = 6;
const mostUsual = 6;

function describeUsual({name, text, typical}: PlacedValue): string {
  return `${describeColumn(name).title.toLowerCase()} ${text} (typical ${typical})`;
}
