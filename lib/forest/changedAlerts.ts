import {normalUpperTail} from "../evaluation/normalDistribution.js";
import {spread} from "./convergingScore.js";
import type {ForestParameters} from "./parameters.js";
import {meanOfScore} from "./scoreOfMean.js";
import type {TreeValues} from "./treeValues.js";

/**
 * The share of alerts that chance decides in a forest of so many trees: rows that it is expected to flag or spare other
 * than all trees together do, over the alerts; above 1 where most are spared. NaN without alerts, and with one tree.
 *
 * A row flips with P(Z ≥ |m − m*| √t / s): m and s are mean and deviation of what the trees say of it, m* the mean at the
 * threshold; the central limit theorem again. `weight` says how many rows each stands for, 1 unless given.
 */
export function changedAlerts(
  {rows, trees, values}: TreeValues,
  parameters: ForestParameters,
  threshold: number,
  weight?: Float64Array
): (count: number) => number {
  const limit = meanOfScore(parameters, threshold);
  const isHigh = parameters.metric === "boxed ratio";
  const distance = new Float64Array(rows);
  let alerts = 0;
  for (let row = 0; row < rows; ++row) {
    const {mean, deviation} = spread(values.subarray(row * trees, (row + 1) * trees));
    distance[row] = deviation === 0 ? Number.POSITIVE_INFINITY : Math.abs(mean - limit) / deviation;
    if (isHigh ? mean > limit : mean < limit) alerts += weight?.[row] ?? 1;
  }
  return (count) => {
    let flips = 0;
    for (let row = 0; row < rows; ++row) {
      flips += (weight?.[row] ?? 1) * normalUpperTail(distance[row]! * Math.sqrt(count));
    }
    return alerts === 0 ? Number.NaN : flips / alerts;
  };
}

/** The fewest trees with which a falling share is below the bound, up to `most`; Infinity when none are enough, or it is NaN. */
export function enoughTrees(share: (count: number) => number, bound: number, most = 1_000_000): number {
  if (!(share(most) < bound)) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = most;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (share(middle) < bound) high = middle;
    else low = middle;
  }
  return high;
}
