import {html} from "htl";
import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {confusionStatistics} from "../lib/evaluation/confusionStatistics.js";
import {degeneracy} from "../lib/evaluation/degenerate.js";
import {figures} from "./figures.js";
import {formatCounted, formatPercent} from "./format.js";
import {palette} from "./palette.js";

/** A wide slider for the threshold of the opening story; its value is the threshold. */
export function storySlider({
  domain,
  value
}: {
  domain: readonly [number, number];
  value: number;
}): HTMLElement & {value: number} {
  const slider =
    html`<input type="range" aria-label="Threshold" min=${domain[0]} max=${domain[1]} step="0.005" value=${value}>` as HTMLInputElement;
  const words = html`<output class="number"></output>`;
  const element =
    html`<div class="story-slider"><label>Flag every session that scores above ${words}</label>${slider}</div>` as HTMLElement;
  const show = () => {
    words.textContent = slider.valueAsNumber.toFixed(3);
  };
  slider.addEventListener("input", show);
  show();
  return Object.defineProperty(element, "value", {get: () => slider.valueAsNumber}) as HTMLElement & {value: number};
}

/** The story’s numbers: accuracy beside what guessing gives, and the two that accuracy hides. */
export function storyFigures(matrix: ConfusionMatrix): HTMLElement {
  const {accuracy, noInformationRate, precision, recall} = confusionStatistics(matrix);
  const problem = degeneracy(matrix);
  return html`<div>${figures([
    {value: formatPercent(accuracy), label: "accuracy"},
    {value: formatPercent(noInformationRate), label: "no-information rate: calling all genuine"},
    {value: formatPercent(precision), label: "precision: flagged that are fake", color: palette.fake},
    {value: formatPercent(recall), label: "recall: fakes that are flagged", color: palette.fake}
  ])}<p class="story-verdict">${problem ?? `It catches ${matrix.tp} of ${formatCounted(matrix.tp + matrix.fn, "fake")} at the price of ${formatCounted(matrix.fp, "false alarm")}.`}</p></div>`;
}
