import {continuedFraction} from "./continuedFraction.js";

/**
 * P(X ≤ x) and P(X ≥ x) of the beta distribution with shapes a, b ≥ ½: the regularised incomplete beta function at x in
 * [0, 1] and its complement. Relative errors stay below 3e-13, however small the tail, plus what rounding x in its last
 * bit would change, which comes to 4e-12 for tails of 1e-100 where a + b is millions.
 */
export function betaTails(x: number, a: number, b: number): {lower: number; upper: number} {
  const y = 1 - x;
  if (x === 0) return {lower: 0, upper: 1};
  if (y === 0) return {lower: 1, upper: 0};
  const density = Math.exp(logDensity(x, y, a, b));
  if (a * y < b * x) {
    const upper = density / reversedHazard(y, x, b, a);
    return {lower: 1 - upper, upper};
  }
  const lower = density / reversedHazard(x, y, a, b);
  return {lower, upper: 1 - lower};
}

/** The x with P(X ≤ x) = p of the beta distribution with shapes a, b ≥ ½, to full precision; p is in [0, 1]. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p > betaTails(a / (a + b), a, b).lower) return 1 / (1 + lowerOdds(1 - p, b, a));
  const odds = lowerOdds(p, a, b);
  return odds / (1 + odds);
}

/** P(X ≤ k) of the binomial distribution of n trials with success probability p; as exact as betaTails. */
export function binomialLowerTail(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  return k < n ? betaTails(p, k + 1, n - k).upper : 1;
}

/**
 * x / (1 − x) for the quantile x of p, at most about the mean. Newton’s method on the logarithm of P(X ≤ x) as a
 * function of the log odds: that is concave (Bagnoli and Bergstrom 2005, “Log-concave probability and its
 * applications”), so that the odds ascend without passing the solution when they begin below, as they do where the bound
 * oddsᵃ / (a B(a, b)) equals p.
 */
function lowerOdds(p: number, a: number, b: number): number {
  const n = a + b;
  const logBeta = a * Math.log(a / n) + b * Math.log(b / n) - logDensity(a / n, b / n, a, b);
  let odds = Math.exp((Math.log(p * a) + logBeta) / a);
  // convergence is quadratic: when odds rise by 1e-10, what is left is about √(a + b) times the square
  for (let previous = 0; odds > previous * (1 + 1e-10); ) {
    const x = odds / (1 + odds);
    const y = 1 / (1 + odds);
    const slope = reversedHazard(x, y, a, b);
    previous = odds;
    odds *= Math.exp((Math.log(p * slope) - logDensity(x, y, a, b)) / slope);
  }
  return odds;
}

/**
 * The density of the log odds at x over P(X ≤ x), where y = 1 − x and x is not above the mean: the continued fraction
 * of Didonato and Morris 1992, “Algorithm 708: significant digit computation of the incomplete beta function ratios”.
 */
function reversedHazard(x: number, y: number, a: number, b: number): number {
  const lambda = a * y - b * x + 1;
  return continuedFraction(
    (a * lambda) / (a + 1),
    (n) => ((a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x) / (a + 2 * n - 1) ** 2,
    (n) => n + (n * (b - n) * x) / (a + 2 * n - 1) + ((a + n) * (lambda + n * (1 + y))) / (a + 2 * n + 1)
  );
}

/**
 * log of xᵃ yᵇ / B(a, b), the density of the log odds at x, where y = 1 − x. This and its two parts are from Loader
 * 2000, “Fast and accurate computation of binomial probabilities”, as in R’s dbinom_raw.
 */
function logDensity(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  return (
    Math.log(((a / n) * b) / (2 * Math.PI)) / 2 +
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x) -
    deviance(b, n * y)
  );
}

/** x log(x / np) + np − x, where x is near np by the series in v = (x − np) / (x + np). */
function deviance(x: number, np: number): number {
  const v = (x - np) / (x + np);
  if (Math.abs(v) > 0.5) return x * Math.log(x / np) + np - x;
  let sum = (x - np) * v;
  let power = 2 * x * v ** 3;
  for (let j = 3; Math.abs(power) > sum * Number.EPSILON; j += 2, power *= v * v) sum += power / j;
  return sum;
}

/** log of Γ(z + 1) / (√(2πz) (z / e)ᶻ): Stirling’s series, or for small z from that of z + 1. */
function stirlingError(z: number): number {
  if (z < 15) return stirlingError(z + 1) + (z + 0.5) * Math.log1p(1 / z) - 1;
  const z2 = z * z;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / z2) / z2) / z2) / z2) / z;
}
