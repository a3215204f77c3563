import {html} from "htl";
import {confusionMetrics, type Metric, scoreMetrics} from "../lib/evaluation/metrics.js";

/** Every metric as declared: formula, range, which way is better, what it hides, and its names in R’s packages. */
export function metricsTable(): HTMLElement {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Metrics"><table class="wide" style="min-width: 70rem">
    <thead><tr><th scope="col">Metric</th><th scope="col">Formula</th><th scope="col">Range</th><th scope="col">Better</th><th scope="col">What it hides</th><th scope="col">caret</th><th scope="col">yardstick</th></tr></thead>
    <tbody>${group("Of flagged rows, at a threshold")}${confusionMetrics.map(row)}</tbody>
    <tbody>${group("Of scores, at no threshold")}${scoreMetrics.map(row)}</tbody>
  </table></div>`;
}

function group(title: string): HTMLElement {
  return html`<tr><th scope="rowgroup" colspan="7">${title}</th></tr>`;
}

function row({name, formula, range, direction, hides, caretName, yardstickName}: Metric): HTMLElement {
  return html`<tr>
    <th scope="row">${name}</th><td>${formula}</td><td class="number">${range.map(formatBound).join(" to ")}</td>
    <td>${direction}</td><td>${hides}</td>
    <td>${caretName ?? "–"}</td><td>${yardstickName ?? "–"}</td>
  </tr>`;
}

function formatBound(bound: number): string {
  if (bound === Infinity) return "∞";
  return `${Math.round(bound * 1000) / 1000}`.replace("-", "−");
}
