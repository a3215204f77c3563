import {betaQuantile} from "./betaDistribution.js";
import {normalUpperQuantile} from "./normalDistribution.js";

/** Bounds of a confidence interval; both NaN where nothing can be told. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** An estimate with the bounds of its confidence interval; NaN where nothing can be told. */
export interface Estimate extends Interval {
  readonly estimate: number;
}

/**
 * The exact interval of Clopper and Pearson 1934 for a binomial proportion, as R’s binom.test gives it: it covers the
 * truth at least as often as the confidence says, in (0, 1), 0.95 by default. Throws unless successes and trials are
 * whole numbers with 0 ≤ successes ≤ trials.
 */
export function clopperPearson(successes: number, trials: number, confidence = 0.95): Interval {
  validate(successes, trials, confidence);
  if (trials === 0) return {lower: NaN, upper: NaN};
  const tail = (1 - confidence) / 2;
  return {
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    upper: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes)
  };
}

/**
 * The score interval of Wilson 1927 for a binomial proportion, without continuity correction, as R’s prop.test gives
 * it with `correct = FALSE`: narrower than Clopper and Pearson’s, and right on average. Throws as clopperPearson does.
 */
export function wilson(successes: number, trials: number, confidence = 0.95): Interval {
  validate(successes, trials, confidence);
  if (trials === 0) return {lower: NaN, upper: NaN};
  const p = successes / trials;
  const z = normalUpperQuantile((1 - confidence) / 2);
  const z2 = (z * z) / trials;
  const center = p + z2 / 2;
  const margin = Math.sqrt(z2 * (p * (1 - p) + z2 / 4));
  return {
    lower: successes === 0 ? 0 : (center - margin) / (1 + z2),
    upper: successes === trials ? 1 : (center + margin) / (1 + z2)
  };
}

function validate(successes: number, trials: number, confidence: number): void {
  if (!Number.isSafeInteger(trials) || trials < 0) throw new RangeError(`invalid trials: ${trials}`);
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(`invalid successes: ${successes}`);
  }
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`invalid confidence: ${confidence}`);
}
