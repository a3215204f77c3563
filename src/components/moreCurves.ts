import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import {detectionErrorCurve} from "../lib/evaluation/detectionErrorCurve.js";
import {gainCurve} from "../lib/evaluation/gainCurve.js";
import type {ScoreLevels} from "../lib/evaluation/scoreLevels.js";
import {detectionErrorPlot} from "./detectionErrorPlot.js";
import {gainPlot} from "./gainPlot.js";
import {chartCard} from "./saveChart.js";

/** Gain and detection error side by side; `at` moves their operating points. */
export function moreCurves(
  levels: ScoreLevels,
  {width, name}: {width: number; name: string}
): HTMLElement & {at(matrix: ConfusionMatrix): void} {
  const gain = gainPlot(gainCurve(levels), {width});
  const error = detectionErrorPlot(detectionErrorCurve(levels), {width});
  const element = document.createElement("div");
  element.className = "grid grid-cols-2";
  element.append(
    chartCard("Gain: fakes caught by alerts raised", gain, {name: `${name}-gain`}),
    chartCard("Detection error: misses against false alarms", error, {name: `${name}-detection-error`})
  );
  return Object.assign(element, {
    at(matrix: ConfusionMatrix) {
      gain.at(matrix);
      error.at(matrix);
    }
  });
}
