import {randomSource} from "../random.js";
import {averagePathLengths} from "./averagePathLength.js";
import {allocateForest, type Forest} from "./forest.js";
import {type ForestOptions, type ForestParameters, resolveParameters} from "./parameters.js";
import {validateColumns} from "./validateColumns.js";

/**
 * An isolation forest over the given features, one column of finite numbers each. Every tree splits its own sample at a
 * random value of a random feature that still varies, until rows stand alone or the depth limit is met. Tree t depends
 * on the seed and t alone. Throws on no rows, no features, and values that are not finite. Liu, Ting and Zhou 2008.
 */
export function growForest(features: Readonly<Record<string, Float64Array>>, options: ForestOptions = {}): Forest {
  const names = Object.keys(features);
  const columns = Object.values(features);
  if (columns.length === 0) throw new Error("expected features, got none");
  const rows = columns[0]!.length;
  if (rows === 0) throw new Error("expected rows, got none");
  validateColumns(names, columns, rows);
  const parameters = resolveParameters(rows, options);

  const {trees, sampleSize, seed} = parameters;
  const grown = new GrowingTree(columns, parameters);
  const order = new Uint32Array(rows).map((_, i) => i);
  const sample = new Uint32Array(sampleSize);
  const parts: Tree[] = [];
  for (let tree = 0; tree < trees; ++tree) {
    const random = randomSource(seed, tree);
    drawSample(order, sample, random);
    parts.push(grown.from(sample, random));
  }
  return joined(names, parameters, parts);
}

interface Tree {
  threshold: Float64Array;
  feature: Int32Array;
  child: Uint32Array;
}

/** Grows one tree after another in the same working memory. */
class GrowingTree {
  private readonly threshold: Float64Array;
  private readonly feature: Int32Array;
  private readonly child: Uint32Array;
  private readonly stack: Uint32Array;
  private readonly varying: Uint32Array;
  private readonly low: Float64Array;
  private readonly high: Float64Array;
  private readonly pathLength: Float64Array;

  constructor(
    private readonly columns: readonly Float64Array[],
    private readonly parameters: ForestParameters
  ) {
    const nodes = 2 * parameters.sampleSize - 1;
    this.threshold = new Float64Array(nodes);
    this.feature = new Int32Array(nodes);
    this.child = new Uint32Array(nodes);
    this.stack = new Uint32Array(4 * (parameters.sampleSize + 1));
    this.varying = new Uint32Array(columns.length);
    this.low = new Float64Array(columns.length);
    this.high = new Float64Array(columns.length);
    this.pathLength = averagePathLengths(parameters.sampleSize);
  }

  from(sample: Uint32Array, random: () => number): Tree {
    const {columns, threshold, feature, child, stack, varying, low, high, pathLength} = this;
    const maxDepth = this.parameters.maxDepth || Number.POSITIVE_INFINITY;
    let nodes = 1;
    let top = 0;
    const push = (node: number, start: number, end: number, depth: number) => {
      stack[top++] = node;
      stack[top++] = start;
      stack[top++] = end;
      stack[top++] = depth;
    };
    push(0, 0, sample.length, 0);
    while (top > 0) {
      const depth = stack[--top]!;
      const end = stack[--top]!;
      const start = stack[--top]!;
      const node = stack[--top]!;
      let choices = 0;
      if (end - start > 1 && depth < maxDepth) {
        for (let j = 0; j < columns.length; ++j) {
          const column = columns[j]!;
          let min = column[sample[start]!]!;
          let max = min;
          for (let i = start + 1; i < end; ++i) {
            const x = column[sample[i]!]!;
            if (x < min) min = x;
            else if (x > max) max = x;
          }
          low[j] = min;
          high[j] = max;
          if (min < max) varying[choices++] = j;
        }
      }
      if (choices === 0) {
        feature[node] = -1;
        threshold[node] = depth + pathLength[end - start]!;
        child[node] = 0;
        continue;
      }
      const j = varying[Math.floor(random() * choices)]!;
      const split = between(low[j]!, high[j]!, random());
      const middle = partition(sample, start, end, columns[j]!, split);
      feature[node] = j;
      threshold[node] = split;
      child[node] = nodes;
      push(nodes + 1, middle, end, depth + 1);
      push(nodes, start, middle, depth + 1);
      nodes += 2;
    }
    return {threshold: threshold.slice(0, nodes), feature: feature.slice(0, nodes), child: child.slice(0, nodes)};
  }
}

// At least the low and below the high value whatever the rounding, so that both sides get rows; no overflow at ±1e308.
function between(low: number, high: number, u: number): number {
  const split = low * (1 - u) + high * u;
  return split >= low && split < high ? split : low;
}

function partition(sample: Uint32Array, start: number, end: number, column: Float64Array, split: number): number {
  let i = start;
  let k = end - 1;
  while (i <= k) {
    const row = sample[i]!;
    if (column[row]! <= split) ++i;
    else {
      sample[i] = sample[k]!;
      sample[k--] = row;
    }
  }
  return i;
}

// A partial Fisher–Yates shuffle, undone afterwards: each tree starts from the same order, at the cost of the sample alone.
function drawSample(order: Uint32Array, sample: Uint32Array, random: () => number): void {
  const n = order.length;
  const swapped = new Uint32Array(sample.length);
  for (let i = 0; i < sample.length; ++i) {
    const k = i + Math.floor(random() * (n - i));
    const row = order[k]!;
    order[k] = order[i]!;
    order[i] = row;
    sample[i] = row;
    swapped[i] = k;
  }
  for (let i = sample.length - 1; i >= 0; --i) {
    const k = swapped[i]!;
    const row = order[i]!;
    order[i] = order[k]!;
    order[k] = row;
  }
}

function joined(names: readonly string[], parameters: ForestParameters, trees: readonly Tree[]): Forest {
  let nodes = 0;
  for (const tree of trees) nodes += tree.feature.length;
  const forest = allocateForest(names, parameters, nodes);
  let offset = 0;
  for (const [t, tree] of trees.entries()) {
    forest.root[t] = offset;
    forest.threshold.set(tree.threshold, offset);
    forest.feature.set(tree.feature, offset);
    for (let i = 0; i < tree.child.length; ++i) {
      forest.child[offset + i] = tree.feature[i] === -1 ? 0 : offset + tree.child[i]!;
    }
    offset += tree.feature.length;
  }
  forest.root[trees.length] = nodes;
  return forest;
}
