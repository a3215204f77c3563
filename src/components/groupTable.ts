import aq from "arquero/dist/arquero.min.js";
import {html} from "htl";
import {describeColumn} from "../lib/traffic/schema.js";
import {isNumbers, type Table} from "../lib/traffic/table.js";
import {formatCount, formatPercent} from "./format.js";

/** Columns that rows can be grouped by. */
export const groupings = [
  "kind",
  "tool",
  "country",
  "day_of_week",
  "hour",
  "service",
  "port_group",
  "protocol",
  "state"
] as const;

export type Grouping = (typeof groupings)[number];

/** The groupings that part a table’s rows into more than one group, otherwise those that it has columns for. */
export function availableGroupings(table: Table): Grouping[] {
  const present = groupings.filter((name) => Object.hasOwn(table.columns, name));
  const parting = present.filter((name) => {
    const column = table.columns[name]!;
    const values = isNumbers(column) ? column : column.codes;
    return values.some((value) => value !== values[0]);
  });
  return parting.length > 0 ? parting : present;
}

/**
 * Rows by hour, weekday, country, kind or what flows are of: how many there are, how many are fake and how many are flagged
 * at the threshold. Hours and weekdays stand in their own order, others by size; beyond `most` groups the rest is summed up.
 */
export function groupTable(
  table: Table,
  score: Float64Array,
  label: Float64Array | null,
  {by, threshold, most = 24}: {by: Grouping; threshold: number; most?: number}
): HTMLElement {
  if (!Object.hasOwn(table.columns, by)) return html`<p class="muted">These rows have no column to group by.</p>`;
  const groups = grouped(table, score, label, by, threshold);
  const shown = groups.slice(0, most);
  const rest = groups.slice(most);
  const title = describeColumn(by).title;
  const largest = Math.max(...groups.map(({rows}) => rows), 1);
  return html`<div class="scroll"><table class="groups">
    <thead><tr><th>${title}</th><th class="number">Rows</th><th></th>${label ? html`<th class="number">Fake</th>` : null}<th class="number">Flagged</th><th class="number">Share flagged</th></tr></thead>
    <tbody>${shown.map(
      ({group, rows, fake, flagged}) => html`<tr>
        <th scope="row">${group}</th><td class="number">${formatCount(rows)}</td>
        <td class="bar"><i style=${{width: `${(rows / largest) * 100}%`}}></i></td>
        ${label ? html`<td class="number">${formatCount(fake)}</td>` : null}
        <td class="number">${formatCount(flagged)}</td><td class="number">${formatPercent(flagged / rows)}</td>
      </tr>`
    )}</tbody>
    ${
      rest.length > 0
        ? html`<tfoot><tr><td colspan="6" class="muted">and ${formatCount(rest.length)} more groups with ${formatCount(
            rest.reduce((sum, {rows}) => sum + rows, 0)
          )} rows</td></tr></tfoot>`
        : null
    }
  </table></div>`;
}

interface Group {
  group: string;
  rows: number;
  fake: number;
  flagged: number;
}

function grouped(
  table: Table,
  score: Float64Array,
  label: Float64Array | null,
  by: Grouping,
  threshold: number
): Group[] {
  const column = table.columns[by]!;
  const inOrder = by === "hour" || by === "day_of_week";
  const nameOf = isNumbers(column)
    ? (code: number) => (Number.isNaN(code) ? "unknown" : `${code}`)
    : (code: number) => column.values[code] ?? "unknown";
  return aq
    .table({
      code: isNumbers(column) ? column : column.codes,
      fake: Uint8Array.from(label ?? score, (value) => (label && value === 1 ? 1 : 0)),
      flagged: Uint8Array.from(score, (value) => (value > threshold ? 1 : 0))
    })
    .groupby("code")
    .rollup({rows: aq.op.count(), fake: aq.op.sum("fake"), flagged: aq.op.sum("flagged")})
    .orderby(inOrder ? "code" : aq.desc("rows"), "code")
    .derive({group: aq.escape(({code}: {code: number}) => nameOf(code))})
    .objects() as Group[];
}
