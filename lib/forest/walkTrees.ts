import type {Forest} from "./forest.js";

/** Receives a row’s arrival at a leaf, with the weight of the way: 1, or less where missing values divide the row. */
export type Arrive = (row: number, leaf: number, weight: number, penalty: number) => void;

/**
 * Walks rows `start` to before `end` down one tree: any kind, with missing values and new categories. Each split whose
 * reach a row exceeds adds 1 to its penalty.
 */
export function walkTree(
  forest: Forest,
  tree: number,
  columns: readonly Float64Array[],
  start: number,
  end: number,
  arrive: Arrive
): void {
  const {root, threshold, child, reach, size, parameters} = forest;
  const divides = parameters.missing === "divide";
  const penalizes = reach.length > 0;
  // Right sides of divided rows wait here, three numbers each, while their left sides are walked.
  const waiting: number[] = [];
  for (let row = start; row < end; ++row) {
    let node = root[tree]!;
    let weight = 1;
    let penalty = 0;
    for (;;) {
      const left = child[node]!;
      if (left === 0) {
        arrive(row, node, weight, penalty);
        if (waiting.length === 0) break;
        penalty = waiting.pop()!;
        weight = waiting.pop()!;
        node = waiting.pop()!;
        continue;
      }
      const sum = projection(forest, node, columns, row);
      if (divides && Number.isNaN(sum)) {
        const share = size[left]! / (size[left]! + size[left + 1]!);
        waiting.push(left + 1, weight * (1 - share), penalty);
        weight *= share;
        node = left;
        continue;
      }
      const distance = sum - threshold[node]!;
      if (penalizes && Math.abs(distance) > reach[node]!) ++penalty;
      node = distance <= 0 ? left : left + 1;
    }
  }
}

/** The weighted sum of a split’s features in a row; NaN when the only one is missing and nothing stands for it. */
export function projection(forest: Forest, node: number, columns: readonly Float64Array[], row: number): number {
  const {feature, weight, parameters} = forest;
  const {dims} = parameters;
  if (dims === 1) return splitValue(forest, node, columns, row);
  const first = node * dims;
  let sum = weight[first]! * splitValue(forest, first, columns, row);
  for (let at = first + 1; at < first + dims && feature[at]! >= 0; ++at) {
    sum += weight[at]! * splitValue(forest, at, columns, row);
  }
  return sum;
}

/**
 * A row’s number for one feature of a split, which stands at `at` of `feature`: its value, what stands for its category,
 * or for a missing value; NaN where nothing does.
 */
export function splitValue(forest: Forest, at: number, columns: readonly Float64Array[], row: number): number {
  const {feature, fill, table, numbers, categories} = forest;
  const j = feature[at]!;
  let x = columns[j]![row]!;
  const names = categories[j]!;
  if (names != null) x = x < names.length ? numbers[table[at]! + x]! : Number.NaN;
  return Number.isNaN(x) && fill.length > 0 ? fill[at]! : x;
}
