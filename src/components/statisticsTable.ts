import {html} from "htl";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {confusionStatistics} from "../lib/evaluation/confusionStatistics.js";
import {metrics} from "../lib/evaluation/metrics.js";

/** Everything that caret’s confusionMatrix prints, each with its formula on hover and a sentence on what it means here. */
export function statisticsTable(matrix: ConfusionMatrix, {rows = "sessions"} = {}): HTMLElement {
  const statistics = confusionStatistics(matrix);
  return html`<table class="statistics">
    <thead><tr><th>Statistic</th><th class="number">Value</th><th>What it means here</th></tr></thead>
    <tbody>${metrics.map(
      ({key, name, caretName, formula, meaning}) =>
        html`<tr><th scope="row" title=${`caret: ${caretName}\n${formula}`}>${name}</th><td class="number">${formatStatistic(statistics[key])}</td><td>${meaning(matrix, {rows, statistics})}</td></tr>`
    )}</tbody>
  </table>`;
}

/** A statistic with four decimals, tiny ones in scientific notation as R prints them, and a dash where undefined. */
export function formatStatistic(value: number): string {
  if (Number.isNaN(value)) return "–";
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(3).replace(/e-(\d)$/, "e-0$1") : value.toFixed(4);
}
