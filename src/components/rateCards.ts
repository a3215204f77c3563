import {html} from "htl";
import type {Table} from "../lib/traffic/table.js";
import type {Grouping} from "./groupTable.js";
import {rateChart, ratesBy} from "./rateChart.js";

/** Side by side, or one below the other where it is narrow: who is missed, and who is punished, by group. */
export function rateCards(
  table: Table,
  score: Float64Array,
  label: Float64Array,
  {by, threshold, width}: {by: Grouping; threshold: number; width: number}
): HTMLElement {
  if (!Object.hasOwn(table.columns, by))
    return html`<p class="muted">These rows have no column to group by.</p>` as HTMLElement;
  return html`<div class="grid grid-cols-2">${([1, 0] as const).map((of) => {
    const rates = ratesBy(table, score, label, {by, of, threshold});
    return html`<div class="card">
      <h3>${of === 1 ? "Recall" : "False alarms"}: ${rates.title}</h3>${rates.groups.length === 0 ? null : rateChart(rates, {width})}
    </div>`;
  })}</div>` as HTMLElement;
}
