import {html} from "htl";
import {confusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {delongInterval} from "../lib/evaluation/delong.js";
import {precisionRecallArea} from "../lib/evaluation/precisionRecall.js";
import type {ScoreLevels} from "../lib/evaluation/scoreLevels.js";
import {type Detector, detectorName} from "./detector.js";
import {formatCount, formatPercent, formatScore} from "./format.js";

/**
 * The detectors one below the other: area under ROC with its interval, area under precision–recall, then threshold,
 * alerts, precision and recall. `levels` are those of each detector, in their order. Without labels only threshold and
 * alerts remain.
 */
export function detectorTable(
  detectors: readonly Detector[],
  label: Float64Array | null,
  levels: readonly ScoreLevels[]
): HTMLElement {
  const judged = detectors.map((detector, i) => {
    const {score, threshold} = detector;
    const flagged = score.reduce((count, s) => count + (s > threshold ? 1 : 0), 0);
    if (label === null)
      return html`<tr>${named(detector)}${number(formatScore(threshold))}${number(formatCount(flagged))}</tr>`;
    const {tp, fp, fn} = confusionMatrix(label, score, threshold);
    const {estimate, lower, upper} = delongInterval(levels[i]!);
    return html`<tr>${named(detector)}
      ${number(area(estimate), Number.isNaN(lower) ? "" : `${area(lower)}–${area(upper)}`)}
      ${number(area(precisionRecallArea(levels[i]!)))}
      ${number(formatScore(threshold))}${number(formatCount(flagged))}
      ${number(formatPercent(tp / (tp + fp)), `${formatCount(tp)} of ${formatCount(tp + fp)}`)}
      ${number(formatPercent(tp / (tp + fn)), `${formatCount(tp)} of ${formatCount(tp + fn)}`)}</tr>`;
  });
  const {positives = 0, negatives = 0} = levels[0] ?? {};
  const heads =
    label === null
      ? []
      : [
          head("Area under ROC", "with DeLong’s 95 % interval; chance 0.5"),
          head("Area under PR", `chance ${area(positives / (positives + negatives))}`)
        ];
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

function number(value: string, words = ""): HTMLElement {
  return html`<td class="number">${value}${words === "" ? null : html`<br><small>${words}</small>`}</td>`;
}

function area(value: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(3);
}
