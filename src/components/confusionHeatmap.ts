import {html} from "htl";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {formatCount} from "./format.js";

/**
 * The confusion matrix as a heat map: columns are what a row is, rows what the detector says of it. Each cell is shaded
 * by its share of its column, so that the few fakes count as much as the many genuine rows.
 */
export function confusionHeatmap({tp, fp, fn, tn}: ConfusionMatrix, {rows = "sessions"} = {}): HTMLElement {
  const cell = (count: number, total: number, color: string, words: string) => {
    const share = total === 0 ? 0 : count / total;
    const shade = `color-mix(in oklab, ${color} ${Math.round(8 + share * 50)}%, var(--theme-background))`;
    return html`<td style=${{background: shade}}><strong class="number">${formatCount(count)}</strong><span>${words}</span></td>`;
  };
  return html`<table class="confusion" aria-label="Confusion matrix">
    <thead><tr><td></td><th scope="col">really genuine</th><th scope="col">really fake</th></tr></thead>
    <tbody>
      <tr><th scope="row">left alone</th>${cell(tn, tn + fp, "var(--genuine)", `${rows} spared`)}${cell(fn, tp + fn, "var(--unknown)", fn === 1 ? "fake missed" : "fakes missed")}</tr>
      <tr><th scope="row">flagged</th>${cell(fp, tn + fp, "var(--unknown)", fp === 1 ? "false alarm" : "false alarms")}${cell(tp, tp + fn, "var(--fake)", tp === 1 ? "fake caught" : "fakes caught")}</tr>
    </tbody>
  </table>`;
}
