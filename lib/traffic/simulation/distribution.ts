import {randomBeta, randomLogNormal, randomNormal, randomPoisson, randomUniform} from "d3-random";
import {weightedIndex} from "./weightedIndex.js";

/**
 * A distribution as plain data. A bare number always draws itself; `logNormal` takes the median and the standard
 * deviation of the logarithm; `mixture` first picks one of its parts by weight.
 */
export type Distribution =
  | number
  | {readonly uniform: readonly [low: number, high: number]}
  | {readonly normal: readonly [mean: number, deviation: number]}
  | {readonly logNormal: readonly [median: number, spread: number]}
  | {readonly poisson: number}
  | {readonly beta: readonly [alpha: number, beta: number]}
  | {readonly mixture: readonly (readonly [weight: number, part: Distribution])[]};

/** The mixture of the given parts, each with its weight before it. */
export function either(...mixture: (readonly [weight: number, part: Distribution])[]): Distribution {
  return {mixture};
}

/** Draws from a distribution, by the generators of d3-random over the given source. */
export function sampler(distribution: Distribution, random: () => number): () => number {
  if (typeof distribution === "number") return () => distribution;
  if ("uniform" in distribution) return randomUniform.source(random)(...distribution.uniform);
  if ("normal" in distribution) return randomNormal.source(random)(...distribution.normal);
  if ("poisson" in distribution) return randomPoisson.source(random)(distribution.poisson);
  if ("beta" in distribution) return randomBeta.source(random)(...distribution.beta);
  if ("logNormal" in distribution) {
    const [median, spread] = distribution.logNormal;
    return randomLogNormal.source(random)(Math.log(median), spread);
  }
  const parts = distribution.mixture.map(([, part]) => sampler(part, random));
  const pick = weightedIndex(
    distribution.mixture.map(([weight]) => weight),
    random
  );
  return () => parts[pick()]!();
}
