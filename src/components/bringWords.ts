import {html} from "htl";
import {countAbove} from "../lib/evaluation/countAbove.js";
import {parseFeature} from "../lib/traffic/featureColumn.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {isNumbers, numbers} from "../lib/traffic/table.js";
import type {BroughtLogs} from "./bringControl.js";
import {formatCount, formatCounted, formatTime} from "./format.js";

/** What the logs turned into: rows, clients, span of time, and what the forest sees of them and does not. */
export function bringWords({kind, rows, table, summary, leftOut}: BroughtLogs): HTMLElement {
  const {client} = table.columns;
  const noun = kind === "flows" ? "flow" : "session";
  const clients =
    client === undefined || isNumbers(client) ? "" : ` of ${formatCounted(client.values.length, "client")}`;
  const flagged = countAbove(numbers(table, "anomaly_score"), summary.threshold.value);
  const titles = (names: readonly string[]) =>
    names.map((name) => describeColumn(parseFeature(name).column).title.toLowerCase()).join(", ");
  const missing = leftOut.filter(({reason}) => reason === "missing").map(({name}) => name);
  const constant = leftOut.filter(({reason}) => reason !== "missing").map(({name}) => name);
  return html`<div class="bring-words">
    <p class="lede"><strong>${formatCounted(table.rows, noun)}</strong>${clients}${spanOf(numbers(table, "timestamp"))}; the <strong>${formatCounted(flagged, "row")}</strong> that are least like the rest are listed as alerts.</p>
    ${rows === table.rows ? null : html`<p><b class="warning">The page holds an even sample of ${formatCounted(table.rows, noun)} out of ${formatCount(rows)}.</b> The command line scores them all.</p>`}
    <p class="small">The forest sees ${titles(summary.features)}.${missing.length > 0 ? ` These logs do not state ${titles(missing)}.` : ""}${
      constant.length > 0 ? ` Left out, as they tell nothing here: ${titles(constant)}.` : ""
    }</p>
  </div>`;
}

function spanOf(time: Float64Array): string {
  let [first, last] = [Infinity, -Infinity];
  for (const t of time) {
    if (t < first) first = t;
    if (t > last) last = t;
  }
  return first > last ? "" : `, from ${formatTime(first)} to ${formatTime(last)} UTC`;
}
