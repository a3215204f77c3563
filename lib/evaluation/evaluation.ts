import {atTop} from "./atTop.js";
import {bestThresholds} from "./bestThreshold.js";
import {bootstrap} from "./bootstrap.js";
import {reportedLabels} from "./choosingHalf.js";
import type {ConfusionCounts} from "./confusionMatrix.js";
import {caretNames, confusionStatistics} from "./confusionStatistics.js";
import {proportion} from "./consequences.js";
import {countsAt} from "./countsAt.js";
import {degeneracy} from "./degenerate.js";
import {delongInterval, delongTest, delongVariance} from "./delong.js";
import {gainCapture, gainCurve} from "./gainCurve.js";
import {inversion} from "./inversion.js";
import {confusionMetrics, scoreMetrics} from "./metrics.js";
import {partialAuc} from "./partialAuc.js";
import {permutationTest} from "./permutationTest.js";
import {averagePrecision, davisGoadrichArea, precisionRecallArea, precisionRecallCurve} from "./precisionRecall.js";
import {auc, rocCurve} from "./rocCurve.js";
import {type ScoreLevels, scoreLevels} from "./scoreLevels.js";
import {chooseThreshold, describeRule, formatRule, type ThresholdRule} from "./threshold.js";
import {declarationOf} from "./thresholdRules.js";

/** What to evaluate beside the areas and curves. */
export interface EvaluationOptions {
  /** Rules for thresholds, each of which gives a confusion matrix. */
  readonly rules?: readonly ThresholdRule[];
  /** Another score of the same rows, to compare with. */
  readonly other?: ArrayLike<number>;
  /** Days that the rows span, for rates a day. */
  readonly days?: number;
  /** Replicates of bootstrap and permutation test, 0 for neither, the default. */
  readonly replicates?: number;
  /** Seed of both, 1 by default. */
  readonly seed?: number;
  /** Most points of a curve, 50,000 by default; a curve of more is thinned evenly. */
  readonly points?: number;
}

/**
 * All that labels (1 fake, 0 genuine, NaN unknown) tell of a score, as plain objects for JSON: areas with DeLong’s
 * interval, curves, best thresholds, and for each rule its threshold and what it does. Names are those of the project’s
 * golden files, and caret’s within `confusion`. Rules that need labels choose on one half of the labelled rows and are
 * judged on the other; all else is judged on all of them. What is undefined is NaN. Throws as scoreLevels and
 * chooseThreshold do.
 */
export function evaluate(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  {rules = [], other, days = NaN, replicates = 0, seed = 1, points = 50_000}: EvaluationOptions = {}
) {
  const levels = scoreLevels(label, score);
  const {positives, negatives} = levels;
  const known = positives + negatives;
  const partial = partialAuc(levels, {axis: "specificity", from: 0.9, to: 1});
  const area = delongInterval(levels);
  const inverted = inversion(area);
  return {
    rows: label.length,
    positives,
    negatives,
    unknown: label.length - known,
    base_rate: positives / known,
    auc: area.estimate,
    auc_delong_95: area,
    auc_variance_delong: delongVariance(levels),
    "partial_auc_specificity_0.9_to_1": partial.area,
    partial_auc_corrected: partial.corrected,
    pr_auc_integral: precisionRecallArea(levels),
    pr_auc_davis_goadrich: davisGoadrichArea(levels),
    average_precision: averagePrecision(levels),
    gain_capture: gainCapture(levels),
    probability: probability(label, score, levels),
    best_youden: bestThresholds(levels, "youden"),
    best_closest_topleft: bestThresholds(levels, "top-left"),
    at_top: [10, 100, 1000, 10_000].filter((k) => k <= known).map((k) => atTop(levels, k)),
    ...(replicates === 0 ? {} : resampled(label, score, levels, {replicates, seed})),
    confusion: rules.map((rule) => evaluateRule(rule, {label, score, levels, days, replicates, seed})),
    ...(other === undefined ? {} : {paired: paired(label, score, other)}),
    warnings: [...missingClasses(levels), ...(inverted === null ? [] : [inverted])],
    roc: thinned(rocCurve(levels), ["threshold", "sensitivity", "specificity"], points),
    precision_recall: thinned(precisionRecallCurve(levels), ["threshold", "precision", "recall"], points),
    gain: thinned(gainCurve(levels), ["threshold", "flagged", "gain", "lift"], points)
  };
}

interface Judged {
  readonly label: ArrayLike<number>;
  readonly score: ArrayLike<number>;
  readonly levels: ScoreLevels;
  readonly days: number;
  readonly replicates: number;
  readonly seed: number;
}

function evaluateRule(rule: ThresholdRule, {label, score, levels, days, replicates, seed}: Judged) {
  const threshold = chooseThreshold(score, rule, {label, days});
  const needsLabels = declarationOf(rule.rule).needs === "labels";
  const judged = needsLabels ? scoreLevels(reportedLabels(label, rule), score) : levels;
  const counts = countsAt(judged, threshold);
  const unknown = label.length - judged.positives - judged.negatives;
  const flagged = countAbove(score, threshold);
  const statistics = confusionStatistics(counts);
  const {tn, fp, fn, tp} = counts;
  const problem = degeneracy({threshold, unknown, ...counts}, {rows: "rows"});
  return {
    rule: formatRule(rule),
    meaning: describeRule(rule),
    threshold,
    judged_on: needsLabels ? "the half of the labelled rows that did not choose" : "all labelled rows",
    flagged,
    flagged_per_day: flagged / days,
    ...{tn, fp, fn, tp},
    unknown,
    overall: named(statistics, overallNames),
    byClass: named(statistics, byClassNames),
    more: Object.fromEntries(
      confusionMetrics.filter(({caretName}) => !caretName).map(({key, value}) => [snakeCase(key), value(counts)])
    ),
    intervals_95: {
      precision: proportion(tp, tp + fp),
      recall: proportion(tp, tp + fn),
      specificity: proportion(tn, tn + fp)
    },
    ...(replicates === 0 ? {} : {bootstrap: resampledAt(judged, threshold, {replicates, seed})}),
    degenerate: problem
  };
}

type Statistic = keyof typeof caretNames;

const overallNames: readonly Statistic[] = [
  "accuracy",
  "kappa",
  "accuracyLower",
  "accuracyUpper",
  "noInformationRate",
  "accuracyPValue",
  "mcnemarPValue"
];
const byClassNames = (Object.keys(caretNames) as Statistic[]).filter((name) => !overallNames.includes(name));

function named(statistics: Readonly<Record<Statistic, number>>, names: readonly Statistic[]) {
  return Object.fromEntries(names.map((name) => [caretNames[name], statistics[name]]));
}

function resampled(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  levels: ScoreLevels,
  options: {replicates: number; seed: number}
) {
  return {
    auc_bootstrap_95: bootstrap(levels, auc, options),
    pr_auc_bootstrap_95: bootstrap(levels, precisionRecallArea, options),
    auc_permutation_p_value: permutationTest(label, score, options).pValue
  };
}

function resampledAt(levels: ScoreLevels, threshold: number, options: {replicates: number; seed: number}) {
  const at = (statistic: (counts: ConfusionCounts) => number) =>
    bootstrap(levels, (replicate) => statistic(countsAt(replicate, threshold)), options);
  return {
    precision: at(({tp, fp}) => tp / (tp + fp)),
    recall: at(({tp, fn}) => tp / (tp + fn)),
    f1: at((counts) => confusionStatistics(counts).f1),
    kappa: at((counts) => confusionStatistics(counts).kappa)
  };
}

function paired(label: ArrayLike<number>, score: ArrayLike<number>, other: ArrayLike<number>) {
  const {statistic, pValue, auc, difference} = delongTest(label, score, other);
  return {statistic, p_value: pValue, auc, difference_95: difference};
}

/** Metrics that take scores for probabilities; null where the levels, which ascend, are none. */
function probability(label: ArrayLike<number>, score: ArrayLike<number>, levels: ScoreLevels) {
  const {level} = levels;
  if (level.length === 0 || level[0]! < 0 || level.at(-1)! > 1) return null;
  const metrics = scoreMetrics.filter(({key}) => probabilityKeys.has(key));
  return Object.fromEntries(metrics.map(({key, value}) => [snakeCase(key), value(label, score, levels)]));
}

const probabilityKeys = new Set(["brierScore", "logLoss", "classificationCost"]);

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function missingClasses({positives, negatives}: ScoreLevels): string[] {
  if (positives > 0 && negatives > 0) return [];
  const missing = positives > 0 ? "genuine" : negatives > 0 ? "fake" : "labelled";
  return [`No row is ${missing}, so that no ranking can be judged.`];
}

function countAbove(score: ArrayLike<number>, threshold: number): number {
  let count = 0;
  for (let row = 0; row < score.length; ++row) if (score[row]! > threshold) ++count;
  return count;
}

/** The named arrays of a curve, at most so many points of them, its ends always; says how many there were. */
function thinned<K extends string>(
  curve: Readonly<Record<K, Float64Array>>,
  names: readonly K[],
  most: number
): Record<K, number[]> & {thinned_from?: number} {
  const {length} = curve[names[0]!];
  const count = Math.min(length, most);
  const index = (i: number) => (count === length ? i : Math.round((i * (length - 1)) / (count - 1)));
  const arrays = names.map((name) => [name, Array.from({length: count}, (_, i) => curve[name][index(i)]!)]);
  return {...Object.fromEntries(arrays), ...(count < length ? {thinned_from: length} : {})};
}
