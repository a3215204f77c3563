import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import type {GainCurve} from "../lib/evaluation/gainCurve.js";
import {curveChart} from "./curveChart.js";
import type {Curve} from "./curvePlot.js";
import {formatPercent} from "./format.js";
import {palette} from "./palette.js";
import {linearRates} from "./rateAxis.js";
import {thresholdWords} from "./rateWords.js";

/**
 * How many of the fakes are caught by flagging how many rows, with the diagonal of flagging at random; a dot marks the
 * operating point.
 */
export function gainPlot(
  {threshold, flagged, gain, lift}: Pick<GainCurve, "threshold" | "flagged" | "gain" | "lift">,
  {width = 320, height = 260}: {width?: number; height?: number} = {}
): Curve {
  const {element, point} = curveChart(
    [
      {
        color: palette.fake,
        x: flagged,
        y: gain,
        words: (i) => [
          thresholdWords(threshold[i]!),
          `${formatPercent(flagged[i]!)} of rows flagged`,
          `${formatPercent(gain[i]!)} of fakes caught`,
          ...(Number.isNaN(lift[i]!) ? [] : [`${lift[i]!.toFixed(1)} times as many as by chance`])
        ]
      }
    ],
    {
      title: "Gain curve",
      x: {label: "rows flagged →", axis: linearRates},
      y: {label: "↑ fakes caught", axis: linearRates},
      chance: {name: "chance", y: (x) => x},
      empty: "needs fake rows",
      width,
      height
    }
  );
  return Object.assign(element, {
    at: ({tp, fp, fn, tn}: ConfusionMatrix) => point(0, (tp + fp) / (tp + fp + fn + tn), tp / (tp + fn))
  });
}
