import {betaTails} from "./betaDistribution.js";

/**
 * P(T ≥ t) of Student’s t distribution with the degrees of freedom, at least 1 and not necessarily whole: R’s pt with
 * `lower.tail = FALSE`. Exact to about 1e-12 of itself also far in the tail. NaN where either argument is.
 */
export function studentUpperTail(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t) || Number.isNaN(degreesOfFreedom)) return NaN;
  if (t < 0) return 1 - studentUpperTail(-t, degreesOfFreedom);
  const square = t * t;
  const half = degreesOfFreedom / 2;
  // of the two equal tails, the one whose argument does not round to 1
  return square < degreesOfFreedom
    ? betaTails(square / (degreesOfFreedom + square), 0.5, half).upper / 2
    : betaTails(degreesOfFreedom / (degreesOfFreedom + square), half, 0.5).lower / 2;
}
