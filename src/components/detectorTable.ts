import {html} from "htl";
import {confusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {proportion} from "../lib/evaluation/consequences.js";
import {countAbove} from "../lib/evaluation/countAbove.js";
import {delongInterval} from "../lib/evaluation/delong.js";
import {precisionRecallArea} from "../lib/evaluation/precisionRecall.js";
import type {ScoreLevels} from "../lib/evaluation/scoreLevels.js";
import {type Detector, detectorName} from "./detector.js";
import {formatCount, formatPercent, formatScore} from "./format.js";

/**
 * The detectors one below the other: area under ROC with its interval, area under precision–recall beside the base rate,
 * then threshold, alerts, and precision and recall with theirs. `levels` are those of each detector, in their order. Without labels only threshold and
 * alerts remain.
 */
export function detectorTable(
  detectors: readonly Detector[],
  label: Float64Array | null,
  levels: readonly ScoreLevels[]
): HTMLElement {
  const {positives = 0, negatives = 0} = levels[0] ?? {};
  const baseRate = positives / (positives + negatives);
  const judged = detectors.map((detector, i) => {
    const {score, threshold} = detector;
    const flagged = countAbove(score, threshold);
    if (label === null)
      return html`<tr>${named(detector)}${number(formatScore(threshold))}${number(formatCount(flagged))}</tr>`;
    const {tp, fp, fn} = confusionMatrix(label, score, threshold);
    const {estimate, lower, upper} = delongInterval(levels[i]!);
    return html`<tr>${named(detector)}
      ${number(area(estimate), Number.isNaN(lower) ? "" : `${area(lower)}–${area(upper)}`)}
      ${number(area(precisionRecallArea(levels[i]!)), `base rate ${area(baseRate)}`)}
      ${number(formatScore(threshold))}${number(formatCount(flagged))}
      ${share(tp, tp + fp)}${share(tp, tp + fn)}</tr>`;
  });
  const heads =
    label === null ? [] : [head("Area under ROC", "chance 0.5"), head("Area under PR", "chance: base rate")];
  const tails = label === null ? [] : [head("Precision", "flagged that are fake"), head("Recall", "fakes flagged")];
  return html`<div class="scroll"><table class="comparison">
    <thead><tr><th>Detector</th>${heads}${head("Threshold", "")}${head("Flagged", "")}${tails}</tr></thead>
    <tbody>${judged}</tbody></table></div>`;
}

function named(detector: Detector): HTMLElement {
  return html`<th scope="row">${detectorName(detector)}</th>`;
}

function head(title: string, words: string): HTMLElement {
  return html`<th class="number" scope="col">${title}${words === "" ? null : html`<br><small>${words}</small>`}</th>`;
}

function number(value: string, ...words: string[]): HTMLElement {
  const lines = words.filter(Boolean).map((line) => html.fragment`<br><small>${line}</small>`);
  return html`<td class="number">${value}${lines}</td>`;
}

function share(part: number, whole: number): HTMLElement {
  const {estimate, lower, upper} = proportion(part, whole);
  const words = `${formatCount(part)} of ${formatCount(whole)}`;
  const bounds = `${(100 * lower).toFixed(1)}–${formatPercent(upper)}`;
  return number(formatPercent(estimate), ...(whole === 0 ? [words] : [bounds, words]));
}

function area(value: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(3);
}
