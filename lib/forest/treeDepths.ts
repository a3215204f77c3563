import {columnsOf, type Features} from "./features.js";
import type {Forest} from "./forest.js";
import {remainingDepth} from "./leafValues.js";
import type {TreeValues} from "./treeValues.js";
import {walkTree} from "./walkTrees.js";

/**
 * How many splits each tree needs until a row is alone, whatever the metric: those above its leaf, and c(n) that are
 * expected among the n rows left together there. Range penalties do not count. Throws as `scoreRows` does.
 */
export function treeDepths(forest: Forest, features: Features): TreeValues {
  const {columns} = columnsOf(features, forest, forest.parameters.missing !== "fail");
  const depth = nodeDepths(forest);
  const rows = columns[0]!.length;
  const trees = forest.root.length - 1;
  const values = new Float64Array(rows * trees);
  for (let tree = 0; tree < trees; ++tree) {
    walkTree(forest, tree, columns, 0, rows, (row, leaf, weight) => {
      values[row * trees + tree]! += weight * (depth[leaf]! + remainingDepth(forest.size[leaf]!));
    });
  }
  return {rows, trees, values};
}

/** Splits above each node, 0 at the roots. */
export function nodeDepths({child}: Forest): Uint32Array {
  const depth = new Uint32Array(child.length);
  for (let node = 0; node < child.length; ++node) {
    const left = child[node]!;
    if (left !== 0) depth[left] = depth[left + 1] = depth[node]! + 1;
  }
  return depth;
}
