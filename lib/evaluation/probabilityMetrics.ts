import type {ScoreLevels} from "./scoreLevels.js";
import {validateLengths, validateRow} from "./validate.js";

/** What each error costs; the costs of one wrong row, 1 by default. */
export interface ErrorCosts {
  readonly miss?: number;
  readonly falseAlarm?: number;
}

/**
 * Brier’s score of probabilities that rows are fake: the mean of (p − label)², in [0, 1], as yardstick’s brier_class;
 * Brier’s own, the sum over both classes, is twice that. Label 1 is fake, 0 genuine; rows of label NaN are left out,
 * and without others the score is NaN. Throws a RangeError that names row and value where a score is outside [0, 1], and
 * as scoreLevels does.
 * Brier 1950, “Verification of forecasts expressed in terms of probability”.
 */
export function brierScore(label: ArrayLike<number>, score: ArrayLike<number>): number {
  return meanLoss(label, score, (_, wrong) => wrong ** 2);
}

/**
 * Logarithmic loss of probabilities that rows are fake: the mean of −log of what was given to the truth, in nats, from
 * 0; as yardstick’s mn_log_loss, which keeps probabilities 2⁻⁵² away from 0 and 1, so that a row costs 36.04 at most.
 * Labels and errors are as with brierScore.
 */
export function logLoss(label: ArrayLike<number>, score: ArrayLike<number>): number {
  return meanLoss(label, score, (right) => -Math.log(Math.max(Number.EPSILON, Math.min(right, 1 - Number.EPSILON))));
}

/**
 * Mean cost of probabilities that rows are fake, where p given to the wrong class costs p times that error: yardstick’s
 * classification_cost with no cost for what is right. From 0 to the greater cost. Labels and errors are as with
 * brierScore.
 */
export function classificationCost(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  {miss = 1, falseAlarm = 1}: ErrorCosts = {}
): number {
  return meanLoss(label, score, (_, wrong, isFake) => wrong * (isFake ? miss : falseAlarm));
}

/**
 * Area under the precision–recall curve by straight lines between its points, from recall 0 at precision 1, in [0, 1]:
 * yardstick’s pr_auc. Lines run above the curve where precision falls and below it where it rises; precisionRecallArea
 * follows it. NaN without fake rows, 1 without genuine ones.
 */
export function precisionRecallTrapezoid({level, fake, genuine, positives}: ScoreLevels): number {
  let area = 0;
  let tp = 0;
  let fp = 0;
  let precision = 1;
  for (let i = level.length - 1; i >= 0; --i) {
    const before = precision;
    tp += fake[i]!;
    fp += genuine[i]!;
    precision = tp / (tp + fp);
    area += fake[i]! * (before + precision);
  }
  return area / (2 * positives);
}

/** The mean over labelled rows of a loss of the probabilities that were given to the right and to the wrong class. */
function meanLoss(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  loss: (right: number, wrong: number, isFake: boolean) => number
): number {
  validateLengths(label, score);
  let sum = 0;
  let known = 0;
  for (let row = 0; row < label.length; ++row) {
    const y = label[row]!;
    const p = score[row]!;
    validateRow(y, p, row);
    if (p < 0 || p > 1) throw new RangeError(`invalid probability at row ${row}: ${p}`);
    if (Number.isNaN(y)) continue;
    sum += y === 1 ? loss(p, 1 - p, true) : loss(1 - p, p, false);
    ++known;
  }
  return sum / known;
}
