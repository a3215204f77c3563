import {type ScoreLevels, thresholdsBetween} from "./scoreLevels.js";
import type {ThresholdRule} from "./thresholdRules.js";

/** A rule that needs labels to choose by. */
export type LabelRule = Extract<
  ThresholdRule,
  {rule: "youden" | "top-left" | "f-beta" | "mcc" | "cost" | "recall" | "precision"}
>;

/** A threshold with what it reaches. */
export interface BestThreshold {
  /** Midway between neighbouring scores; −Infinity to flag everything, Infinity to flag nothing. */
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
  /** For Youden’s index: sensitivity + specificity, in [0, 2], as pROC’s coords call it; the index is less by 1. */
  readonly youden?: number;
}

/**
 * The threshold that the rule holds for best; of several equally good ones the highest, which raises the fewest
 * alerts. It lies midway between neighbouring scores, or is −Infinity where flagging everything is best and Infinity
 * where flagging nothing is.
 * `youden`: greatest sensitivity + specificity. `top-left`: least (1 − sensitivity)² + (1 − specificity)². `f-beta`:
 * greatest (1 + β²) TP / ((1 + β²) TP + β² FN + FP). `mcc`: greatest Matthews correlation, 0 where nothing or
 * everything is flagged. `cost`: least miss · π (1 − sensitivity) + falseAlarm · (1 − π) (1 − specificity) with the
 * prevalence π, that of the labels unless given. `recall`: the fewest alerts among those with at least that recall.
 * `precision`: the greatest recall among those with at least that precision, which flagging nothing does not have.
 * Throws where a class has no rows, and where no threshold reaches the precision.
 */
export function bestThreshold(levels: ScoreLevels, rule: LabelRule): number {
  if (levels.positives === 0 || levels.negatives === 0) {
    throw new RangeError(`labelled rows of both classes are needed by the rule: ${rule.rule}`);
  }
  const places = bestPlaces(levels, meritOf(rule, levels));
  if (places.length === 0 && rule.rule === "precision") {
    throw new RangeError(`no threshold reaches a precision of ${rule.least}`);
  }
  return thresholdsBetween(levels.level)[places.at(-1)!]!;
}

/**
 * Every best threshold by Youden’s index or by the distance to the top left corner, ascending, as pROC’s coords(roc,
 * "best") gives them with equal weights; none where a class has no rows.
 */
export function bestThresholds(levels: ScoreLevels, criterion: "youden" | "top-left"): BestThreshold[] {
  const {level, fake, genuine, positives, negatives} = levels;
  if (positives === 0 || negatives === 0) return [];
  const thresholds = thresholdsBetween(level);
  let tp = positives;
  let fp = negatives;
  let i = 0;
  return bestPlaces(levels, meritOf({rule: criterion}, levels)).map((place) => {
    for (; i < place; ++i) {
      tp -= fake[i]!;
      fp -= genuine[i]!;
    }
    const sensitivity = tp / positives;
    const specificity = (negatives - fp) / negatives;
    const point = {threshold: thresholds[place]!, sensitivity, specificity};
    return criterion === "youden" ? {...point, youden: sensitivity + specificity} : point;
  });
}

/** How good it is to flag so many fake and so many genuine rows; −Infinity where the rule forbids it. */
type Merit = (tp: number, fp: number) => number;

function meritOf(rule: LabelRule, {positives, negatives}: ScoreLevels): Merit {
  switch (rule.rule) {
    // The first two in pROC’s floating-point expressions, so that what ties there ties here.
    case "youden":
      return (tp, fp) => tp / positives + (negatives - fp) / negatives;
    case "top-left":
      return (tp, fp) => -((1 - tp / positives) ** 2 + (1 - (negatives - fp) / negatives) ** 2);
    case "f-beta": {
      const square = rule.beta * rule.beta;
      return (tp, fp) => ((1 + square) * tp) / ((1 + square) * tp + square * (positives - tp) + fp);
    }
    case "mcc":
      return (tp, fp) => {
        const fn = positives - tp;
        const tn = negatives - fp;
        return (tp * tn - fp * fn) / Math.sqrt((tp + fp) * positives * negatives * (tn + fn) || 1);
      };
    case "cost": {
      const {miss, falseAlarm, prevalence} = rule;
      // The labels’ own prevalence cancels: whole costs are then summed exactly, and tie where they should.
      const perMiss = prevalence === undefined ? miss : (miss * prevalence) / positives;
      const perFalseAlarm = prevalence === undefined ? falseAlarm : (falseAlarm * (1 - prevalence)) / negatives;
      return (tp, fp) => -(perMiss * (positives - tp) + perFalseAlarm * fp);
    }
    case "recall":
      return (tp) => (tp / positives >= rule.least ? 0 : -Infinity);
    case "precision":
      return (tp, fp) => (tp / (tp + fp) >= rule.least ? tp : -Infinity);
  }
}

/** Places in thresholdsBetween where the merit is greatest, ascending; none where all are forbidden. */
function bestPlaces({level, fake, genuine, positives, negatives}: ScoreLevels, merit: Merit): number[] {
  let places: number[] = [];
  let best = -Infinity;
  let tp = positives;
  let fp = negatives;
  for (let i = 0; i <= level.length; ++i) {
    const value = merit(tp, fp);
    if (value > best) {
      places = [i];
      best = value;
    } else if (value === best && best > -Infinity) places.push(i);
    tp -= fake[i]!;
    fp -= genuine[i]!;
  }
  return places;
}
