import type {Estimate} from "./interval.js";
import {percent} from "./wording.js";

/**
 * In plain words, that a score ranks fakes below genuine rows, by its area under ROC with the bounds of its interval, as
 * delongInterval gives them; null unless all of the interval lies below one half. At an area of 0, where the interval is
 * a point, the exact chance decides: 1 / C(m + n, m) of m fake and n genuine rows.
 */
export function inversion(
  {estimate, upper}: Estimate,
  {positives, negatives}: {readonly positives: number; readonly negatives: number}
): string | null {
  const isInverted = estimate === 0 ? isUnlikely(positives, negatives) : estimate < 0.5 && upper < 0.5;
  if (!isInverted) return null;
  return `The score is inverted: a fake row outscores a genuine one in only ${percent(estimate)} of pairs, where chance gives 50 %. Taken the other way round, it would in ${percent(1 - estimate)}.`;
}

// Whether C(m + n, m) exceeds 40, so that one order in so many has less than 2.5 %.
function isUnlikely(m: number, n: number): boolean {
  let orders = 1;
  for (let i = 1; i <= Math.min(m, n) && orders <= 40; ++i) orders *= (Math.max(m, n) + i) / i;
  return orders > 40;
}
