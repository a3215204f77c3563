import {type ForestParameters, mostSampleSize} from "./parameters.js";

/**
 * A grown forest: trees as typed arrays over one buffer that can be stored, or transferred to a worker without a copy.
 * Node i of a tree is a leaf when `feature[i]` is −1. Rows whose value in that feature is at most `threshold[i]` go to
 * node `child[i]`, others to the node after it.
 */
export interface Forest {
  /** Names of the features, in the order of the columns it was grown from. */
  readonly features: readonly string[];
  readonly parameters: ForestParameters;
  /** First node of each tree, and the number of nodes as the last entry. */
  readonly root: Uint32Array;
  /** Inner nodes: where to split. Leaves: the path length of a row that ends there, from 0 to ψ − 1. */
  readonly threshold: Float64Array;
  readonly feature: Int32Array;
  readonly child: Uint32Array;
  readonly buffer: ArrayBuffer;
}

interface Description {
  features: readonly string[];
  parameters: ForestParameters;
  nodes: number;
}

const magic = 0x59444445; // "EDDY" in little-endian bytes
const version = 1;
const headerBytes = 16;

/** An empty forest of so many nodes, to be filled by the one who grows it. */
export function allocateForest(features: readonly string[], parameters: ForestParameters, nodes: number): Forest {
  const description = encode({features, parameters, nodes});
  const buffer = new ArrayBuffer(layout(description.length, parameters.trees, nodes).end);
  const header = new DataView(buffer);
  header.setUint32(0, magic, true);
  header.setUint32(4, version, true);
  header.setUint32(8, description.length, true);
  new Uint8Array(buffer, headerBytes).set(description);
  return view(buffer, {features, parameters, nodes}, description.length);
}

/**
 * The forest in a buffer that `allocateForest` made, without a copy. Throws on bytes that are none, were made by a newer
 * version, are cut or too long, or hold what no grown forest does: whatever it returns can be scored with, and ends.
 */
export function openForest(buffer: ArrayBuffer): Forest {
  if (buffer.byteLength < headerBytes) throw new Error(`expected a forest, got ${buffer.byteLength} bytes`);
  const header = new DataView(buffer);
  if (header.getUint32(0, true) !== magic) throw new Error("expected a forest, got other bytes");
  if (header.getUint32(4, true) !== version) throw new Error(`unknown forest version: ${header.getUint32(4, true)}`);
  const length = header.getUint32(8, true);
  if (length > buffer.byteLength - headerBytes) throw new Error(`invalid forest description length: ${length}`);
  const description = decode(new Uint8Array(buffer, headerBytes, length));
  const {end} = layout(length, description.parameters.trees, description.nodes);
  if (buffer.byteLength !== end) throw new Error(`expected a forest of ${end} bytes, got: ${buffer.byteLength}`);
  return validated(view(buffer, description, length));
}

function layout(descriptionBytes: number, trees: number, nodes: number) {
  const threshold = Math.ceil((headerBytes + descriptionBytes) / 8) * 8;
  const root = threshold + nodes * 8;
  const feature = root + (trees + 1) * 4;
  const child = feature + nodes * 4;
  return {threshold, root, feature, child, end: child + nodes * 4};
}

function view(buffer: ArrayBuffer, {features, parameters, nodes}: Description, descriptionBytes: number): Forest {
  const at = layout(descriptionBytes, parameters.trees, nodes);
  return {
    features,
    parameters,
    root: new Uint32Array(buffer, at.root, parameters.trees + 1),
    threshold: new Float64Array(buffer, at.threshold, nodes),
    feature: new Int32Array(buffer, at.feature, nodes),
    child: new Uint32Array(buffer, at.child, nodes),
    buffer
  };
}

function encode(description: Description): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(description));
}

function decode(bytes: Uint8Array): Description {
  let description: Partial<Description> | null;
  try {
    description = JSON.parse(new TextDecoder("utf-8", {fatal: true}).decode(bytes));
  } catch {
    throw new Error("invalid forest description");
  }
  const {features, parameters, nodes} = description ?? {};
  if (!Array.isArray(features) || features.length === 0 || !features.every((name) => typeof name === "string")) {
    throw new Error("invalid forest description: features");
  }
  const {trees, sampleSize, maxDepth, seed} = (parameters ?? {}) as Partial<ForestParameters>;
  requireWhole("nodes", nodes, 1, 2 ** 32 - 1);
  requireWhole("trees", trees, 1, 2 ** 32 - 1);
  requireWhole("sampleSize", sampleSize, 1, mostSampleSize);
  requireWhole("maxDepth", maxDepth, 0, Number.MAX_SAFE_INTEGER);
  requireWhole("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  return description as Description;
}

function requireWhole(name: string, value: unknown, least: number, most: number): void {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
  throw new Error(`invalid forest description: ${name}`);
}

// A child always lies behind its parent and inside its tree, so that no walk can leave the tree or loop; path lengths and
// the size of a tree keep to its sample, so that every score is a number.
function validated(forest: Forest): Forest {
  const {root, feature, child, threshold, features, parameters} = forest;
  const {trees, sampleSize} = parameters;
  if (root[0] !== 0 || root[trees] !== feature.length) throw new Error("invalid forest: roots");
  for (let tree = 0; tree < trees; ++tree) {
    const start = root[tree]!;
    const end = root[tree + 1]!;
    if (end <= start || end > feature.length) throw new Error(`invalid forest: root of tree ${tree + 1}`);
    if (end - start > 2 * sampleSize - 1) throw new Error(`invalid forest: size of tree ${tree}`);
    for (let i = start; i < end; ++i) {
      if (!Number.isFinite(threshold[i]!)) throw new Error(`invalid forest: threshold of node ${i}`);
      if (feature[i] === -1) {
        if (threshold[i]! >= 0 && threshold[i]! < sampleSize) continue;
        throw new Error(`invalid forest: path length of node ${i}`);
      }
      if (feature[i]! < 0 || feature[i]! >= features.length) throw new Error(`invalid forest: feature of node ${i}`);
      if (child[i]! <= i || child[i]! + 1 >= end) throw new Error(`invalid forest: child of node ${i}`);
    }
  }
  return forest;
}
