import {html} from "htl";
import {correlationOfRanks, ranks} from "../lib/evaluation/rankCorrelation.js";
import {describeRule} from "../lib/evaluation/threshold.js";
import {featureSources} from "../lib/traffic/featureColumn.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {type Table, valueAt} from "../lib/traffic/table.js";
import {figures} from "./figures.js";
import {formatCount, titleWithUnit} from "./format.js";
import {trafficType, trafficTypes} from "./palette.js";
import type {Threshold} from "./thresholdControl.js";

/** The same rows scored by two forests. */
export interface Rescored {
  readonly table: Table;
  readonly label: Float64Array | null;
  readonly then: Ranked;
  readonly now: Ranked;
}

/** Scores with the ranks of their rows, 1 for the lowest. */
export interface Ranked {
  readonly score: Float64Array;
  readonly rank: Float64Array;
}

/** Ranks once for all comparisons of a page: thresholds move more often than scores do. */
export function ranked(score: Float64Array): Ranked {
  const rank = ranksOf.get(score) ?? ranks(score);
  ranksOf.set(score, rank);
  return {score, rank};
}

const ranksOf = new WeakMap<Float64Array, Float64Array>();

/** How the two are compared. */
export interface Comparison {
  /** The thresholds for the scores of then and of now, by the same rule where it has an answer for both. */
  readonly thresholds: readonly [Threshold, Threshold];
  /** Areas under ROC then and now; null without both labels. */
  readonly areas: readonly [number, number] | null;
  readonly features: readonly string[];
  /** Rows listed of each kind; default 5. */
  readonly most?: number;
}

/**
 * What another forest makes of all rows, beside the one that was built: areas under ROC, agreement of the rankings, and
 * under the same rule which rows became alerts and which ceased to be some, most moved first.
 */
export function modelChanges(
  {table, label, then, now}: Rescored,
  {thresholds, areas, features, most = 5}: Comparison
): HTMLElement {
  const before = {...then, threshold: thresholds[0].value};
  const after = {...now, threshold: thresholds[1].value};
  const {entered, left, countBefore, countAfter} = moved(before, after);
  const tableOf = (title: string, rows: Uint32Array) =>
    changeTable(title, rows.subarray(0, most), {
      table,
      label,
      features: featureSources(features),
      before,
      after,
      count: rows.length
    });
  return html`<div class="model-changes">
    ${figures([
      ...(areas === null
        ? []
        : [
            {
              value: `${areas[0].toFixed(3)} → ${areas[1].toFixed(3)}`,
              label: "area under ROC as built and now; 0.5 is chance"
            }
          ]),
      {
        value: formatAgreement(correlationOfRanks(before.rank, after.rank)),
        label: "rank agreement with the scores as built (Spearman; 1 is the same order)"
      },
      {
        value: `${formatCount(countBefore)} → ${formatCount(countAfter)}`,
        label: alertWords(thresholds)
      }
    ])}
    <div class="changed">${tableOf("Became alerts", entered)}${tableOf("No longer alerts", left)}</div>
  </div>` as HTMLElement;
}

interface Judged extends Ranked {
  readonly threshold: number;
}

function alertWords([then, now]: Comparison["thresholds"]): string {
  const [before, after] = [describeRule(then.rule), describeRule(now.rule)];
  return before === after
    ? `alerts as built and now, both at ${before}`
    : `alerts as built, at ${before}, and now, at ${after}`;
}

function formatAgreement(agreement: number): string {
  if (Number.isNaN(agreement)) return "–";
  return agreement < 1 && agreement > 0.9995 ? "above 0.999" : agreement.toFixed(3);
}

// Rows above one threshold and not above the other, by how far they moved in the ranking.
function moved(before: Judged, after: Judged) {
  const entered: number[] = [];
  const left: number[] = [];
  let countBefore = 0;
  let countAfter = 0;
  for (let row = 0; row < before.score.length; ++row) {
    const was = before.score[row]! > before.threshold;
    const is = after.score[row]! > after.threshold;
    if (was) ++countBefore;
    if (is) ++countAfter;
    if (is && !was) entered.push(row);
    if (was && !is) left.push(row);
  }
  const by = (rows: number[]) =>
    Uint32Array.from(rows).sort(
      (a, b) => Math.abs(after.rank[b]! - before.rank[b]!) - Math.abs(after.rank[a]! - before.rank[a]!) || a - b
    );
  return {entered: by(entered), left: by(left), countBefore, countAfter};
}

function changeTable(
  title: string,
  rows: Uint32Array,
  {
    table,
    label,
    features,
    before,
    after,
    count
  }: Pick<Rescored, "table" | "label"> & Pick<Comparison, "features"> & {before: Judged; after: Judged; count: number}
): HTMLElement {
  const place = (rank: number) => formatCount(Math.ceil(table.rows + 1 - rank));
  const more = count > rows.length ? `, the ${rows.length} that moved most` : "";
  const heading = html`<h3>${title}: ${formatCount(count)} ${count === 1 ? "row" : "rows"}${more}</h3>`;
  if (count === 0) return html`<div>${heading}</div>`;
  return html`<div>${heading}<div class="scroll"><table>
    <thead><tr><th class="number" title="Place among all rows by score, 1 is the most anomalous: as built and now">Place</th>${
      label ? html`<th>Label</th>` : null
    }${features.map((name) => html`<th class="number" title=${describeColumn(name).meaning}>${titleWithUnit(describeColumn(name))}</th>`)}</tr></thead>
    <tbody>${Array.from(
      rows,
      (row) => html`<tr>
        <td class="number">${place(before.rank[row]!)} → <strong>${place(after.rank[row]!)}</strong></td>
        ${label ? labelCell(label[row]!) : null}
        ${features.map((name) => html`<td class="number">${formatCell(valueAt(table.columns[name]!, row))}</td>`)}
      </tr>`
    )}</tbody>
  </table></div></div>`;
}

// The heads say the units.
function formatCell(value: number | string | null): string {
  if (typeof value !== "number") return value ?? "–";
  return Number.isInteger(value) ? formatCount(value) : value.toFixed(Math.abs(value) < 100 ? 3 : 1);
}

function labelCell(label: number) {
  const {short} = trafficTypes[trafficType(label)]!;
  return html`<td class=${short}>${short}</td>`;
}
