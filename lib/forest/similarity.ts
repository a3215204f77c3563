import {exp2} from "./exp2.js";
import type {Features} from "./features.js";
import type {Forest} from "./forest.js";
import {separationDepth} from "./separationDepth.js";
import {nodeDepths} from "./treeDepths.js";
import {treeLeaves} from "./treeLeaves.js";

/**
 * The share of trees, 0 to 1, in which two rows end in the same leaf: row by row against the rows of `to`, or against
 * each other, where the diagonal is 1. A positive semidefinite kernel. Throws as `treeLeaves` does. Breiman 2001, on
 * random forests’ proximities; isotree’s `predict(type = "kernel")`.
 */
export function proximity(forest: Forest, features: Features, to: Features = features): Float64Array {
  const {sums, trees} = sumOverPairs(forest, features, to, (sum, {isLeaf}) => (isLeaf ? sum + 1 : sum));
  return sums.map((sum) => sum / trees);
}

/**
 * How far apart two rows are, 0 to 1: row by row against the rows of `to`, or against each other, where the diagonal is 0.
 *
 *     2^(−(s − 1) / (D(ψ) − 1))
 *
 * with s the splits until the two are parted, averaged over the trees, D(ψ) what is expected of two rows of a sample, and
 * 1 the split that no pair is spared: 1 for rows that every first split parts, 0.5 for a pair like any other. Rows that
 * share a leaf of n would be parted D(n) splits below it, at least one; a sample counts as three rows or more. Throws as
 * `treeLeaves` does. Cortes 2019, “Distance approximation using isolation forests”; isotree’s `predict(type = "dist")`
 * puts D = 3 for both.
 */
export function separationDistance(forest: Forest, features: Features, to: Features = features): Float64Array {
  const {sums, trees, rows, others} = sumOverPairs(
    forest,
    features,
    to,
    (sum, {isLeaf, depth, size}) => sum + depth + (isLeaf ? separationDepth(Math.max(2, size)) : 1)
  );
  const expected = separationDepth(Math.max(3, forest.parameters.sampleSize)) - 1;
  const distances = sums.map((sum) => exp2(Math.max(-1000, (1 - sum / trees) / expected)));
  if (to === features) for (let i = 0; i < rows; ++i) distances[i * others + i] = 0;
  return distances;
}

/** Where a tree parts two rows, or the leaf in which it leaves them together. */
interface Parting {
  readonly isLeaf: boolean;
  readonly depth: number;
  readonly size: number;
}

// Each tree puts the rows in the order of their leaves, so that those below any node lie side by side: a pair is visited
// once a tree, at the node that parts it.
function sumOverPairs(
  forest: Forest,
  features: Features,
  to: Features,
  add: (sum: number, parting: Parting) => number
) {
  const {root, child, size} = forest;
  const trees = root.length - 1;
  const depth = nodeDepths(forest);
  const leaves = treeLeaves(forest, features);
  const otherLeaves = to === features ? leaves : treeLeaves(forest, to);
  const rows = leaves.length / trees;
  const others = otherLeaves.length / trees;
  const sums = new Float64Array(rows * others);
  for (let tree = 0; tree < trees; ++tree) {
    const a = inLeafOrder(forest, tree, leaves, trees);
    const b = to === features ? a : inLeafOrder(forest, tree, otherLeaves, trees);
    const addAll = (node: number, other: number, parting: Parting) => {
      for (let i = a.from[node]!; i < a.from[node]! + a.count[node]!; ++i) {
        const at = a.order[i]! * others;
        for (let k = b.from[other]!; k < b.from[other]! + b.count[other]!; ++k) {
          sums[at + b.order[k]!] = add(sums[at + b.order[k]!]!, parting);
        }
      }
    };
    for (let node = root[tree]!; node < root[tree + 1]!; ++node) {
      const i = node - root[tree]!;
      const left = child[node]! - root[tree]!;
      const parting = {isLeaf: child[node] === 0, depth: depth[node]!, size: size[node]!};
      if (parting.isLeaf) addAll(i, i, parting);
      else {
        addAll(left, left + 1, parting);
        addAll(left + 1, left, parting);
      }
    }
  }
  return {sums, trees, rows, others};
}

/** The rows of one tree in the order of its leaves; those below node i are `count[i]`, starting at `from[i]`. */
function inLeafOrder({root, child}: Forest, tree: number, leaves: Uint32Array, trees: number) {
  const first = root[tree]!;
  const nodes = root[tree + 1]! - first;
  const rows = leaves.length / trees;
  const count = new Uint32Array(nodes);
  const from = new Uint32Array(nodes);
  for (let row = 0; row < rows; ++row) count[leaves[row * trees + tree]!]!++;
  for (let i = nodes - 1; i >= 0; --i) {
    const left = child[first + i]! - first;
    if (child[first + i] !== 0) count[i] = count[left]! + count[left + 1]!;
  }
  for (let i = 0; i < nodes; ++i) {
    const left = child[first + i]! - first;
    if (child[first + i] === 0) continue;
    from[left] = from[i]!;
    from[left + 1] = from[i]! + count[left]!;
  }
  const next = from.slice();
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; ++row) order[next[leaves[row * trees + tree]!]!++] = row;
  return {order, from, count};
}
