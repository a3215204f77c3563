import {randomSource} from "../random.js";
import {sampleDraw} from "./drawSample.js";
import {columnsOf, type FeatureNames, type Features, namesOf, rowsOf} from "./features.js";
import {allocateForest, type Forest, sealForest} from "./forest.js";
import {GrowingTree, type GrownTree} from "./growTree.js";
import {writeLeafValues} from "./leafValues.js";
import {type ForestOptions, type ForestParameters, resolveParameters} from "./parameters.js";

/** How much rows and features matter; all alike unless given. */
export interface Weights {
  /** One for each row: its chance to be drawn, at least 0; or with `counts`, how often it counts in a tree, 1e-6 to 1e6. */
  readonly rows?: Float64Array;
  readonly counts?: boolean;
  /** By feature, from 0 to 1e6: its chance to be split; 1 where not given. */
  readonly features?: Readonly<Record<string, number>>;
}

/**
 * An isolation forest over the given features. Every tree splits its own sample until rows stand alone or the depth limit
 * is met. Tree t depends on the seed and t alone, and the order of the features means nothing. Throws on no rows, no
 * features, infinite values, and on missing ones where the parameters say so. Liu, Ting and Zhou 2008; for the other
 * kinds see `presets`.
 */
export function growForest(features: Features, options: ForestOptions = {}, weights: Weights = {}): Forest {
  const names = namesOf(features);
  if (names.features.length === 0) throw new Error("expected features, got none");
  const rows = rowsOf(features);
  if (rows === 0) throw new Error("expected rows, got none");
  const parameters = resolveParameters(drawableRows(rows, weights), names.features.length, options);
  return growTrees(features, names, parameters, {from: 0, to: parameters.trees}, weights);
}

/** Trees `from` to before `to` of the forest with these names and parameters, as a forest of their own. */
export function growTrees(
  features: Features,
  names: FeatureNames,
  parameters: ForestParameters,
  {from, to}: {from: number; to: number},
  weights: Weights = {}
): Forest {
  const categories = names.categories.map((values) => values?.length ?? 0);
  const columns = columnsOf(features, names, parameters.missing !== "fail").columns.map((column, j) =>
    knownOnly(column, categories[j]!)
  );
  const rows = columns[0]!.length;
  const {rowWeights, columnWeights} = checkedWeights(weights, names, rows);
  const drawable = drawableRows(rows, weights);
  if (drawable < (parameters.replacement ? 1 : parameters.sampleSize)) {
    throw new RangeError(`expected ${parameters.sampleSize} rows to draw, got: ${drawable}`);
  }
  const growing = new GrowingTree(
    {columns, categories, rowWeights: weights.counts ? rowWeights : null, columnWeights},
    parameters
  );
  const draw = sampleDraw(rows, parameters.sampleSize, parameters.replacement, weights.counts ? null : rowWeights);
  const parts: GrownTree[] = [];
  for (let tree = from; tree < to; ++tree) {
    const random = randomSource(parameters.seed, tree);
    const sample = draw(random);
    const grown = growing.from(sample, random);
    writeLeafValues(grown, parameters, (feature) =>
      categories[feature]! > 0 ? null : rangeOf(columns[feature]!, sample)
    );
    parts.push(copied(grown, parameters.dims));
  }
  return joined(names, {...parameters, trees: to - from}, parts);
}

function drawableRows(rows: number, {rows: weights, counts}: Weights): number {
  if (weights === undefined || counts) return rows;
  const drawable = weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  if (drawable === 0) throw new RangeError("expected a row with a weight above 0, got none");
  return drawable;
}

// A category that the forest does not know is missing: there is no number for it.
function knownOnly(column: Float64Array, categories: number): Float64Array {
  if (categories === 0 || column.every((code) => !(code >= categories))) return column;
  return column.map((code) => (code >= categories ? Number.NaN : code));
}

function rangeOf(column: Float64Array, sample: Uint32Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const row of sample) {
    if (column[row]! < low) low = column[row]!;
    if (column[row]! > high) high = column[row]!;
  }
  return [low, high];
}

function checkedWeights({rows: rowWeights, counts, features = {}}: Weights, names: FeatureNames, rows: number) {
  if (rowWeights !== undefined) {
    if (rowWeights.length !== rows) throw new RangeError(`expected ${rows} row weights, got: ${rowWeights.length}`);
    for (const [i, weight] of rowWeights.entries()) {
      const isValid = counts ? weight >= 1e-6 && weight <= 1e6 : weight >= 0 && weight < Number.POSITIVE_INFINITY;
      if (!isValid) throw new RangeError(`invalid weight of row ${i}: ${weight}`);
    }
  }
  for (const [name, weight] of Object.entries(features)) {
    if (!names.features.includes(name)) throw new Error(`missing feature: ${name}`);
    if (!(weight >= 0 && weight <= 1e6)) throw new RangeError(`invalid weight of ${name}: ${weight}`);
  }
  const isWeighted = Object.keys(features).length > 0;
  const columnWeights = isWeighted ? Float64Array.from(names.features, (name) => features[name] ?? 1) : null;
  return {rowWeights: rowWeights ?? null, columnWeights};
}

function copied(tree: GrownTree, dims: number): GrownTree {
  const {nodes} = tree;
  return {
    ...tree,
    feature: tree.feature.slice(0, nodes * dims),
    threshold: tree.threshold.slice(0, nodes),
    child: tree.child.slice(0, nodes),
    weight: tree.weight.slice(0, nodes * dims),
    fill: tree.fill.slice(0, nodes * dims),
    table: tree.table.slice(0, nodes * dims),
    size: tree.size.slice(0, nodes),
    low: tree.low.slice(0, nodes),
    high: tree.high.slice(0, nodes)
  };
}

function joined(names: FeatureNames, parameters: ForestParameters, trees: readonly GrownTree[]): Forest {
  const {dims} = parameters;
  let nodes = 0;
  let numbers = 0;
  for (const tree of trees) {
    nodes += tree.nodes;
    numbers += tree.numbers.length;
  }
  const forest = allocateForest(names, parameters, {trees: trees.length, nodes, numbers});
  let at = 0;
  let numbersAt = 0;
  for (const [t, tree] of trees.entries()) {
    forest.root[t] = at;
    forest.threshold.set(tree.threshold, at);
    forest.size.set(tree.size, at);
    forest.feature.set(tree.feature, at * dims);
    if (forest.weight.length > 0) forest.weight.set(tree.weight, at * dims);
    if (forest.fill.length > 0) forest.fill.set(tree.fill, at * dims);
    for (let i = 0; i < tree.nodes; ++i) {
      const isLeaf = tree.child[i] === 0;
      forest.child[at + i] = isLeaf ? 0 : at + tree.child[i]!;
      if (forest.reach.length > 0)
        forest.reach[at + i] = isLeaf ? 0 : Math.min(Number.MAX_VALUE, tree.high[i]! - tree.low[i]!);
    }
    if (forest.table.length > 0)
      for (let k = 0; k < tree.nodes * dims; ++k) forest.table[at * dims + k] = numbersAt + tree.table[k]!;
    forest.numbers.set(tree.numbers, numbersAt);
    at += tree.nodes;
    numbersAt += tree.numbers.length;
  }
  forest.root[trees.length] = nodes;
  return sealForest(forest);
}
