import {html} from "htl";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {degeneracy} from "../lib/evaluation/degenerate.js";
import {clopperPearson} from "../lib/evaluation/interval.js";
import {figures} from "./figures.js";
import {formatCount, formatCounted, formatPercent} from "./format.js";
import {palette} from "./palette.js";

/**
 * What a threshold does, in a person’s terms: how many rows are flagged, of these how many are fake, of the fakes how many
 * are caught, each with its 95 % interval; and the accuracy, never without the no-information rate.
 */
export function operatingPoint(
  {tp, fp, fn, tn}: ConfusionMatrix,
  {flagged, rows, labelled}: {flagged: number; rows: number; labelled: boolean}
): HTMLElement {
  const count = {
    value: formatCount(flagged),
    label: `of ${formatCounted(rows, "row")} flagged, ${formatPercent(rows === 0 ? Number.NaN : flagged / rows)}`
  };
  if (!labelled) return figures([count]);
  const n = tp + fp + fn + tn;
  return figures([
    count,
    {
      value: formatPercent(tp / (tp + fp)),
      label: `precision: flagged that are fake, ${interval(tp, tp + fp)}`,
      color: palette.fake
    },
    {
      value: formatPercent(tp / (tp + fn)),
      label: `recall: fakes that are flagged, ${interval(tp, tp + fn)}`,
      color: palette.fake
    },
    {
      value: formatPercent(fp / (fp + tn), 2),
      label: `of genuine rows flagged, ${formatCount(fp)} of ${formatCount(fp + tn)}`,
      color: palette.genuine
    },
    {
      value: formatPercent((tp + tn) / n),
      label: `accuracy; ${formatPercent(Math.max(tp + fn, fp + tn) / n)} without looking`
    }
  ]);
}

/** A plain warning when the detector is degenerate at its threshold, a word on missing labels, or nothing. */
export function verdict(matrix: ConfusionMatrix, {labelled}: {labelled: boolean}): Node {
  if (!labelled) {
    return html`<div class="note" label="No labels">Nobody has said which of these rows are fake, so precision, recall and every other
      measure of being right are unknown. What can be judged without labels: whether scores part into a bulk and a tail (the histogram above),
      how many alerts the threshold makes, and whether the alerts below look like what you are after.</div>`;
  }
  const problem = degeneracy(matrix);
  return problem === null
    ? document.createTextNode("")
    : html`<div class="caution" label="Degenerate detector">${problem}</div>`;
}

/** The operating point in one line, for the bar at the foot of the page. */
export function describePoint(
  {tp, fp, fn, threshold}: ConfusionMatrix,
  {flagged, labelled}: {flagged: number; labelled: boolean}
): string {
  const point = `${threshold.toFixed(3)} · ${formatCount(flagged)} flagged`;
  if (!labelled) return point;
  return `${point} · precision ${formatPercent(tp / (tp + fp), 0)} · recall ${formatPercent(tp / (tp + fn), 0)}`;
}

function interval(successes: number, trials: number): string {
  const {lower, upper} = clopperPearson(successes, trials);
  return Number.isNaN(lower) ? "undefined" : `95 % interval ${Math.round(lower * 100)}–${Math.round(upper * 100)} %`;
}
