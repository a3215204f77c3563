import {gainCapture} from "./gainCurve.js";
import {type Metric, share, signed, unbounded} from "./metric.js";
import {averagePrecision, precisionRecallArea} from "./precisionRecall.js";
import {brierScore, classificationCost, logLoss, precisionRecallTrapezoid} from "./probabilityMetrics.js";
import {auc} from "./rocCurve.js";
import {type ScoreLevels, scoreLevels} from "./scoreLevels.js";

/** A metric of scores against labels, at no threshold. */
export interface ScoreMetric extends Metric {
  /** Of labels (1 fake, 0 genuine, NaN unknown) and scores, whose levels may be given where they are at hand. */
  readonly value: (label: ArrayLike<number>, score: ArrayLike<number>, levels?: ScoreLevels) => number;
}

const noProbability = "That an anomaly score is no probability, which it takes it for";

/** The metrics of scores: of their order, then of scores taken as probabilities, which throw outside [0, 1]. */
export const scoreMetrics: readonly ScoreMetric[] = [
  {
    key: "auc",
    name: "Area under the ROC curve",
    yardstickName: "roc_auc",
    formula: "P(a fake row scores higher than a genuine one), ties counting one half",
    range: share,
    direction: "higher",
    hides: "The threshold, and how rare fakes are: most of the curve lies where nobody would work.",
    value: ofLevels(auc)
  },
  {
    key: "precisionRecallArea",
    name: "Area under the precision–recall curve",
    formula: "∫ precision d recall, counts interpolated between thresholds: PRROC’s auc.integral",
    range: share,
    direction: "higher",
    hides: "The threshold; chance gives the prevalence, so that different traffic does not compare.",
    value: ofLevels(precisionRecallArea)
  },
  {
    key: "precisionRecallTrapezoid",
    name: "The same by straight lines",
    yardstickName: "pr_auc",
    formula: "Σ (recallᵢ − recallᵢ₋₁) × (precisionᵢ + precisionᵢ₋₁) / 2, from recall 0, precision 1",
    range: share,
    direction: "higher",
    hides:
      "What the area above hides, and the curve: its lines run above it where precision falls, below where it rises.",
    value: ofLevels(precisionRecallTrapezoid)
  },
  {
    key: "averagePrecision",
    name: "Average precision",
    yardstickName: "average_precision",
    formula: "Σ (recallᵢ − recallᵢ₋₁) × precisionᵢ",
    range: share,
    direction: "higher",
    hides: "The threshold; chance gives about the prevalence, so that different traffic does not compare.",
    value: ofLevels(averagePrecision)
  },
  {
    key: "gainCapture",
    name: "Gain capture, Gini coefficient",
    yardstickName: "gain_capture",
    formula: "2 × AUC − 1",
    range: signed,
    direction: "higher",
    hides: "What the area under the ROC curve hides.",
    value: ofLevels(gainCapture)
  },
  {
    key: "brierScore",
    name: "Brier score",
    yardstickName: "brier_class",
    formula: "Σ (p − y)² / n; Brier’s own, over both classes, is twice that",
    range: share,
    direction: "lower",
    hides: `${noProbability}; rare fakes make it low by themselves: p = 0 throughout gives the prevalence.`,
    value: brierScore
  },
  {
    key: "logLoss",
    name: "Log loss",
    yardstickName: "mn_log_loss",
    formula: "−Σ (y ln p + (1 − y) ln(1 − p)) / n, p kept 2⁻⁵² away from 0 and 1",
    range: [0, -Math.log(Number.EPSILON)],
    direction: "lower",
    hides: `${noProbability}; one row that is wrong for sure costs 36, more than many that are right.`,
    value: logLoss
  },
  {
    key: "classificationCost",
    name: "Classification cost",
    yardstickName: "classification_cost",
    formula: "Σ cost × p given to the wrong class / n, each cost 1 unless set",
    range: unbounded,
    direction: "lower",
    hides: `${noProbability}; and its costs are as good as who set them.`,
    value: (label, score) => classificationCost(label, score)
  }
];

function ofLevels(metric: (levels: ScoreLevels) => number): ScoreMetric["value"] {
  return (label, score, levels = scoreLevels(label, score)) => metric(levels);
}
