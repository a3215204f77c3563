import {html} from "htl";
import {agreement} from "../lib/evaluation/agreement.js";
import {rankCorrelation} from "../lib/evaluation/rankCorrelation.js";
import {pairsOf} from "./detector.js";
import {formatCount, formatPercent} from "./format.js";

/** A detector’s scores of all rows, and its verdict on each, 1 flagged. */
export interface Judgement {
  readonly name: string;
  readonly score: Float64Array;
  readonly verdict: Uint8Array;
}

/** For every pair of detectors, the rows that both flag and how alike they rank all rows. */
export function agreementTable(judgements: readonly Judgement[]): HTMLElement {
  return html`<div class="scroll"><table>
    <thead><tr><th>Kinds</th><th class="number">Shared rows</th><th class="number" title="Spearman’s rank correlation over all rows; 1 is the same order, 0 none">Rank agreement</th></tr></thead>
    <tbody>${pairsOf(judgements).map(([first, second]) => {
      const {both, jaccard} = agreement(first.verdict, second.verdict);
      const correlation = rankCorrelation(first.score, second.score);
      return html`<tr><td><code>${first.name}</code> and <code>${second.name}</code></td>
        <td class="number">${formatCount(both)}, ${formatPercent(jaccard, 0)}</td>
        <td class="number">${Number.isNaN(correlation) ? "–" : correlation.toFixed(3)}</td></tr>`;
    })}</tbody>
  </table></div>`;
}

/** How many rows each detector flags, and which of them the first flags too. */
export function agreementWithFirst(judgements: readonly Judgement[]): HTMLElement {
  const [first] = judgements;
  return html`<div class="scroll"><table>
    <thead><tr><th>Forest</th><th class="number">Flagged</th><th class="number" title="Rows that both flag among those that either does">Shared with the first</th></tr></thead>
    <tbody>${judgements.map((judgement) => {
      const {both, onlySecond, jaccard} = agreement(first!.verdict, judgement.verdict);
      return html`<tr><td>${judgement.name}</td>
        <td class="number">${formatCount(both + onlySecond)}</td>
        <td class="number">${judgement === first ? "–" : `${formatCount(both)}, ${formatPercent(jaccard, 0)}`}</td></tr>`;
    })}</tbody>
  </table></div>`;
}
