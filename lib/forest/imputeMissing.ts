import {columnsOf, type FeatureColumn, type Features} from "./features.js";
import type {Forest} from "./forest.js";
import {walkTree} from "./walkTrees.js";

/**
 * The features with every missing value filled in from the rows of `reference` that are like its row. A number becomes
 * the mean over the trees of the mean of that feature among the reference rows in the row’s leaf; a category the one that
 * the same rows have most often. Where missing values divide a row, leaves count by the weight of the way. A leaf with
 * fewer than three values takes those of the nearest node above it that has as many; where nobody has a value, it stays
 * missing. Complete columns are passed on as they are. Throws as `scoreRows` does, so also for a forest that takes no
 * missing values. Cortes 2019, “Imputing missing values with unsupervised random trees”.
 */
export function imputeMissing(forest: Forest, features: Features, reference: Features): Features {
  const allowMissing = forest.parameters.missing !== "fail";
  const {columns} = columnsOf(features, forest, allowMissing);
  const {columns: known} = columnsOf(reference, forest, allowMissing);
  const targets = forest.features.flatMap((_, j) =>
    columns[j]!.some(Number.isNaN) ? [target(forest, columns, j)] : []
  );
  for (let tree = 0; tree < forest.root.length - 1; ++tree) addTree(forest, tree, columns, known, targets);
  const filled = targets.map((target) => {
    const name = forest.features[target.j]!;
    return [name, fill(features[name]!, target)] as const;
  });
  return {...features, ...Object.fromEntries(filled)};
}

/** What trees say about the missing values of one feature; `width` numbers each: one for each category, or a mean. */
interface Target {
  readonly j: number;
  readonly categories: readonly string[] | null;
  readonly width: number;
  /** Place of a row in the sums, −1 where it has a value. */
  readonly place: Int32Array;
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

function target(forest: Forest, columns: readonly Float64Array[], j: number): Target {
  const categories = forest.categories[j]!;
  const width = categories === null ? 1 : categories.length;
  let missing = 0;
  const place = Int32Array.from(columns[j]!, (x) => (Number.isNaN(x) ? missing++ : -1));
  return {j, categories, width, place, sums: new Float64Array(missing * width), weights: new Float64Array(missing)};
}

function addTree(
  forest: Forest,
  tree: number,
  columns: readonly Float64Array[],
  known: readonly Float64Array[],
  targets: readonly Target[]
): void {
  const first = forest.root[tree]!;
  const nodes = forest.root[tree + 1]! - first;
  const sums = targets.map(({width}) => new Float64Array(nodes * width));
  const weights = targets.map(() => new Float64Array(nodes));
  walkTree(forest, tree, known, 0, known[0]!.length, (row, leaf, weight) => {
    for (const [k, {j, categories, width}] of targets.entries()) {
      weights[k]![leaf - first]! += addValue(sums[k]!, (leaf - first) * width, categories, known[j]![row]!, weight);
    }
  });
  for (const [k, {width}] of targets.entries()) borrowFromAbove(forest, tree, width, sums[k]!, weights[k]!);
  walkTree(forest, tree, columns, 0, columns[0]!.length, (row, leaf, weight) => {
    for (const [k, {place, width, sums: total, weights: totalWeights}] of targets.entries()) {
      const to = place[row]!;
      const known = weights[k]![leaf - first]!;
      if (to < 0 || known === 0) continue;
      for (let c = 0; c < width; ++c) {
        total[to * width + c]! += (weight * sums[k]![(leaf - first) * width + c]!) / known;
      }
      totalWeights[to]! += weight;
    }
  });
}

const fewest = 3;

// Sums go up to the root; then, from there, a node with too few values takes over those of its parent.
function borrowFromAbove(
  {root, child}: Forest,
  tree: number,
  width: number,
  sums: Float64Array,
  weights: Float64Array
): void {
  const first = root[tree]!;
  for (let i = weights.length - 1; i >= 0; --i) {
    if (child[first + i] === 0) continue;
    const left = child[first + i]! - first;
    weights[i] = weights[left]! + weights[left + 1]!;
    for (let c = 0; c < width; ++c) sums[i * width + c] = sums[left * width + c]! + sums[(left + 1) * width + c]!;
  }
  for (let i = 0; i < weights.length; ++i) {
    if (child[first + i] === 0) continue;
    const left = child[first + i]! - first;
    for (const below of [left, left + 1]) {
      if (weights[below]! >= fewest) continue;
      weights[below] = weights[i]!;
      sums.copyWithin(below * width, i * width, (i + 1) * width);
    }
  }
}

// Returns the weight that was added: nothing for a missing value, or a category that the forest has not seen.
function addValue(
  sums: Float64Array,
  at: number,
  categories: readonly string[] | null,
  x: number,
  weight: number
): number {
  if (Number.isNaN(x) || (categories !== null && x >= categories.length)) return 0;
  if (categories === null) sums[at]! += weight * x;
  else sums[at + x]! += weight;
  return weight;
}

function fill(column: FeatureColumn, {place, width, sums, weights, categories}: Target): FeatureColumn {
  if (column instanceof Float64Array) {
    return column.map((x, row) => (place[row]! < 0 ? x : sums[place[row]!]! / weights[place[row]!]!));
  }
  const values = [...column.values];
  const codes = column.codes.map((code, row) => {
    const at = place[row]!;
    if (at < 0) return code;
    if (weights[at] === 0) return -1;
    const name = categories![indexOfLargest(sums.subarray(at * width, (at + 1) * width))]!;
    if (!values.includes(name)) values.push(name);
    return values.indexOf(name);
  });
  return {codes, values};
}

function indexOfLargest(values: Float64Array): number {
  return values.reduce((largest, value, i) => (value > values[largest]! ? i : largest), 0);
}
