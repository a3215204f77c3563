import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import type {DetectionErrorCurve} from "../lib/evaluation/detectionErrorCurve.js";
import {curveChart} from "./curveChart.js";
import type {Curve} from "./curvePlot.js";
import {formatPercent} from "./format.js";
import {palette} from "./palette.js";
import {normalRates} from "./rateAxis.js";
import {falseAlarmWords, thresholdWords} from "./rateWords.js";

/**
 * Both errors against each other, on axes even in normal deviates, from half of each smallest error that is not 0,
 * where 0 stands too; nearer to the left lower corner is better. A dot marks the operating point.
 */
export function detectionErrorPlot(
  {
    threshold,
    falsePositiveRate,
    falseNegativeRate
  }: Pick<DetectionErrorCurve, "threshold" | "falsePositiveRate" | "falseNegativeRate">,
  {width = 320, height = 260}: {width?: number; height?: number} = {}
): Curve {
  const farthest = isWeak(falsePositiveRate, falseNegativeRate) ? 0.99 : 0.5;
  const {element, point} = curveChart(
    [
      {
        color: palette.genuine,
        x: falsePositiveRate,
        y: falseNegativeRate,
        words: (i) => [
          thresholdWords(threshold[i]!),
          `${formatPercent(falseNegativeRate[i]!)} of fakes missed`,
          falseAlarmWords(falsePositiveRate[i]!)
        ]
      }
    ],
    {
      title: "Detection error tradeoff",
      x: {
        label: "genuine rows flagged →",
        axis: (room) => normalRates([beginning(falsePositiveRate), farthest], room)
      },
      y: {label: "↑ fakes missed", axis: (room) => normalRates([beginning(falseNegativeRate), 0.99], room)},
      chance: {name: "chance", y: (x) => 1 - x},
      empty: "needs fake and genuine rows",
      width,
      height
    }
  );
  return Object.assign(element, {
    at: ({tp, fp, fn, tn}: ConfusionMatrix) => point(0, fp / (fp + tn), fn / (tp + fn))
  });
}

/** Where an axis begins: half of the smallest rate that is not 0, at most 10 %. */
function beginning(rate: Float64Array): number {
  return rate.reduce((least, r) => (r > 0 && r < 2 * least ? r / 2 : least), 0.1);
}

/** Whether errors are still large where they are equal, so that the curve needs the whole axis. */
function isWeak(falsePositiveRate: Float64Array, falseNegativeRate: Float64Array): boolean {
  return falsePositiveRate.some((fpr, i) => fpr > 0.4 && falseNegativeRate[i]! > 0.4);
}
