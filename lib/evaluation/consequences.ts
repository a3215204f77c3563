import type {ConfusionCounts} from "./confusionMatrix.js";
import {clopperPearson, type Estimate} from "./interval.js";

/** What an error costs, in any unit, 0 or more. */
export interface Costs {
  /** Of a fake row that is not flagged. */
  readonly miss: number;
  /** Of a genuine row that is flagged. */
  readonly falseAlarm: number;
}

/** What an operating point means for those who live with it. */
export interface Consequences {
  /** Share of alerts that are real, where the share of fake rows is the prevalence. */
  readonly precision: Estimate;
  /** Share of fake rows that are not flagged. */
  readonly missed: Estimate;
  /** Share of genuine rows that are flagged. */
  readonly falseAlarms: Estimate;
  /** Expected cost of a row, and what flagging nothing and flagging everything would cost. */
  readonly cost: {readonly perRow: number; readonly flagNothing: number; readonly flagEverything: number};
}

/**
 * What the operating point with these counts means where `prevalence`, in [0, 1], is the share of fake rows, by default
 * that among the labelled. Sensitivity and false-alarm rate are taken to stay as they are. Intervals are
 * Clopper–Pearson’s. The precision at another prevalence has those of both rates in it, each at 97.5 %, so that it covers
 * at least as often as 95 % says (Bonferroni). Throws on a prevalence outside its range and on costs that are negative or
 * infinite.
 */
export function consequences(
  {tp, fp, fn, tn}: ConfusionCounts,
  {prevalence, costs = {miss: 1, falseAlarm: 1}}: {prevalence?: number; costs?: Costs} = {}
): Consequences {
  const positives = tp + fn;
  const negatives = fp + tn;
  const share = prevalence ?? positives / (positives + negatives);
  if (share < 0 || share > 1) throw new RangeError(`invalid prevalence: ${share}`);
  for (const cost of [costs.miss, costs.falseAlarm]) {
    if (!(cost >= 0 && cost < Infinity)) throw new RangeError(`invalid cost: ${cost}`);
  }
  const miss = share * costs.miss;
  const alarm = (1 - share) * costs.falseAlarm;
  return {
    precision: prevalence === undefined ? proportion(tp, tp + fp) : precisionAt(prevalence, {tp, fp, fn, tn}),
    missed: proportion(fn, positives),
    falseAlarms: proportion(fp, negatives),
    cost: {
      perRow: part(miss, fn / positives) + part(alarm, fp / negatives),
      flagNothing: miss,
      flagEverything: alarm
    }
  };
}

/** A share with its interval; all NaN of nothing. */
export function proportion(successes: number, trials: number, confidence = 0.95): Estimate {
  return {estimate: successes / trials, ...clopperPearson(successes, trials, confidence)};
}

function precisionAt(prevalence: number, {tp, fp, fn, tn}: ConfusionCounts): Estimate {
  const caught = proportion(tp, tp + fn, 0.975);
  const alarmed = proportion(fp, fp + tn, 0.975);
  const precision = (sensitivity: number, falseAlarms: number) => {
    const real = prevalence * sensitivity;
    return real / (real + (1 - prevalence) * falseAlarms);
  };
  const estimate = precision(caught.estimate, alarmed.estimate);
  if (Number.isNaN(estimate)) return {estimate: NaN, lower: NaN, upper: NaN};
  return {estimate, lower: precision(caught.lower, alarmed.upper), upper: precision(caught.upper, alarmed.lower)};
}

// What cannot happen costs nothing, also where no row tells how often it would.
function part(weight: number, rate: number): number {
  return weight === 0 ? 0 : weight * rate;
}
