import {html} from "htl";
import type {ColumnSpecification} from "../lib/traffic/schema.js";

/** The declared columns: name, unit, meaning, and which fake traffic a feature reveals. */
export function schemaTable(columns: readonly ColumnSpecification[]): HTMLElement {
  return html`<div class="scroll"><table class="wide">
    <thead><tr><th>Column</th><th>Unit</th><th>Meaning</th><th>What it reveals</th></tr></thead>
    <tbody>${columns.map(
      ({name, type, unit, meaning, reveals}) =>
        html`<tr><td><code>${name}</code></td><td>${type === "text" ? "text" : unit}</td><td>${meaning}</td><td>${reveals ?? ""}</td></tr>`
    )}</tbody>
  </table></div>`;
}
