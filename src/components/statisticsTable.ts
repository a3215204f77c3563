import {html} from "htl";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {allStatistics, type Statistics} from "../lib/evaluation/confusionStatistics.js";
import {type ConfusionMetric, confusionMetrics} from "../lib/evaluation/metrics.js";
import {directionMark} from "./directionMark.js";

/** A table of statistics that `at` fills, without building it again. */
export type StatisticsTable = HTMLElement & {at(matrix: ConfusionMatrix): void};

/**
 * Everything that caret’s confusionMatrix prints, each with its formula on hover, which way is better, and a sentence on
 * what it means here; below, folded, what others add to it.
 */
export function statisticsTable({rows = "sessions"} = {}): StatisticsTable {
  const lines = confusionMetrics.map((metric) => line(metric, rows));
  const isCarets = ({metric}: Line) => metric.caretName !== undefined;
  const element = html`<div>
    ${table(lines.filter(isCarets))}
    <p class="small">↑ higher is better, ↓ lower is better. Names show their formula.</p>
    <details><summary>More metrics</summary>${table(lines.filter((each) => !isCarets(each)))}</details>
  </div>`;
  const at = (next: ConfusionMatrix) => {
    const statistics = allStatistics(next);
    for (const {show} of lines) show(next, statistics);
  };
  return Object.assign(element, {at});
}

/**
 * A statistic with four decimals, from 100 with one, the smallest in scientific notation as R prints them; ∞, and a dash
 * where undefined.
 */
export function formatStatistic(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (value === Infinity) return "∞";
  if (Math.abs(value) >= 100) return value < 1e6 ? value.toFixed(1) : value.toExponential(3);
  return value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential(3).replace(/e-(\d)$/, "e-0$1") : value.toFixed(4);
}

interface Line {
  metric: ConfusionMetric;
  row: HTMLElement;
  show: (matrix: ConfusionMatrix, statistics: Statistics) => void;
}

function line(metric: ConfusionMetric, rows: string): Line {
  const {key, name, caretName, yardstickName, formula, direction, hides, meaning} = metric;
  const names = [caretName && `caret: ${caretName}`, yardstickName && `yardstick: ${yardstickName}`];
  const title = [...names, formula, `Hides: ${hides}`].filter(Boolean).join("\n");
  const value = html`<td class="number"></td>`;
  const sentence = html`<td></td>`;
  return {
    metric,
    row: html`<tr><th scope="row" title=${title}>${name}${directionMark(direction)}</th>${value}${sentence}</tr>`,
    show: (matrix, statistics) => {
      value.textContent = formatStatistic(statistics[key]);
      sentence.textContent = meaning(matrix, {rows, statistics});
    }
  };
}

function table(lines: readonly Line[]): HTMLElement {
  return html`<table class="statistics">
    <thead><tr><th scope="col">Statistic</th><th scope="col" class="number">Value</th><th scope="col">What it means here</th></tr></thead>
    <tbody>${lines.map(({row}) => row)}</tbody>
  </table>`;
}
