import type {Forest} from "../forest.js";
import {instantiate, type KernelExports, reserve} from "./instantiate.js";

/** Adds to `sums`, one for each row of the block, what each tree’s leaf says of it. Columns hold complete numbers. */
export type AddBlock = (columns: readonly Float64Array[], start: number, end: number, sums: Float64Array) => void;

const topSplits = 15;
const topBytes = topSplits * 4;
const topLeaves = 16;
const nodeBytes = 8;
const mostRank = 65_535;
const noRank = 32_767;

/** Ready to score with a forest of splits along one axis; null when a feature has more thresholds than ranks can tell. */
export function axisKernel(forest: Forest): AddBlock | null {
  const columns = forest.features.length;
  const blockRows = Math.min(512, Math.floor(32_768 / columns / 8) * 8);
  if (blockRows === 0) return null;
  const thresholds = sortedThresholds(forest);
  if (thresholds.some(({length}) => length > mostRank)) return null;
  const exports = instantiate();
  if (exports === null) return null;
  const trees = forest.root.length - 1;
  const nodes = forest.child.length + trees * topLeaves;
  const at = layout([
    ["thresholds", 8 * thresholds.reduce((sum, {length}) => sum + Math.max(1, length), 0)],
    ["values", nodeBytes * nodes],
    ["nodes", nodeBytes * nodes],
    ["tops", topBytes * trees],
    ["block", 8 * blockRows],
    ["ranks", 2 * blockRows * columns],
    ["sums", 8 * blockRows]
  ] as const);
  if (!reserve(exports.memory, at.end)) return null;
  const thresholdAt = writeThresholds(exports, at.thresholds, thresholds);
  const written = writeTrees(exports, forest, thresholds, at, blockRows * 2);

  const {memory, rank, addAxisTree} = exports;
  const block = new Float64Array(memory.buffer, at.block, blockRows);
  const total = new Float64Array(memory.buffer, at.sums, blockRows);
  return (values, start, end, sums) => {
    for (let from = start; from < end; from += blockRows) {
      const rows = Math.min(blockRows, end - from);
      const padded = Math.ceil(rows / 8) * 8;
      for (let j = 0; j < columns; ++j) {
        block.set(values[j]!.subarray(from, from + rows));
        rank(at.block, padded, thresholdAt[j]!, thresholds[j]!.length, at.ranks + j * blockRows * 2);
      }
      total.set(sums.subarray(from, from + rows));
      for (let tree = 0; tree < trees; ++tree) {
        const {node, steps} = written[tree]!;
        addAxisTree(
          at.ranks,
          padded,
          at.tops + tree * topBytes,
          at.nodes + node * nodeBytes,
          steps,
          at.values + node * nodeBytes,
          at.sums
        );
      }
      sums.set(total.subarray(0, rows), from);
    }
  };
}

function layout<Name extends string>(sections: readonly (readonly [Name, number])[]): Record<Name | "end", number> {
  const at: Record<string, number> = {};
  let end = 1024;
  for (const [name, bytes] of sections) {
    at[name] = end;
    end += Math.ceil(bytes / 16) * 16;
  }
  at.end = end;
  return at as Record<Name | "end", number>;
}

function sortedThresholds({features, feature, threshold, child}: Forest): Float64Array[] {
  const counts = new Uint32Array(features.length);
  for (let i = 0; i < child.length; ++i) if (child[i] !== 0) ++counts[feature[i]!]!;
  const all = Array.from(counts, (count) => new Float64Array(count));
  counts.fill(0);
  for (let i = 0; i < child.length; ++i) if (child[i] !== 0) all[feature[i]!]![counts[feature[i]!]!++] = threshold[i]!;
  return all.map((values) => {
    values.sort();
    return values.filter((x, i) => i === 0 || x !== values[i - 1]);
  });
}

function writeThresholds({memory}: KernelExports, start: number, thresholds: readonly Float64Array[]): number[] {
  let at = start;
  return thresholds.map((values) => {
    const here = at;
    new Float64Array(memory.buffer, here, values.length).set(values);
    at += 8 * Math.max(1, values.length);
    return here;
  });
}

function writeTrees(
  {memory}: KernelExports,
  forest: Forest,
  thresholds: readonly Float64Array[],
  at: {nodes: number; values: number; tops: number},
  columnBytes: number
): {node: number; steps: number}[] {
  const {root, feature, threshold, child} = forest;
  const u16 = new Uint16Array(memory.buffer);
  const i16 = new Int16Array(memory.buffer);
  const u32 = new Uint32Array(memory.buffer);
  const f64 = new Float64Array(memory.buffer);
  const rankOf = (i: number) => lowerBound(thresholds[feature[i]!]!, threshold[i]!) - 32_768;
  const writeSplit = (address: number, column: number, rank: number) => {
    u16[address >> 1] = column * columnBytes;
    i16[(address >> 1) + 1] = rank;
  };
  const trees = root.length - 1;
  const written: {node: number; steps: number}[] = [];
  let next = 0;
  for (let tree = 0; tree < trees; ++tree) {
    const first = next;
    // Nodes of the full top tree by their place in it; a leaf above its foot goes down on the left.
    const place: number[] = [root[tree]!];
    for (let k = 0; k < topSplits; ++k) {
      const i = place[k] ?? -1;
      const isSplit = i >= 0 && child[i] !== 0;
      writeSplit(at.tops + tree * topBytes + 4 * k, isSplit ? feature[i]! : 0, isSplit ? rankOf(i) : noRank);
      place[2 * k + 1] = isSplit ? child[i]! : i;
      place[2 * k + 2] = isSplit ? child[i]! + 1 : -1;
    }
    next += topLeaves;
    const waiting: {i: number; slot: number; depth: number}[] = [];
    for (let slot = 0; slot < topLeaves; ++slot) {
      const i = place[topSplits + slot]!;
      if (i >= 0) waiting.push({i, slot: first + slot, depth: 0});
    }
    let steps = 0;
    for (const {i, slot, depth} of waiting) {
      const address = at.nodes + slot * nodeBytes;
      if (child[i] === 0) {
        writeSplit(address, 0, noRank);
        u32[(address >> 2) + 1] = address;
        f64[(at.values >> 3) + slot] = threshold[i]!;
        continue;
      }
      writeSplit(address, feature[i]!, rankOf(i));
      u32[(address >> 2) + 1] = at.nodes + next * nodeBytes;
      steps = Math.max(steps, depth + 1);
      waiting.push({i: child[i]!, slot: next, depth: depth + 1}, {i: child[i]! + 1, slot: next + 1, depth: depth + 1});
      next += 2;
    }
    written.push({node: first, steps});
  }
  return written;
}

function lowerBound(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
