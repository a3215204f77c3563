import {html} from "htl";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {degeneracy} from "../lib/evaluation/degenerate.js";
import type {Estimate} from "../lib/evaluation/interval.js";
import {inversion} from "../lib/evaluation/inversion.js";

/**
 * What must be said before any figure: that the detector is degenerate at its threshold, that the score is inverted, that
 * labels are missing; nothing where all is well.
 */
export function verdict(
  matrix: ConfusionMatrix,
  area: Estimate,
  {labelled, withoutLabels}: {labelled: boolean; withoutLabels: string}
): Node {
  if (!labelled) {
    return html`<div class="note" label="No labels">Nobody has said which of these rows are fake, so precision, recall and every other
      measure of being right are unknown. <a href=${withoutLabels}>What can be said without labels</a>: whether scores part into modes,
      how stable the alerts are, and what this forest would catch of attacks that are injected.</div>`;
  }
  const problems = [
    ["Degenerate detector", degeneracy(matrix)],
    ["Inverted score", inversion(area, {positives: matrix.tp + matrix.fn, negatives: matrix.fp + matrix.tn})]
  ] as const;
  return html`<div>${problems.map(([label, problem]) =>
    problem === null ? null : html`<div class="caution" label=${label}>${problem}</div>`
  )}</div>`;
}
