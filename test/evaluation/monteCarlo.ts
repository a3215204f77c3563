import type {BootstrapOptions} from "../../lib/evaluation/bootstrap.js";

/** How many standard errors of the share of replicates beyond a bound two bootstraps may differ by. */
const standardErrors = 4;

/**
 * Options of two intervals from the same replicates, between whose bounds those of another bootstrap at 95 % lie but
 * for Monte Carlo error: the share of replicates beyond a bound has the variance p (1 − p) / replicates in each of the
 * two bootstraps, and the sum in their difference. This holds for any statistic, also where replicates tie.
 */
export function monteCarloOptions(
  replicates: number,
  theirs: number
): {wide: BootstrapOptions; narrow: BootstrapOptions} {
  const p = 0.025;
  const error = standardErrors * Math.sqrt(p * (1 - p) * (1 / replicates + 1 / theirs));
  const at = (tail: number) => ({replicates, confidence: 1 - 2 * tail});
  return {wide: at(Math.max(1e-9, p - error)), narrow: at(p + error)};
}
