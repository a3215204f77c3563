import type {ForestParameters} from "./parameters.js";
import {type GrowingData, type NodeRows, type Split, SplitFinder} from "./splitFinder.js";

/**
 * The nodes of a tree as it grows, children behind their parents and the right one after the left. What belongs to a
 * split of several features stands at node × dims.
 */
export interface GrownTree {
  nodes: number;
  /** Feature of each split, −1 in leaves and where a split has fewer features. */
  feature: Int32Array;
  /** Left when the weighted sum of the split’s features is at most this. */
  threshold: Float64Array;
  /** The left child; 0 in leaves. */
  child: Uint32Array;
  weight: Float64Array;
  /** What stands for a missing value of that feature. */
  fill: Float64Array;
  /** Where the numbers of that feature’s categories begin in `numbers`. */
  table: Uint32Array;
  numbers: number[];
  /** Rows in the node, by weight. */
  size: Float64Array;
  /** The left side’s share of the split’s range, or of its categories. */
  fraction: Float64Array;
  /** Smallest and largest value that the split saw. */
  low: Float64Array;
  high: Float64Array;
}

/** Grows one tree after another in the same working memory. */
export class GrowingTree {
  private readonly tree: GrownTree;
  private readonly finder: SplitFinder;
  private rows: Uint32Array;
  private weights: Float64Array | null = null;
  private readonly pending: number[] = [];

  constructor(
    private readonly data: GrowingData,
    private readonly parameters: ForestParameters
  ) {
    this.finder = new SplitFinder(data, parameters);
    this.rows = new Uint32Array(parameters.sampleSize);
    this.tree = emptyTree(2 * parameters.sampleSize + 1, parameters.dims);
  }

  /** The tree of the given rows, valid until the next one is grown. */
  from(sample: Uint32Array, random: () => number): GrownTree {
    const {tree, finder, pending, parameters, data} = this;
    const maxDepth = parameters.maxDepth || Number.POSITIVE_INFINITY;
    this.rows.set(sample);
    this.weights = data.rowWeights && Float64Array.from(sample, (row) => data.rowWeights![row]!);
    finder.startTree(this.nodeRows(0, sample.length), random);
    tree.nodes = 1;
    tree.numbers = [];
    pending.push(0, 0, sample.length, 0, finder.draw.count);
    while (pending.length > 0) {
      const live = pending.pop()!;
      const depth = pending.pop()!;
      const end = pending.pop()!;
      const start = pending.pop()!;
      const node = pending.pop()!;
      const size = this.sizeOf(start, end);
      tree.size[node] = size;
      const isWhole = end - start < 2 || depth >= maxDepth || (depth > 0 && this.weights !== null && size <= 1);
      const split = isWhole ? null : finder.find(this.nodeRows(start, end), live, random);
      if (split === null) {
        this.writeLeaf(node);
        continue;
      }
      const left = tree.nodes;
      if ((left + 2) * parameters.dims > tree.feature.length) this.growNodes();
      tree.nodes += 2;
      this.write(split, node, left);
      const count = finder.draw.count;
      const [leftEnd, rightStart, rightEnd] = this.partition(split, node, start, end);
      pending.push(left + 1, rightStart, rightEnd, depth + 1, count);
      pending.push(left, start, leftEnd, depth + 1, count);
    }
    return tree;
  }

  private nodeRows(start: number, end: number): NodeRows {
    return {rows: this.rows, weights: this.weights, start, end};
  }

  private sizeOf(start: number, end: number): number {
    const {weights} = this;
    if (weights === null) return end - start;
    let sum = 0;
    for (let i = start; i < end; ++i) sum += weights[i]!;
    return sum;
  }

  private writeLeaf(node: number): void {
    const {tree, parameters} = this;
    const from = node * parameters.dims;
    const to = from + parameters.dims;
    tree.child[node] = 0;
    tree.feature.fill(-1, from, to);
    tree.weight.fill(0, from, to);
    tree.fill.fill(0, from, to);
    tree.table.fill(tree.numbers.length, from, to);
  }

  private write(split: Split, node: number, left: number): void {
    const {tree} = this;
    const {dims} = this.parameters;
    for (let d = 0; d < dims; ++d) {
      const at = node * dims + d;
      const isUsed = d < split.count;
      tree.feature[at] = isUsed ? split.feature[d]! : -1;
      tree.weight[at] = isUsed ? split.weight[d]! : 0;
      tree.fill[at] = isUsed ? split.fill[d]! : 0;
      tree.table[at] = tree.numbers.length;
      if (isUsed && split.numbers[d] !== null) for (const x of split.numbers[d]!) tree.numbers.push(x);
    }
    tree.threshold[node] = split.threshold;
    tree.fraction[node] = split.fraction;
    tree.low[node] = split.low;
    tree.high[node] = split.high;
    tree.child[node] = left;
  }

  /**
   * Parts the rows from start to end: the left ones reach from start to the first bound, the right ones from the second
   * to the third. Rows without a value go to both sides by their shares, or to the larger side.
   */
  private partition(split: Split, node: number, start: number, end: number): [number, number, number] {
    const {threshold, projection} = split;
    // Left rows first, right rows last, those without a value between them.
    let left = start;
    let right = end;
    for (let i = start; i < right; ) {
      const x = projection[i - start]!;
      if (x <= threshold) this.swap(projection, start, i++, left++);
      else if (x > threshold) this.swap(projection, start, i, --right);
      else ++i;
    }
    if (this.parameters.missing === "impute" && this.parameters.dims === 1) {
      const isLeftLarger = this.sizeOf(start, left) >= this.sizeOf(right, end);
      this.tree.fill[node] = isLeftLarger ? split.low : split.high;
      return isLeftLarger ? [right, right, end] : [left, left, end];
    }
    if (left === right) return [left, right, end];
    const leftSize = this.sizeOf(start, left);
    const share = leftSize / (leftSize + this.sizeOf(right, end));
    // Both sides hold the missing rows, so that the right one moves behind all rows that wait.
    const to = this.reserve(end, end - left);
    const weights = this.weights!;
    this.rows.copyWithin(to, left, end);
    weights.copyWithin(to, left, end);
    for (let i = left; i < right; ++i) {
      weights[to + i - left]! *= 1 - share;
      weights[i]! *= share;
    }
    return [right, to, to + end - left];
  }

  private swap(projection: Float64Array, start: number, i: number, k: number): void {
    const {rows, weights} = this;
    if (i === k) return;
    const row = rows[i]!;
    rows[i] = rows[k]!;
    rows[k] = row;
    const x = projection[i - start]!;
    projection[i - start] = projection[k - start]!;
    projection[k - start] = x;
    if (weights === null) return;
    const weight = weights[i]!;
    weights[i] = weights[k]!;
    weights[k] = weight;
  }

  /** Where so many entries fit behind those that wait and the node at hand, which ends at `end`; gives all a weight. */
  private reserve(end: number, count: number): number {
    const {pending} = this;
    let to = end;
    for (let k = 2; k < pending.length; k += 5) to = Math.max(to, pending[k]!);
    this.weights ??= new Float64Array(this.rows.length).fill(1);
    if (to + count > this.rows.length || this.weights.length < this.rows.length) {
      const length = Math.max(this.rows.length, 2 * (to + count));
      this.rows = enlarged(this.rows, new Uint32Array(length));
      this.weights = enlarged(this.weights, new Float64Array(length));
    }
    return to;
  }

  private growNodes(): void {
    const {tree} = this;
    for (const name of [
      "feature",
      "threshold",
      "child",
      "weight",
      "fill",
      "table",
      "size",
      "fraction",
      "low",
      "high"
    ] as const) {
      const array = tree[name];
      const larger = new (array.constructor as new (length: number) => typeof array)(array.length * 2);
      Object.assign(tree, {[name]: enlarged(array, larger)});
    }
  }
}

function enlarged<T extends {set(array: T): void}>(array: T, larger: T): T {
  larger.set(array);
  return larger;
}

function emptyTree(nodes: number, dims: number): GrownTree {
  return {
    nodes: 0,
    feature: new Int32Array(nodes * dims),
    threshold: new Float64Array(nodes),
    child: new Uint32Array(nodes),
    weight: new Float64Array(nodes * dims),
    fill: new Float64Array(nodes * dims),
    table: new Uint32Array(nodes * dims),
    numbers: [],
    size: new Float64Array(nodes),
    fraction: new Float64Array(nodes),
    low: new Float64Array(nodes),
    high: new Float64Array(nodes)
  };
}
