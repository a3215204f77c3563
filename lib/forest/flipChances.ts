import {flipChance} from "../evaluation/flipChance.js";
import {spread} from "./convergingScore.js";
import type {Features} from "./features.js";
import type {Forest} from "./forest.js";
import {meanOfScore} from "./scoreOfMean.js";
import {takeFeatures} from "./takeFeatures.js";
import {treeValues} from "./treeValues.js";

/**
 * For each of the given rows, the chance in [0, 1/2] that another forest of the same kind, grown from another seed, would
 * put it on the other side of the threshold: `flipChance` of the mean that the score is made of, over trees that are
 * grown independently, with the standard error s / √t. The threshold stays where it is; a rule that follows the scores
 * would move with the seed too, a little. NaN for a forest of one tree, which shows no spread; 0 at thresholds that
 * no score, or every score, exceeds. Holds rows × trees numbers at a time. Throws as `scoreRows` does, and on a threshold
 * of NaN.
 */
export function flipChances(
  forest: Forest,
  features: Features,
  rows: ArrayLike<number>,
  threshold: number
): Float64Array {
  if (Number.isNaN(threshold)) throw new RangeError(`invalid threshold: ${threshold}`);
  const chances = new Float64Array(rows.length);
  if (rows.length === 0 || threshold >= 1 || threshold <= 0) return chances;
  const {trees, values} = treeValues(forest, takeFeatures(features, rows));
  const limit = meanOfScore(forest.parameters, threshold);
  for (let i = 0; i < chances.length; ++i) {
    const {mean, deviation} = spread(values.subarray(i * trees, (i + 1) * trees));
    chances[i] = flipChance({mean, standardError: deviation / Math.sqrt(trees), threshold: limit});
  }
  return chances;
}
