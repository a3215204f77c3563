import {categoryNumbers} from "./categoryNumbers.js";
import {ColumnDraw} from "./columnDraw.js";
import {moments} from "./columnStatistic.js";
import type {ForestParameters} from "./parameters.js";
import {randomNormal} from "./randomNormal.js";
import {sortOrder} from "./sortOrder.js";
import {addPooledGain, bestFullPlace, bestPlace, between, type Criterion, fractionOf, type Place} from "./splitGain.js";

/** What a tree is grown from: columns of numbers or category indexes, and how many categories each has, 0 for numbers. */
export interface GrowingData {
  readonly columns: readonly Float64Array[];
  readonly categories: readonly number[];
  /** How often each row counts, null for once. */
  readonly rowWeights: Float64Array | null;
  /** In proportion to what features are drawn, null for evenly. */
  readonly columnWeights: Float64Array | null;
}

/** The rows of a node, `rows[start]` to before `rows[end]`, and their weights, null for 1 each. */
export interface NodeRows {
  readonly rows: Uint32Array;
  readonly weights: Float64Array | null;
  readonly start: number;
  readonly end: number;
}

/** A split: the weighted sum of some features against a threshold. */
export class Split {
  /** Number of features. */
  count = 0;
  threshold = 0;
  /** Smallest and largest sum among the rows. */
  low = 0;
  high = 0;
  /** The left side’s share of that range, or of the categories. */
  fraction = 0;
  readonly feature: Int32Array;
  readonly weight: Float64Array;
  /** What stands for a missing value of each feature. */
  readonly fill: Float64Array;
  /** A number for each category of a feature, null where it holds numbers. */
  readonly numbers: (Float64Array | null)[];
  /** The sum of each row, NaN where the one feature is missing. */
  projection: Float64Array;

  constructor(dims: number, rows: number) {
    this.feature = new Int32Array(dims);
    this.weight = new Float64Array(dims);
    this.fill = new Float64Array(dims);
    this.numbers = new Array(dims).fill(null);
    this.projection = new Float64Array(rows);
  }
}

// Up to here an insertion sort is faster than the call of the engine’s own.
const fewToSort = 48;

// A full gain looks at no more columns than these, drawn anew for each split: a wide table would take too long.
const mostFullColumns = 64;

/** Finds the splits of a tree, one node after another, in the same working memory. */
export class SplitFinder {
  readonly draw: ColumnDraw;
  private best: Split;
  private tried: Split;
  private value: Float64Array;
  private sortedValue: Float64Array;
  private gain: Float64Array;
  private order: Uint32Array;
  private orderBuffer: Uint32Array;
  private node: NodeRows = {rows: new Uint32Array(0), weights: null, start: 0, end: 0};
  private readonly read = (column: number) => this.valuesOf(column);
  private readonly varies = (column: number) => this.isVarying(column);

  constructor(
    private readonly data: GrowingData,
    private readonly parameters: ForestParameters
  ) {
    const {dims, sampleSize} = parameters;
    this.draw = new ColumnDraw(data.columns.length, data.columnWeights, parameters);
    this.best = new Split(dims, sampleSize);
    this.tried = new Split(dims, sampleSize);
    this.value = new Float64Array(sampleSize);
    this.sortedValue = new Float64Array(sampleSize);
    this.gain = new Float64Array(sampleSize);
    this.order = new Uint32Array(sampleSize);
    this.orderBuffer = new Uint32Array(sampleSize);
  }

  /** Starts a tree of the given rows. */
  startTree(node: NodeRows, random: () => number): void {
    this.enter(node);
    this.draw.startTree(this.read, random);
  }

  /** A split of the node, valid until the next; null when no two rows differ or none gains enough. */
  find(node: NodeRows, live: number, random: () => number): Split | null {
    const {parameters, draw} = this;
    this.enter(node);
    const criterion = this.pickCriterion(random);
    draw.startNode(live, criterion !== null, this.read, random);
    const attempts = criterion === null ? 1 : parameters.candidates;
    let most = Number.NEGATIVE_INFINITY;
    for (let attempt = 0; attempt < attempts; ++attempt) {
      if (!this.project(criterion, random)) break;
      const gain = this.place(criterion, random);
      if (!(gain > most)) continue;
      most = gain;
      [this.best, this.tried] = [this.tried, this.best];
    }
    if (most === Number.NEGATIVE_INFINITY || (parameters.minGain > 0 && most <= parameters.minGain)) return null;
    return this.best;
  }

  private enter(node: NodeRows): void {
    this.node = node;
    const rows = node.end - node.start;
    if (rows <= this.value.length) return;
    this.value = new Float64Array(rows);
    this.sortedValue = new Float64Array(rows);
    this.gain = new Float64Array(rows);
    this.order = new Uint32Array(rows);
    this.orderBuffer = new Uint32Array(rows);
    this.best.projection = new Float64Array(rows);
    this.tried.projection = new Float64Array(rows);
  }

  private pickCriterion(random: () => number): Criterion | null {
    const {pooledGain, averageGain, fullGain, densityGain} = this.parameters;
    if (pooledGain + averageGain + fullGain + densityGain === 0) return null;
    const u = random();
    if (u < averageGain) return "average";
    if (u < averageGain + pooledGain) return "pooled";
    if (u < averageGain + pooledGain + fullGain) return "full";
    return u < averageGain + pooledGain + fullGain + densityGain ? "density" : null;
  }

  private valuesOf(column: number): Float64Array {
    const {value, node} = this;
    const values = this.data.columns[column]!;
    const {rows, start, end} = node;
    for (let i = start; i < end; ++i) value[i - start] = values[rows[i]!]!;
    return value.subarray(0, end - start);
  }

  private isVarying(column: number): boolean {
    const {value, node} = this;
    const values = this.data.columns[column]!;
    const {rows, start, end} = node;
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; ++i) {
      const x = values[rows[i]!]!;
      value[i - start] = x;
      if (x < min) min = x;
      if (x > max) max = x;
    }
    return min < max;
  }

  /** Draws the features of a split and adds up their weighted values; false when none varies. */
  private project(criterion: Criterion | null, random: () => number): boolean {
    const {tried, draw, parameters} = this;
    tried.count = 0;
    draw.startSplit();
    while (tried.count < parameters.dims) {
      const column = draw.take(this.varies, random);
      if (column < 0) break;
      this.add(column, criterion, random);
    }
    return tried.count > 0;
  }

  /** Adds the feature whose values were read last to the split that is tried. */
  private add(column: number, criterion: Criterion | null, random: () => number): void {
    const {tried, data, parameters, node} = this;
    const n = node.end - node.start;
    const {value} = this;
    const {projection} = tried;
    const at = tried.count++;
    tried.feature[at] = column;
    tried.numbers[at] = null;
    tried.weight[at] = 1;
    tried.fill[at] = 0;
    if (data.categories[column]! > 0) {
      const seen = new Uint32Array(data.categories[column]!);
      for (let i = 0; i < n; ++i) if (!Number.isNaN(value[i]!)) ++seen[value[i]!]!;
      const numbers = categoryNumbers(seen, parameters, criterion === null && parameters.dims === 1, random);
      for (let i = 0; i < n; ++i) if (!Number.isNaN(value[i]!)) value[i] = numbers[value[i]!]!;
      tried.numbers[at] = numbers;
    }
    if (parameters.dims === 1) {
      for (let i = 0; i < n; ++i) projection[i] = value[i]!;
      return;
    }
    const {mean, deviation} = moments(value, n);
    const coefficient = parameters.coefficients === "normal" ? randomNormal(random) : 2 * random() - 1;
    const weight = parameters.standardize ? coefficient / deviation : coefficient;
    // A deviation next to zero must not make an infinite weight.
    tried.weight[at] = Math.max(-1e300, Math.min(1e300, weight));
    tried.fill[at] = mean;
    for (let i = 0; i < n; ++i) {
      const x = !Number.isNaN(value[i]!) ? value[i]! : mean;
      projection[i] = (at === 0 ? 0 : projection[i]!) + tried.weight[at]! * x;
    }
  }

  /** Chooses the threshold of the split that is tried; its gain, −∞ when no threshold parts the rows. */
  private place(criterion: Criterion | null, random: () => number): number {
    const {tried, node} = this;
    const {projection} = tried;
    const n = node.end - node.start;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; ++i) {
      const x = projection[i]!;
      if (x < low) low = x;
      if (x > high) high = x;
    }
    if (!(low < high && Number.isFinite(low) && Number.isFinite(high))) return Number.NEGATIVE_INFINITY;
    tried.low = low;
    tried.high = high;
    let gain = 1;
    if (criterion !== null) {
      const found = this.bestThreshold(criterion, random);
      if (found === null) return Number.NEGATIVE_INFINITY;
      gain = found.gain;
      tried.threshold = found.threshold;
    } else {
      const isParting = this.parameters.dims === 1 && tried.numbers[0] !== null;
      tried.threshold = isParting ? 0.5 : between(low, high, random());
    }
    tried.fraction = this.shareOf(tried);
    return gain;
  }

  private bestThreshold(criterion: Criterion, random: () => number): Found | null {
    const {tried, node} = this;
    const {weights, start, end} = node;
    const {projection} = tried;
    // Half of all nodes that split hold two rows: there is one way to part them, which leaves no spread.
    if (end - start === 2 && criterion !== "density") return {threshold: between(tried.low, tried.high, 0.5), gain: 1};
    if (weights === null && criterion !== "full") {
      const sorted = this.sorted(end - start);
      return thresholdAt(bestPlace(criterion, sorted, null), sorted);
    }
    const {order} = this;
    let n = 0;
    for (let i = 0; i < end - start; ++i) if (!Number.isNaN(projection[i]!)) order[n++] = i;
    sortOrder(order, n, projection, this.orderBuffer);
    const sorted = this.sortedValue.subarray(0, n);
    for (let i = 0; i < n; ++i) sorted[i] = projection[order[i]!]!;
    const weight = weights && new Float64Array(n);
    if (weight !== null) for (let i = 0; i < n; ++i) weight[i] = weights![start + order[i]!]!;
    const place = criterion === "full" ? this.fullPlace(sorted, weight, random) : bestPlace(criterion, sorted, weight);
    return thresholdAt(place, sorted);
  }

  private fullPlace(sorted: Float64Array, weight: Float64Array | null, random: () => number): Place {
    const {order, node, data, gain} = this;
    const n = sorted.length;
    const value = this.value.subarray(0, n);
    gain.fill(0, 0, n);
    // From places in the node to rows, once for all columns.
    for (let i = 0; i < n; ++i) order[i] = node.rows[node.start + order[i]!]!;
    let varying = 0;
    const columns = this.draw.some(mostFullColumns, random);
    for (let k = 0; k < columns.length; ++k) {
      const column = columns[k]!;
      if (data.categories[column]! > 0) continue;
      const values = data.columns[column]!;
      for (let i = 0; i < n; ++i) value[i] = values[order[i]!]!;
      if (addPooledGain(value, weight, gain)) ++varying;
    }
    // Categories have no spread; a table of nothing else is guided by the numbers of the split itself.
    return varying === 0 ? bestPlace("pooled", sorted, weight) : bestFullPlace(sorted, gain, varying);
  }

  /** The first n projections in order, without gaps. */
  private sorted(n: number): Float64Array {
    const {value, tried} = this;
    let present = 0;
    for (let i = 0; i < n; ++i) if (!Number.isNaN(tried.projection[i]!)) value[present++] = tried.projection[i]!;
    const sorted = value.subarray(0, present);
    if (present > fewToSort) return sorted.sort();
    for (let i = 1; i < present; ++i) {
      const x = value[i]!;
      let k = i;
      for (; k > 0 && value[k - 1]! > x; --k) value[k] = value[k - 1]!;
      value[k] = x;
    }
    return sorted;
  }

  private shareOf({numbers, low, high, threshold}: Split): number {
    const categories = this.parameters.dims === 1 ? numbers[0]! : null;
    if (categories === null) return fractionOf(threshold, low, high);
    let left = 0;
    let all = 0;
    for (const x of categories) {
      if (x <= threshold) ++left;
      if (!Number.isNaN(x)) ++all;
    }
    return left / all;
  }
}

interface Found {
  readonly threshold: number;
  readonly gain: number;
}

// Null where no place is better than any other, as among weights too unlike to be added.
function thresholdAt({at, gain}: Place, sorted: Float64Array): Found | null {
  return at === 0 ? null : {threshold: between(sorted[at - 1]!, sorted[at]!, 0.5), gain};
}
