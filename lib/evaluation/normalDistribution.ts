import {continuedFraction} from "./continuedFraction.js";

/**
 * P(Z ≥ z) of the standard normal distribution, in [0, 1], exact to about 1e-14 of itself also far in the tail; 0 where
 * it is less than any number, beyond 38.5.
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z > 39) return 0;
  // z² = high² + (z − high) (z + high), where high² is exact
  const high = Math.fround(z);
  const exponential = Math.exp((high * high) / -2) * Math.exp(((high - z) * (high + z)) / 2);
  return (millsRatio(z) * exponential) / Math.sqrt(2 * Math.PI);
}

/**
 * The z with P(Z ≥ z) = p of the standard normal distribution, to full precision; p is in [0, 1], and its ends give
 * Infinity and −Infinity. Newton’s method on the logarithm of the tail: that is concave (Bagnoli and Bergstrom 2005,
 * “Log-concave probability and its applications”), so that z descends without passing the solution when it begins above,
 * as it does where the bound exp(−z²/2) / 2 equals p.
 */
export function normalUpperQuantile(p: number): number {
  if (p === 0) return Infinity;
  if (p > 0.5) return -normalUpperQuantile(1 - p);
  let z = Math.sqrt(-2 * Math.log(2 * p));
  let step: number;
  do {
    const ratio = millsRatio(z);
    step = ratio * (Math.log(ratio) - Math.log(p) - (z * z + Math.log(2 * Math.PI)) / 2);
    z += step;
  } while (step < -1e-9); // convergence is quadratic: what is left is about the square
  return z;
}

/**
 * P(Z ≥ z) over the density at z, for z ≥ 0: by Laplace’s continued fraction, or near 0 by the power series of
 * Marsaglia 2004, “Evaluating the normal distribution”.
 */
function millsRatio(z: number): number {
  if (z > 1) {
    const reciprocal = continuedFraction(
      z,
      (n) => n,
      () => z
    );
    return 1 / reciprocal;
  }
  let sum = 0;
  for (let n = 1, term = z; term > sum * Number.EPSILON; n += 2, term *= (z * z) / n) sum += term;
  return Math.sqrt(Math.PI / 2) * Math.exp((z * z) / 2) - sum;
}
