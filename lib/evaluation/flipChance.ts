import {normalUpperTail} from "./normalDistribution.js";

/** A mean over independent draws, its standard error, and the threshold that decides which side it is on, in one unit. */
export interface UncertainMean {
  readonly mean: number;
  readonly standardError: number;
  readonly threshold: number;
}

/**
 * The chance, in [0, 1/2], that another mean over as many new draws falls on the other side of the threshold:
 * P(Z ≥ |m − m*| / (√2 e)), m the mean, m* the threshold, e the standard error. Both means err by e about the truth, which
 * nobody knows, so that they differ from each other by √2 e; with e alone it would be the chance that the truth is on the
 * other side. By the central limit theorem; about a row picked because it is flagged, somewhat too low, as some of those
 * are flagged by luck. Without an error nothing flips, also on the threshold itself; NaN where the error is unknown.
 */
export function flipChance({mean, standardError, threshold}: UncertainMean): number {
  if (standardError === 0) return 0;
  return normalUpperTail(Math.abs(mean - threshold) / (Math.SQRT2 * standardError));
}
