import {columnStatistic, type Statistic} from "./columnStatistic.js";
import type {ForestParameters} from "./parameters.js";
import {WeightedDraw} from "./weightedDraw.js";

/** Reads the values of a column in the node at hand into a buffer and returns it. */
export type ReadColumn = (column: number) => Float64Array;

/**
 * Draws the columns of splits: evenly, or in proportion to given weights, to kurtosis in the tree’s sample, or to a
 * statistic of the node. A column that is constant in a node is so in every node below, and is set aside there: the first
 * `count` of the columns are live, and a node’s children start with its count.
 */
export class ColumnDraw {
  count = 0;
  private readonly live: Uint32Array;
  private readonly treeWeights: Float64Array | null;
  private readonly nodeWeights: Float64Array | null;
  private readonly draw: WeightedDraw | null;
  private isWeighing = false;
  private place = 0;

  constructor(
    private readonly columns: number,
    private readonly columnWeights: Float64Array | null,
    private readonly parameters: ForestParameters
  ) {
    const {byRange, byVariance, byKurtosis, weighByKurtosis} = parameters;
    const weighsTree = columnWeights !== null || weighByKurtosis;
    this.live = new Uint32Array(columns);
    this.treeWeights = weighsTree ? new Float64Array(columns) : null;
    this.nodeWeights = weighsTree || byRange + byVariance + byKurtosis > 0 ? new Float64Array(columns) : null;
    this.draw = this.nodeWeights && new WeightedDraw(this.nodeWeights);
  }

  /** Starts a tree: draws its columns and weighs them by its rows. */
  startTree(read: ReadColumn, random: () => number): void {
    const {columns, live, treeWeights, parameters} = this;
    if (treeWeights !== null) {
      for (let j = 0; j < columns; ++j) {
        const kurtosis = parameters.weighByKurtosis ? columnStatistic("kurtosis", read(j)) : 1;
        treeWeights[j] = kurtosis * (this.columnWeights?.[j] ?? 1);
      }
    }
    this.count = columns;
    for (let j = 0; j < columns; ++j) live[j] = j;
    if (parameters.columnsPerTree === columns) return;
    const draw = new WeightedDraw(treeWeights ?? new Float64Array(columns).fill(1));
    for (this.count = 0; this.count < parameters.columnsPerTree; ++this.count) {
      const j = draw.take(random);
      if (j < 0) break;
      live[this.count] = j;
    }
  }

  /** Starts a node with the live columns of its parent, and weighs them by its rows where that is wanted. */
  startNode(count: number, isGuided: boolean, read: ReadColumn, random: () => number): void {
    const {treeWeights, nodeWeights, live} = this;
    this.count = count;
    this.isWeighing = false;
    if (nodeWeights === null) return;
    const statistic = this.pickStatistic(isGuided, random);
    if (statistic === null && treeWeights === null) return;
    this.isWeighing = true;
    nodeWeights.fill(0);
    let most = 0;
    for (let k = 0; k < count; ++k) {
      const j = live[k]!;
      const weight = (statistic === null ? 1 : columnStatistic(statistic, read(j))) * (treeWeights?.[j] ?? 1);
      nodeWeights[j] = Math.min(Number.MAX_VALUE, weight);
      most = Math.max(most, nodeWeights[j]!);
    }
    if (most > 0) for (let k = 0; k < count; ++k) nodeWeights[live[k]!]! /= most;
  }

  /** Starts the draws of one split, which are without replacement. */
  startSplit(): void {
    this.place = 0;
    if (this.isWeighing) this.draw!.reset(this.nodeWeights!);
  }

  /** The next column that varies, as `varies` tells; −1 when there is none. */
  take(varies: (column: number) => boolean, random: () => number): number {
    const {live} = this;
    if (this.isWeighing) {
      for (;;) {
        const j = this.draw!.take(random);
        if (j < 0 || varies(j)) return j;
      }
    }
    while (this.place < this.count) {
      const k = this.place + Math.floor(random() * (this.count - this.place));
      const j = live[k]!;
      const isVarying = varies(j);
      const to = isVarying ? this.place++ : --this.count;
      live[k] = live[to]!;
      live[to] = j;
      if (isVarying) return j;
    }
    return -1;
  }

  /** The live columns, or so many of them drawn evenly. */
  some(most: number, random: () => number): Uint32Array {
    const {live, count} = this;
    if (count <= most) return live.subarray(0, count);
    for (let i = 0; i < most; ++i) {
      const k = i + Math.floor(random() * (count - i));
      const column = live[k]!;
      live[k] = live[i]!;
      live[i] = column;
    }
    return live.subarray(0, most);
  }

  private pickStatistic(isGuided: boolean, random: () => number): Statistic | null {
    const {byRange, byVariance, byKurtosis, dims, candidates} = this.parameters;
    if (byRange + byVariance + byKurtosis === 0) return null;
    // With all columns in every split, or all of them tried, there is nothing to draw.
    if (this.count <= dims || (isGuided && candidates >= this.count)) return null;
    const u = random();
    if (u < byRange) return "range";
    if (u < byRange + byVariance) return "variance";
    return u < byRange + byVariance + byKurtosis ? "kurtosis" : null;
  }
}
