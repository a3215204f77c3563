import {checksum} from "./checksum.js";
import type {FeatureNames} from "./features.js";
import {type ForestParameters, validateParameters} from "./parameters.js";

/**
 * A grown forest: its trees as typed arrays over one buffer, which is the model file, and which can be transferred to a
 * worker without a copy. The numbers of node i’s features stand from i × dims. A row goes to node `child[i]` when the
 * sum of its features times their weights is at most `threshold[i]`, otherwise to the node after it. Where a feature has
 * categories, the number that stands for one is found in `numbers`, from `table[i × dims]`.
 */
export interface Forest extends FeatureNames {
  readonly parameters: ForestParameters;
  /** First node of each tree, and the number of nodes as the last entry. */
  readonly root: Uint32Array;
  /** Inner nodes: where to split. Leaves: what they add to the sum of a row that ends there. */
  readonly threshold: Float64Array;
  /** Left child of each node, 0 for leaves; always behind its parent. */
  readonly child: Uint32Array;
  /** Rows of the sample in each node, by weight. */
  readonly size: Float32Array;
  /** Features of each split, −1 in leaves and where a split has fewer than `dims`. */
  readonly feature: Int32Array;
  /** Weights of the features of slanted splits; empty when dims is 1. */
  readonly weight: Float64Array;
  /** What stands for a missing value of each feature; empty unless missing values are imputed. */
  readonly fill: Float64Array;
  /** How far from the threshold a row may lie without a penalty; empty unless range is penalized. */
  readonly reach: Float64Array;
  /** Where the numbers of each feature’s categories begin; empty without categories. */
  readonly table: Uint32Array;
  readonly numbers: Float64Array;
  readonly buffer: ArrayBuffer;
}

/** What decides the size of each array of a forest. */
export interface Shape {
  readonly trees: number;
  readonly nodes: number;
  /** Length of `numbers`. */
  readonly numbers: number;
}

interface Description extends FeatureNames, Shape {
  readonly parameters: ForestParameters;
}

const magic = 0x59444445; // "EDDY" in little-endian bytes
const version = 2;
const headerBytes = 16;

// No leaf grows beyond 1e100.
const mostValue = 1e150;

/** An empty forest of the given shape, to be filled by the one who grows it and then sealed. */
export function allocateForest(
  {features, categories}: FeatureNames,
  parameters: ForestParameters,
  shape: Shape
): Forest {
  const {trees, nodes, numbers} = shape;
  const description = {features, categories, parameters, trees, nodes, numbers};
  const bytes = new TextEncoder().encode(JSON.stringify(description));
  const buffer = new ArrayBuffer(layout(bytes.length, description).end);
  const header = new DataView(buffer);
  header.setUint32(0, magic, true);
  header.setUint32(4, version, true);
  header.setUint32(8, bytes.length, true);
  new Uint8Array(buffer, headerBytes).set(bytes);
  return view(buffer, description, bytes.length);
}

/** The forest with its checksum written, so that it can be opened again. */
export function sealForest(forest: Forest): Forest {
  new DataView(forest.buffer).setUint32(12, checksum(forest.buffer, 3), true);
  return forest;
}

/**
 * The forest in a buffer that was sealed, without a copy. Throws on bytes that are none, were made by a newer version, are
 * damaged, cut or too long, or hold what no grown forest does: whatever it returns can be scored with, and ends.
 */
export function openForest(buffer: ArrayBuffer): Forest {
  if (buffer.byteLength < headerBytes) throw new Error(`expected a forest, got ${buffer.byteLength} bytes`);
  const header = new DataView(buffer);
  if (header.getUint32(0, true) !== magic) throw new Error("expected a forest, got other bytes");
  const found = header.getUint32(4, true);
  if (found > version) throw new Error(`expected a forest of version ${version}, got a newer one: ${found}`);
  if (found < version) throw new Error(`expected a forest of version ${version}, got an older one: ${found}`);
  const length = header.getUint32(8, true);
  if (length > buffer.byteLength - headerBytes) throw new Error(`invalid forest description length: ${length}`);
  const description = decode(new Uint8Array(buffer, headerBytes, length));
  const {end} = layout(length, description);
  if (buffer.byteLength !== end) throw new Error(`expected a forest of ${end} bytes, got: ${buffer.byteLength}`);
  if (header.getUint32(12, true) !== checksum(buffer, 3)) throw new Error("damaged forest: its checksum differs");
  return validated(view(buffer, description, length));
}

function layout(descriptionBytes: number, {parameters, categories, trees, nodes, numbers}: Description) {
  const {dims, missing, penalizeRange} = parameters;
  const hasCategories = categories.some((names) => names !== null);
  let end = Math.ceil((headerBytes + descriptionBytes) / 8) * 8;
  const take = (bytes: number, length: number) => {
    const at = end;
    end += bytes * length;
    return {at, length};
  };
  const threshold = take(8, nodes);
  const weight = take(8, dims > 1 ? nodes * dims : 0);
  const fill = take(8, missing === "impute" ? nodes * dims : 0);
  const reach = take(8, penalizeRange ? nodes : 0);
  const numbersAt = take(8, numbers);
  const root = take(4, trees + 1);
  const child = take(4, nodes);
  const size = take(4, nodes);
  const feature = take(4, nodes * dims);
  const table = take(4, hasCategories ? nodes * dims : 0);
  return {threshold, weight, fill, reach, numbers: numbersAt, root, child, size, feature, table, end};
}

function view(buffer: ArrayBuffer, description: Description, descriptionBytes: number): Forest {
  const {features, categories, parameters} = description;
  const at = layout(descriptionBytes, description);
  return {
    features,
    categories,
    parameters,
    root: new Uint32Array(buffer, at.root.at, at.root.length),
    threshold: new Float64Array(buffer, at.threshold.at, at.threshold.length),
    child: new Uint32Array(buffer, at.child.at, at.child.length),
    size: new Float32Array(buffer, at.size.at, at.size.length),
    feature: new Int32Array(buffer, at.feature.at, at.feature.length),
    weight: new Float64Array(buffer, at.weight.at, at.weight.length),
    fill: new Float64Array(buffer, at.fill.at, at.fill.length),
    reach: new Float64Array(buffer, at.reach.at, at.reach.length),
    table: new Uint32Array(buffer, at.table.at, at.table.length),
    numbers: new Float64Array(buffer, at.numbers.at, at.numbers.length),
    buffer
  };
}

function decode(bytes: Uint8Array): Description {
  let description: Partial<Description> | null;
  try {
    description = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytes));
  } catch {
    throw new Error("invalid forest description");
  }
  const {features, categories, parameters, trees, nodes, numbers} = description ?? {};
  if (!areTexts(features) || features.length === 0) throw new Error("invalid forest description: features");
  if (!Array.isArray(categories) || categories.length !== features.length) {
    throw new Error("invalid forest description: categories");
  }
  if (!categories.every((names) => names === null || areTexts(names))) {
    throw new Error("invalid forest description: categories");
  }
  try {
    validateParameters((parameters ?? {}) as ForestParameters);
  } catch (error) {
    throw new Error(`invalid forest description: ${(error as Error).message}`);
  }
  requireWhole("trees", trees, 1);
  if (parameters!.trees !== trees) throw new Error("invalid forest description: trees");
  if (parameters!.dims > features.length || parameters!.columnsPerTree > features.length) {
    throw new Error("invalid forest description: dims or columnsPerTree");
  }
  requireWhole("nodes", nodes, 1);
  requireWhole("numbers", numbers, 0);
  return description as Description;
}

function areTexts(texts: unknown): texts is string[] {
  return Array.isArray(texts) && texts.every((text) => typeof text === "string");
}

function requireWhole(name: string, value: unknown, least: number): void {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) < 2 ** 32) return;
  throw new Error(`invalid forest description: ${name}`);
}

// Every node but the root has one parent, which lies before it and in the same tree, so that no walk can leave the tree,
// loop or branch without end; every number that is added up is finite, and so small that their sum is, too.
function validated(forest: Forest): Forest {
  const {root, feature, child, threshold, size, weight, fill, reach, table, numbers, features, categories} = forest;
  const {dims} = forest.parameters;
  const trees = root.length - 1;
  const require = (holds: boolean, what: string, node: number) => {
    if (!holds) throw new Error(`invalid forest: ${what} of node ${node}`);
  };
  if (root[0] !== 0 || root[trees] !== child.length) throw new Error("invalid forest: roots");
  if (!weight.every(Number.isFinite)) throw new Error("invalid forest: weights");
  if (!fill.every(Number.isFinite)) throw new Error("invalid forest: fills");
  if (!reach.every((x) => x >= 0)) throw new Error("invalid forest: reaches");
  if (!numbers.every((x) => Number.isFinite(x) || Number.isNaN(x))) throw new Error("invalid forest: numbers");
  const hasParent = new Uint8Array(child.length);
  for (let tree = 0; tree < trees; ++tree) {
    const start = root[tree]!;
    const end = root[tree + 1]!;
    if (end <= start || end > child.length) throw new Error(`invalid forest: root of tree ${tree + 1}`);
    for (let i = start; i < end; ++i) {
      const isLeaf = child[i] === 0;
      require(Number.isFinite(threshold[i]!), "threshold", i);
      require(!isLeaf || Math.abs(threshold[i]!) <= mostValue, "value", i);
      require(size[i]! > 0 && size[i]! < Number.POSITIVE_INFINITY, "size", i);
      require(i === start || hasParent[i] === 1, "parent", i);
      require(isLeaf || (child[i]! > i && child[i]! + 1 < end), "child", i);
      if (!isLeaf) {
        require(hasParent[child[i]!] === 0 && hasParent[child[i]! + 1] === 0, "child", i);
        hasParent.fill(1, child[i]!, child[i]! + 2);
      }
      for (let d = 0; d < dims; ++d) {
        const j = feature[i * dims + d]!;
        require(isLeaf || d > 0 ? j >= -1 && j < features.length : j >= 0 && j < features.length, "feature", i);
        if (j < 0 || categories[j] === null) continue;
        require(table[i * dims + d]! + categories[j]!.length <= numbers.length, "category table", i);
      }
    }
  }
  return forest;
}
