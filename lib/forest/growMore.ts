import type {Features} from "./features.js";
import type {Forest} from "./forest.js";
import {growTrees, type Weights} from "./growForest.js";
import {joinForests} from "./joinForests.js";

/**
 * A forest with so many more trees, grown from the given rows as the first ones were: with the same rows, the bytes of a
 * forest grown with all trees at once.
 */
export function growMore(forest: Forest, features: Features, trees: number, weights?: Weights): Forest {
  const from = forest.root.length - 1;
  if (!Number.isSafeInteger(trees) || trees < 1) throw new RangeError(`invalid trees: ${trees}`);
  return joinForests([forest, growTrees(features, forest, forest.parameters, {from, to: from + trees}, weights)]);
}
