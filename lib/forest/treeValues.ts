import {columnsOf, type Features} from "./features.js";
import type {Forest} from "./forest.js";
import {walkTree} from "./walkTrees.js";

/** One number for each row and tree; that of row i in tree t stands at i × trees + t. */
export interface TreeValues {
  readonly rows: number;
  readonly trees: number;
  readonly values: Float64Array;
}

/**
 * What each tree adds to a row’s sum: its leaf’s depth, log density or ratio, as the metric says, less one for each split
 * whose range penalty the row pays. The mean over the trees is `meanValues`. Throws as `scoreRows` does.
 */
export function treeValues(forest: Forest, features: Features): TreeValues {
  const {columns} = columnsOf(features, forest, forest.parameters.missing !== "fail");
  const {threshold} = forest;
  const rows = columns[0]!.length;
  const trees = forest.root.length - 1;
  const values = new Float64Array(rows * trees);
  for (let tree = 0; tree < trees; ++tree) {
    walkTree(forest, tree, columns, 0, rows, (row, leaf, weight, penalty) => {
      values[row * trees + tree]! += weight * (threshold[leaf]! - penalty);
    });
  }
  return {rows, trees, values};
}
