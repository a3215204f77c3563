import {atTop} from "./atTop.js";
import {bestThresholds} from "./bestThreshold.js";
import {type Bootstrapped, bootstrapAll} from "./bootstrap.js";
import {f1, kappa} from "./confusionStatistics.js";
import {countsAt} from "./countsAt.js";
import {delongInterval, delongTest, delongVariance} from "./delong.js";
import {equalErrorRate} from "./detectionErrorCurve.js";
import {gainCapture, gainCurve} from "./gainCurve.js";
import type {Estimate} from "./interval.js";
import {inversion} from "./inversion.js";
import {type JudgedRule, judgement, judgeRules} from "./judgeRules.js";
import {partialAuc} from "./partialAuc.js";
import {pairedPermutationTest, permutationTest} from "./permutationTest.js";
import {averagePrecision, davisGoadrichArea, precisionRecallArea, precisionRecallCurve} from "./precisionRecall.js";
import {brierScore, classificationCost, logLoss} from "./probabilityMetrics.js";
import {auc, rocCurve} from "./rocCurve.js";
import {type ScoreLevels, scoreLevels} from "./scoreLevels.js";
import {formatRule, type ThresholdRule} from "./threshold.js";
import {validateCount} from "./validate.js";

/** What to evaluate beside the areas and curves. */
export interface EvaluationOptions {
  /** Rules for thresholds, each of which gives a confusion matrix. */
  readonly rules?: readonly ThresholdRule[];
  /** Another score of the same rows, to compare with. */
  readonly other?: ArrayLike<number>;
  /** Codes of the rows’ clients, −1 unknown: rules that need labels then part clients, not rows. */
  readonly client?: ArrayLike<number> | null;
  /** Days that the rows span, for rates a day, which less than one day does not give. */
  readonly days?: number;
  /** Replicates of bootstrap and permutation tests, 0 for neither, the default. */
  readonly replicates?: number;
  /** Seed of both, 1 by default. */
  readonly seed?: number;
  /** Most points of a curve, a whole number of at least 2, 50,000 by default; a curve of more is thinned evenly. */
  readonly points?: number;
}

/**
 * All that labels (1 fake, 0 genuine, NaN unknown) tell of a score, as plain objects for JSON: areas with DeLong’s
 * interval, curves, best thresholds, and for each rule its threshold and what it does. Names are those of the project’s
 * golden files, and caret’s within `confusion`.
 *
 * Rules that need labels choose on one half of the labelled rows, or of the clients where they are given, and are
 * judged on the other: `chosen_by` counts the labelled rows that a rule has used so, `unknown` those without a label.
 * All else is judged on all labelled rows. `best_youden` and `best_closest_topleft` are chosen and judged on the same
 * rows, as pROC does: a fit’s own numbers, which flatter it. Intervals and tests take rows as independent.
 *
 * What is undefined is NaN. A rule that has no answer stands under `refused` with the
 * reason. Throws as scoreLevels does, and on points or replicates out of range.
 */
export function evaluate(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  {rules = [], other, client = null, days = NaN, replicates = 0, seed = 1, points = 50_000}: EvaluationOptions = {}
) {
  validateCount(points, 2, "points");
  validateCount(replicates, 0, "replicates");
  const levels = scoreLevels(label, score);
  const {positives, negatives} = levels;
  const known = positives + negatives;
  const partial = partialAuc(levels, {axis: "specificity", from: 0.9, to: 1});
  const area = delongInterval(levels);
  const inverted = inversion(area, levels);
  const rows = {label, score, levels, client, days};
  const {judged, refused} = judgeRules(rules, rows);
  const options = replicates === 0 ? null : {replicates, seed};
  const [areas, ...spreads] = options === null ? [] : bootstrapAll(bootstrapped(levels, judged), options);
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
    equal_error_rate: equalErrorRate(levels),
    probability: probability(label, score, levels),
    best_youden: bestThresholds(levels, "youden"),
    best_closest_topleft: bestThresholds(levels, "top-left"),
    at_top: [10, 100, 1000, 10_000].filter((k) => k <= known).map((k) => atTop(levels, k)),
    ...(options === null
      ? {}
      : {
          auc_bootstrap_95: areas!.auc!,
          pr_auc_bootstrap_95: areas!.precisionRecallArea!,
          auc_permutation_p_value: permutationTest(label, score, options).pValue
        }),
    confusion: judged.map((rule, i) => ({
      ...judgement(rule, rows),
      ...(options === null ? {} : {bootstrap: spreads[i]!})
    })),
    refused: refused.map(({rule, reason}) => ({rule: formatRule(rule), reason})),
    ...(other === undefined ? {} : {paired: paired(label, score, other, options)}),
    warnings: [...missingClasses(levels), ...(inverted === null ? [] : [inverted]), ...pointInterval(area)],
    roc: thinned(rocCurve(levels), ["threshold", "sensitivity", "specificity"], points),
    precision_recall: thinned(precisionRecallCurve(levels), ["threshold", "precision", "recall"], points),
    gain: thinned(gainCurve(levels), ["threshold", "flagged", "gain", "lift"], points)
  };
}

/** What the bootstrap is of: both areas, then what each rule does at its threshold, which stays. */
function bootstrapped(levels: ScoreLevels, rules: readonly JudgedRule[]): Bootstrapped[] {
  const areas = (drawn: ScoreLevels) => {
    return {auc: auc(drawn), precisionRecallArea: precisionRecallArea(drawn)};
  };
  const statisticsAt = (threshold: number) => (drawn: ScoreLevels) => {
    const counts = countsAt(drawn, threshold);
    const {tp, fp, fn} = counts;
    return {precision: tp / (tp + fp), recall: tp / (tp + fn), f1: f1(counts), kappa: kappa(counts)};
  };
  return [
    {levels, statistics: areas},
    ...rules.map(({judged, threshold}) => ({levels: judged, statistics: statisticsAt(threshold)}))
  ];
}

function paired(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  other: ArrayLike<number>,
  options: {replicates: number; seed: number} | null
) {
  const {statistic, pValue, auc, difference} = delongTest(label, score, other);
  const permutation = options === null ? null : pairedPermutationTest(label, score, other, options);
  return {
    statistic,
    p_value: pValue,
    auc,
    difference_95: difference,
    ...(permutation === null ? {} : {permutation_p_value: permutation.pValue})
  };
}

/** Metrics that take scores for probabilities; null where the levels, which ascend, are none. */
function probability(label: ArrayLike<number>, score: ArrayLike<number>, {level}: ScoreLevels) {
  if (level.length === 0 || level[0]! < 0 || level.at(-1)! > 1) return null;
  return {
    brier_score: brierScore(label, score),
    log_loss: logLoss(label, score),
    classification_cost: classificationCost(label, score)
  };
}

function missingClasses({positives, negatives}: ScoreLevels): string[] {
  if (positives > 0 && negatives > 0) return [];
  const missing = positives > 0 ? "genuine" : negatives > 0 ? "fake" : "labelled";
  return [`No row is ${missing}, so that no ranking can be judged.`];
}

function pointInterval({lower, upper}: Estimate): string[] {
  if (lower !== upper) return [];
  return [
    "DeLong’s interval is a point, as no two rows of these contradict each other: it says nothing of other rows."
  ];
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
