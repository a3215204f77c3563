import type {Estimate} from "./interval.js";
import {percent} from "./wording.js";

/**
 * In plain words, that a score ranks fakes below genuine rows, by its area under ROC with the bounds of its interval, as
 * delongInterval gives them; null unless all of the interval lies below one half, or the area is 0.
 */
export function inversion({estimate, upper}: Estimate): string | null {
  if (!(estimate < 0.5 && (upper < 0.5 || estimate === 0))) return null;
  return `The score is inverted: a fake row outscores a genuine one in only ${percent(estimate)} of pairs, where chance gives 50 %. Taken the other way round, it would in ${percent(1 - estimate)}.`;
}
