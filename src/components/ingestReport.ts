import {html} from "htl";
import type {FileReport} from "../lib/formats/fileReport.js";
import {formatCount, formatCounted} from "./format.js";

/** What came of each file: its format, records, and what gave none with its reason, first lines and a sample. */
export function ingestReport(files: readonly FileReport[]): HTMLElement {
  return html`<div class="ingest-report">${files.map(fileReport)}</div>`;
}

function fileReport({file, format, unit, records, rejects, passedOver, faults}: FileReport): Node {
  const rejected = rejects.reduce((sum, {count}) => sum + count, 0);
  const others = passedOver.map(({what, count}) => `${formatCount(count)} × ${what}`).join(", ");
  return html`<section>
    <p><code>${file}</code> <span class="muted">${format}</span>: <strong>${formatCounted(records, unit)}</strong> read, ${
      rejected === 0 ? "none rejected" : html`<strong>${formatCount(rejected)} rejected</strong>`
    }${others && html`<span class="muted">; passed over: ${others}</span>`}.${faults.map(
      (fault) => html` <b class="warning">${fault}: what follows is lost.</b>`
    )}</p>
    ${
      rejects.length === 0
        ? null
        : html`<div class="scroll"><table class="rejects">
      <thead><tr><th>Why</th><th>How many</th><th>First at ${unit}</th><th>Such as</th></tr></thead>
      <tbody>${rejects.map(
        ({reason, count, lines, sample}) => html`<tr>
          <td>${reason}</td><td class="number">${formatCount(count)}</td><td class="number">${lines.map(formatCount).join(", ")}</td><td><code>${sample}</code></td>
        </tr>`
      )}</tbody>
    </table></div>`
    }
  </section>`;
}
