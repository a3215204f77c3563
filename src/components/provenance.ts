import {html} from "htl";
import type {Summary} from "../lib/experiment.js";
import {describeColumn} from "../lib/traffic/schema.js";
import {describeSource, type LogSource, type Source} from "../lib/traffic/traffic.js";
import {formatCount} from "./format.js";

/** Where an experiment’s rows come from, how many were kept, and why the others were not. */
export function provenance({source, rows, results}: Summary): HTMLElement {
  const {read, kept, dropped, missing = []} = rows;
  const fakes = results.confusion === null ? null : results.confusion.tp + results.confusion.fn;
  const unknown = results.confusion?.unknown ?? 0;
  const reasons = dropped.map(({reason, count}) => `${formatCount(count)} ${reason}`).join(", ");
  return html`<div class="provenance">
    <p>${sourceOf(source)}: <strong>${formatCount(read)}</strong> rows, <strong>${formatCount(kept)}</strong> kept${
      dropped.length > 0 ? ` (left out: ${reasons})` : ""
    }${fakes === null ? ", none labelled" : html`, <b class="fake">${formatCount(fakes)} fake</b>${unknown > 0 ? `, ${formatCount(unknown)} unlabelled` : ""}`}.</p>
    ${missing.length > 0 ? html`<p class="small">Rows that miss a value are kept: ${missing.map(missingWords).join(", ")}.</p>` : null}
    ${source.type === "file" ? html`<p class="small">${formatCount(source.bytes)} bytes, SHA-256 <code>${source.sha256.slice(0, 16)}…</code></p>` : null}
    ${source.type === "logs" ? ofLogs(source) : null}
  </div>`;
}

// Few experiments are of logs, so that others do without the code for them.
function ofLogs(source: LogSource): HTMLElement {
  const place = html`<div class="small"></div>` as HTMLElement;
  void import("./logWords.js").then(({logWords}) => place.append(logWords(source)));
  return place;
}

function missingWords({column, count}: {column: string; count: number}): string {
  return `${formatCount(count)} without ${describeColumn(column).title.toLowerCase()}`;
}

function sourceOf(source: Source): Node {
  if (source.type === "file") return html`<code>${source.name}</code>`;
  if (source.type === "logs")
    return html`<span>${source.rows === "sessions" ? "Sessions" : "Flows"} of <code>${describeSource(source)}</code></span>`;
  const {rows: _, ...parameters} = source.parameters as Record<string, unknown>;
  const shown = Object.entries(parameters)
    .filter(([, value]) => typeof value !== "object")
    .map(
      ([name, value]) => `${name} ${name === "start" ? new Date(value as number).toISOString().slice(0, 10) : value}`
    );
  return html`<span>Simulated, scenario <code>${source.scenario}</code> (${shown.join(", ")})</span>`;
}
