import {columnsOf, type Features} from "./features.js";
import type {Forest} from "./forest.js";
import {walkTree} from "./walkTrees.js";

/**
 * The leaf in which each row ends, as its number within its tree, where the root is 0; that of row i in tree t stands at
 * i × trees + t. Throws as `scoreRows` does, and where missing values divide a row among several leaves.
 */
export function treeLeaves(forest: Forest, features: Features): Uint32Array {
  const {columns} = columnsOf(features, forest, forest.parameters.missing !== "fail");
  const {root} = forest;
  const rows = columns[0]!.length;
  const trees = root.length - 1;
  const leaves = new Uint32Array(rows * trees);
  for (let tree = 0; tree < trees; ++tree) {
    walkTree(forest, tree, columns, 0, rows, (row, leaf, weight) => {
      if (weight < 1)
        throw new RangeError(`expected one leaf a tree, got several, for the missing values of row: ${row}`);
      leaves[row * trees + tree] = leaf - root[tree]!;
    });
  }
  return leaves;
}
