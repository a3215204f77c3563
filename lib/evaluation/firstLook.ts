import type {ThresholdRule} from "./threshold.js";

/**
 * The rule to look at rows by of which nothing is known yet: the highest one in a hundred, but ten where there are so many,
 * and never more than half. It always flags something, which a distance from the median does not.
 */
export function firstLook(rows: number): ThresholdRule {
  return {rule: "quantile", share: Math.min(0.5, Math.max(0.01, Number((10 / rows).toPrecision(2))))};
}
