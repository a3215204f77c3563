import {columnsOf, type Features} from "./features.js";
import type {Forest} from "./forest.js";
import {remainingDepth} from "./leafValues.js";
import {projection, splitValue} from "./walkTrees.js";

/** One split on a row’s way down a tree. */
export interface IsolationStep {
  /** The node that is split, as its number within the forest. */
  readonly node: number;
  /** Features of the split, and their weights: 1 when there is only one. */
  readonly features: readonly string[];
  readonly weights: readonly number[];
  /** The row’s number for each: its value, what stands for its category, or for a missing value; NaN without such. */
  readonly values: readonly number[];
  /** Where one feature with categories is split: those on the row’s side, its own first. */
  readonly categories: readonly string[] | null;
  readonly threshold: number;
  /** The weighted sum of the row’s values: left when it is at most the threshold. */
  readonly sum: number;
  readonly side: "left" | "right";
  /** The part of the row that goes to this side: 1 unless missing values divide it, then the larger part. */
  readonly share: number;
  /** Whether the row is so far from the threshold that it pays the range penalty of this split. */
  readonly isPenalized: boolean;
  /** Rows of the tree’s sample in the node, and on the row’s side of it, by weight. */
  readonly sizeBefore: number;
  readonly sizeAfter: number;
}

/** How one tree isolates one row. */
export interface IsolationPath {
  readonly steps: readonly IsolationStep[];
  /** The leaf, as its number within the forest. */
  readonly leaf: number;
  /** Rows of the sample that it holds, by weight. */
  readonly size: number;
  /** Splits until the row is alone: those of the path, and c(n) expected among the n rows of the leaf. */
  readonly depth: number;
  /** What the leaf adds to the row’s sum, less its penalties. */
  readonly value: number;
}

/** The way of a row down a tree, both counted from 0; along the larger part where missing values divide it. Throws as `scoreRows` does. */
export function isolationPath(forest: Forest, tree: number, features: Features, row: number): IsolationPath {
  const {root, child, threshold, size, reach, parameters} = forest;
  if (!(tree >= 0 && tree < root.length - 1)) throw new RangeError(`invalid tree: ${tree}`);
  const {columns} = columnsOf(features, forest, parameters.missing !== "fail");
  if (!(row >= 0 && row < columns[0]!.length)) throw new RangeError(`invalid row: ${row}`);
  const steps: IsolationStep[] = [];
  let node = root[tree]!;
  let penalties = 0;
  while (child[node] !== 0) {
    const left = child[node]!;
    const sum = projection(forest, node, columns, row);
    const leftShare = size[left]! / (size[left]! + size[left + 1]!);
    const isDivided = Number.isNaN(sum) && parameters.missing === "divide";
    const isLeft = isDivided ? leftShare >= 0.5 : sum <= threshold[node]!;
    const next = isLeft ? left : left + 1;
    const isPenalized = reach.length > 0 && Math.abs(sum - threshold[node]!) > reach[node]!;
    penalties += isPenalized ? 1 : 0;
    steps.push({
      node,
      ...splitOf(forest, node, columns, row, isLeft),
      threshold: threshold[node]!,
      sum,
      side: isLeft ? "left" : "right",
      share: isDivided ? Math.max(leftShare, 1 - leftShare) : 1,
      isPenalized,
      sizeBefore: size[node]!,
      sizeAfter: size[next]!
    });
    node = next;
  }
  return {
    steps,
    leaf: node,
    size: size[node]!,
    depth: steps.length + remainingDepth(size[node]!),
    value: threshold[node]! - penalties
  };
}

function splitOf(forest: Forest, node: number, columns: readonly Float64Array[], row: number, isLeft: boolean) {
  const {feature, weight, table, numbers, threshold, parameters} = forest;
  const {dims} = parameters;
  const at = Array.from({length: dims}, (_, d) => node * dims + d).filter((k) => feature[k]! >= 0);
  const values = at.map((k) => splitValue(forest, k, columns, row));
  const first = at[0]!;
  const names = dims === 1 ? forest.categories[feature[first]!]! : null;
  const ownName = names?.[columns[feature[first]!]![row]!];
  // A category that the node has not seen is on no side.
  const onSide = names?.filter((_, c) => {
    const x = numbers[table[first]! + c]!;
    return isLeft ? x <= threshold[node]! : x > threshold[node]!;
  });
  return {
    features: at.map((k) => forest.features[feature[k]!]!),
    weights: at.map((k) => (dims === 1 ? 1 : weight[k]!)),
    values,
    categories: onSide?.sort((a, b) => Number(b === ownName) - Number(a === ownName)) ?? null
  };
}
