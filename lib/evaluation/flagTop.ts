import {verdicts} from "./agreement.js";
import {sorted} from "./quantile.js";

/**
 * The verdicts of a detector that may flag `most` rows: 1 for the rows of highest score, otherwise 0; fewer where scores tie at
 * the cut. So that detectors whose scores mean different things can be compared at one alert budget. Throws unless `most`
 * is a whole number from 0, and on scores that are not finite.
 */
export function flagTop(score: Float64Array, most: number): Uint8Array {
  if (!Number.isSafeInteger(most) || most < 0) throw new RangeError(`invalid most: ${most}`);
  const ascending = sorted(score);
  return verdicts(score, ascending[ascending.length - 1 - most] ?? Number.NEGATIVE_INFINITY);
}
