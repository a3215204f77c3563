import {averagePathLength} from "./averagePathLength.js";
import {exp2} from "./exp2.js";
import type {GrownTree} from "./growTree.js";
import {naturalLog} from "./naturalLog.js";
import type {Metric} from "./parameters.js";
import {fractionOf} from "./splitGain.js";

/** Smallest and largest value of a feature in a tree’s sample, null for categories. */
export type RangeOf = (feature: number) => readonly [number, number] | null;

/**
 * Writes into the threshold of each leaf what a row that ends there adds to its sum, by the metric:
 *
 * - `depth`: splits from the root, and the expected ones of the rows left together, d + c(n). Liu, Ting and Zhou 2008.
 * - `adjusted depth`: each split counts 2 / (1 + 1 / 2p), with p = (share of rows) / (share of range). Cortes 2021.
 * - `adjusted density`: the product of the same.
 * - `density`: ln of the share of rows over the share of volume.
 * - `boxed ratio`: the volume of the leaf’s box over that of the sample’s.
 * - `boxed density`, `boxed density 2`: ln of the share of rows times, and over, the boxed ratio.
 */
export function writeLeafValues(
  tree: GrownTree,
  {metric, dims, sampleSize}: {metric: Metric; dims: number; sampleSize: number},
  rangeOf: RangeOf
): void {
  const {nodes, feature, child, threshold, size, fraction} = tree;
  const path = new Float64Array(nodes);
  const parent = new Uint32Array(nodes);
  path[0] = metric === "adjusted density" ? 1 : 0;
  for (let node = 0; node < nodes; ++node) {
    const left = child[node]!;
    if (left === 0) {
      threshold[node] = leafValue(metric, path[node]!, size[node]!, sampleSize);
      continue;
    }
    const right = left + 1;
    parent[left] = parent[right] = node;
    const range = metric.startsWith("boxed") ? rangeOf(feature[node * dims]!) : null;
    const share = range === null ? fraction[node]! : boxShare(tree, parent, node, range);
    const rows = size[left]! / (size[left]! + size[right]!);
    path[left] = extended(metric, path[node]!, rows, share);
    path[right] = extended(metric, path[node]!, 1 - rows, 1 - share);
  }
}

const least = 2.2250738585072014e-308;

function extended(metric: Metric, path: number, rows: number, share: number): number {
  switch (metric) {
    case "depth":
      return path + 1;
    case "adjusted depth":
      return path + adjusted(rows, share);
    case "adjusted density":
      return Math.min(1e100, Math.max(path * adjusted(rows, share), Number.EPSILON));
    default:
      return path + naturalLog(Math.min(1, Math.max(share, least)));
  }
}

function adjusted(rows: number, share: number): number {
  const p = rows / Math.max(share, least);
  return 2 / (1 + 0.5 / p);
}

function leafValue(metric: Metric, path: number, size: number, sampleSize: number): number {
  switch (metric) {
    case "depth":
    case "adjusted depth":
      return path + remainingDepth(size);
    case "adjusted density":
      return path;
    case "density":
    case "boxed density 2":
      return naturalLog(size / sampleSize) - path;
    case "boxed density":
      return naturalLog(size / sampleSize) + path;
    case "boxed ratio":
      return exp2(Math.max(-1000, path * Math.LOG2E));
  }
}

/** c(n), between whole numbers by a straight line, as divided rows make sizes that are none. */
export function remainingDepth(size: number): number {
  const below = Math.floor(size);
  const c = averagePathLength(below);
  return size === below ? c : c + (size - below) * (averagePathLength(below + 1) - c);
}

// The left side’s share of the node’s box along its feature; the box starts as the sample’s range and shrinks with each split.
function boxShare(tree: GrownTree, parent: Uint32Array, node: number, range: readonly [number, number]): number {
  let [low, high] = range;
  let hasLow = false;
  let hasHigh = false;
  for (let below = node; below !== 0 && !(hasLow && hasHigh); below = parent[below]!) {
    const above = parent[below]!;
    if (tree.feature[above] !== tree.feature[node]) continue;
    const isLeft = tree.child[above] === below;
    if (isLeft && !hasHigh) {
      high = tree.threshold[above]!;
      hasHigh = true;
    } else if (!isLeft && !hasLow) {
      low = tree.threshold[above]!;
      hasLow = true;
    }
  }
  return fractionOf(tree.threshold[node]!, low, high);
}
