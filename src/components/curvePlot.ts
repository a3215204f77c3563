import type {ConfusionMatrix} from "../lib/evaluation/confusionMatrix.js";
import type {PrecisionRecallCurve} from "../lib/evaluation/precisionRecall.js";
import type {RocCurve} from "../lib/evaluation/rocCurve.js";
import {type ChartCurve, type CurveBand, type CurveChart, type CurveChartOptions, curveChart} from "./curveChart.js";
import {formatPercent} from "./format.js";
import {palette} from "./palette.js";
import {linearRates, logRates} from "./rateAxis.js";
import {falseAlarmWords, thresholdWords} from "./rateWords.js";

/** A curve that marks the operating point of a confusion matrix without being drawn again. */
export type Curve = HTMLElement & {at(matrix: ConfusionMatrix): void};

/** A curve with a band, which often is known only later; null takes it away. */
export type BandedCurve = Curve & {band(band: CurveBand | null): void};

/** Curves over each other, with the operating point of each, in their order; null where one has none. */
export type Overlay = HTMLElement & {at(matrices: readonly (ConfusionMatrix | null)[]): void};

/** One of several curves in a chart; `seriesColors` has colors and dashes that can be told apart. */
export interface NamedCurve<C> {
  readonly name: string;
  readonly color: string;
  readonly dashes?: string;
  readonly curve: C;
}

interface Size {
  width?: number;
  height?: number;
}

/** The axis of the false positive rate: logarithmic shows what happens below 1 %, where alerts live. */
interface Scale {
  scale?: "linear" | "log";
}

interface Banded {
  bands?: CurveBand | null;
}

/** The ROC curve with the line of chance; a dot marks the operating point. */
export function rocPlot(curve: RocCurve, {bands = null, ...options}: Size & Scale & Banded = {}): BandedCurve {
  const band = bandWords();
  const series = rocSeries(curve, palette.genuine, band.at);
  return banded(curveChart([series], rocOptions([curve], options)), rocPoint, {bands, keep: band.keep});
}

/** The precision–recall curve with the base rate, the precision of chance; a dot marks the operating point. */
export function precisionRecallPlot(
  curve: PrecisionRecallCurve,
  {bands = null, ...size}: Size & Banded = {}
): BandedCurve {
  const band = bandWords();
  const series = precisionRecallSeries(curve, palette.genuine, band.at);
  return banded(curveChart([series], precisionRecallOptions([curve], size)), precisionRecallPoint, {
    bands,
    keep: band.keep
  });
}

/** ROC curves over each other. */
export function rocOverlay(curves: readonly NamedCurve<RocCurve>[], options: Size & Scale = {}): Overlay {
  const series = curves.map(({curve, color, ...name}) => ({...rocSeries(curve, color), ...name}));
  return overlay(
    curveChart(
      series,
      rocOptions(
        curves.map(({curve}) => curve),
        options
      )
    ),
    rocPoint
  );
}

/** Precision–recall curves over each other, of the same rows; the base rate is that of the first. */
export function precisionRecallOverlay(curves: readonly NamedCurve<PrecisionRecallCurve>[], size: Size = {}): Overlay {
  const series = curves.map(({curve, color, ...name}) => ({...precisionRecallSeries(curve, color), ...name}));
  return overlay(
    curveChart(
      series,
      precisionRecallOptions(
        curves.map(({curve}) => curve),
        size
      )
    ),
    precisionRecallPoint
  );
}

type BandAt = (x: number) => string;

function rocSeries(
  {threshold, sensitivity, specificity}: RocCurve,
  color: string,
  bandAt: BandAt = () => ""
): ChartCurve {
  const falsePositiveRate = specificity.map((s) => 1 - s);
  return {
    color,
    x: falsePositiveRate,
    y: sensitivity,
    words: (i) => [
      thresholdWords(threshold[i]!),
      `sensitivity ${formatPercent(sensitivity[i]!)}${bandAt(falsePositiveRate[i]!)}`,
      falseAlarmWords(falsePositiveRate[i]!)
    ]
  };
}

function rocOptions(
  curves: readonly RocCurve[],
  {width = 320, height = 260, scale = "linear"}: Size & Scale
): CurveChartOptions {
  const negatives = Math.max(1, ...curves.map(({negatives}) => negatives));
  const isLog = scale === "log";
  return {
    title: "ROC curve",
    x: {
      label: `false positive rate${isLog ? ", log scale" : ""} →`,
      axis: (room) => (isLog ? logRates(1 / negatives, room) : linearRates(room))
    },
    y: {label: "↑ sensitivity", axis: linearRates},
    chance: {name: "chance", y: (x) => x},
    empty: "needs fake and genuine rows",
    width,
    height
  };
}

function rocPoint({tp, fp, fn, tn}: ConfusionMatrix): [number, number] {
  return [fp / (fp + tn), tp / (tp + fn)];
}

function precisionRecallSeries(
  {threshold, precision, recall, falsePositives, positives}: PrecisionRecallCurve,
  color: string,
  bandAt: BandAt = () => ""
): ChartCurve {
  return {
    color,
    x: recall,
    y: precision,
    words: (i) => [
      thresholdWords(threshold[i]!),
      `precision ${formatPercent(precision[i]!)}${bandAt(recall[i]!)}`,
      `recall ${formatPercent(recall[i]!)}`
    ],
    // False positives are linear in true ones (Davis and Goadrich 2006), as in the area under the curve.
    between(i, j, t) {
      const x = recall[i]! + t * (recall[j]! - recall[i]!);
      const fp = falsePositives[i]! + t * (falsePositives[j]! - falsePositives[i]!);
      return {x, y: (x * positives) / (x * positives + fp)};
    }
  };
}

function precisionRecallOptions(
  curves: readonly PrecisionRecallCurve[],
  {width = 320, height = 260}: Size
): CurveChartOptions {
  const {positives, negatives} = curves[0] ?? {positives: 0, negatives: 0};
  const baseRate = positives / (positives + negatives);
  return {
    title: "Precision–recall curve",
    x: {label: "recall →", axis: linearRates},
    y: {label: "↑ precision", axis: linearRates},
    chance: {name: `base rate ${formatPercent(baseRate)}`, y: () => baseRate},
    empty: "needs fake rows",
    width,
    height
  };
}

function precisionRecallPoint({tp, fp, fn}: ConfusionMatrix): [number, number] {
  return [tp / (tp + fn), tp / (tp + fp)];
}

type Place = (matrix: ConfusionMatrix) => [number, number];

function banded(
  {element, point, band}: CurveChart,
  place: Place,
  {bands, keep}: {bands: CurveBand | null; keep: (band: CurveBand | null) => void}
): BandedCurve {
  const draw = (shown: CurveBand | null) => {
    keep(shown);
    band(shown);
  };
  draw(bands);
  return Object.assign(element, {
    at: (matrix: ConfusionMatrix) => point(0, ...place(matrix)),
    band: draw
  });
}

function overlay({element, point}: CurveChart, place: Place): Overlay {
  return Object.assign(element, {
    at(matrices: readonly (ConfusionMatrix | null)[]) {
      for (const [i, matrix] of matrices.entries()) {
        point(i, ...(matrix === null ? ([Number.NaN, Number.NaN] as const) : place(matrix)));
      }
    }
  });
}

/** Words about the band that was last kept, at an x between two of its own: “, 80–98 %”. */
function bandWords(): {at: BandAt; keep: (band: CurveBand | null) => void} {
  let kept: CurveBand | null = null;
  return {
    keep(band) {
      kept = band;
    },
    at(x) {
      if (kept === null) return "";
      const {at, lower, upper} = kept;
      const j = at.findIndex((other) => other >= x);
      if (j < 0) return "";
      const i = Math.max(0, j - 1);
      const t = i === j ? 0 : (x - at[i]!) / (at[j]! - at[i]!);
      const [low, high] = [lower, upper].map((y) => y[i]! + t * (y[j]! - y[i]!));
      // Replicates that all agree know no uncertainty, which is not to say that there is none.
      return low! < high! ? `, band ${Math.round(low! * 100)}–${Math.round(high! * 100)}\u00a0%` : "";
    }
  };
}
