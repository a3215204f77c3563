import type {Forest} from "../forest.js";
import type {AddBlock} from "./axisKernel.js";
import {instantiate, reserve} from "./instantiate.js";

const headerBytes = 24;
const nodesAt = 1024;

// As many values as leave room for a tree in the processor’s nearest cache.
const blockValues = 2048;

/** Ready to score with any forest over numbers, split by split; null where WebAssembly is refused. */
export function slantedKernel(forest: Forest): AddBlock | null {
  const {root, parameters, child, features} = forest;
  const {dims} = parameters;
  const exports = instantiate();
  if (exports === null) return null;
  const blockRows = Math.max(8, Math.min(512, Math.floor(blockValues / features.length / 8) * 8));
  // Weights of 8 bytes and offsets of 4, up to the next 16 bytes.
  const stride = Math.ceil((headerBytes + 12 * dims) / 16) * 16;
  const valuesAt = nodesAt + stride * child.length;
  const blockAt = valuesAt + 8 * child.length;
  const sumsAt = blockAt + 8 * blockRows * features.length;
  const {memory, addSlantedTree} = exports;
  if (!reserve(memory, sumsAt + 8 * blockRows)) return null;
  new Float64Array(memory.buffer, valuesAt, child.length).set(forest.threshold);
  writeNodes(memory, forest, {stride, valuesAt, columnBytes: 8 * blockRows});

  const block = new Float64Array(memory.buffer, blockAt, blockRows * features.length);
  const total = new Float64Array(memory.buffer, sumsAt, blockRows);
  const penalizes = forest.reach.length > 0 ? 1 : 0;
  return (columns, start, end, sums) => {
    for (let from = start; from < end; from += blockRows) {
      const rows = Math.min(blockRows, end - from);
      const padded = Math.ceil(rows / 4) * 4;
      for (let j = 0; j < features.length; ++j) block.set(columns[j]!.subarray(from, from + rows), j * blockRows);
      total.set(sums.subarray(from, from + rows));
      for (let tree = 0; tree < root.length - 1; ++tree) {
        addSlantedTree(blockAt, padded, nodesAt + stride * root[tree]!, dims, stride, penalizes, sumsAt);
      }
      sums.set(total.subarray(0, rows), from);
    }
  };
}

function writeNodes(
  {buffer}: WebAssembly.Memory,
  {threshold, child, feature, weight, reach, parameters}: Forest,
  {stride, valuesAt, columnBytes}: {stride: number; valuesAt: number; columnBytes: number}
): void {
  const {dims} = parameters;
  const view = new DataView(buffer);
  for (let i = 0; i < child.length; ++i) {
    const at = nodesAt + stride * i;
    const isLeaf = child[i] === 0;
    view.setFloat64(at, isLeaf ? Number.POSITIVE_INFINITY : threshold[i]!, true);
    view.setFloat64(at + 8, isLeaf || reach.length === 0 ? Number.POSITIVE_INFINITY : reach[i]!, true);
    view.setUint32(at + 16, isLeaf ? at : nodesAt + stride * child[i]!, true);
    view.setUint32(at + 20, valuesAt + 8 * i, true);
    for (let d = 0; d < dims && !isLeaf; ++d) {
      const j = feature[i * dims + d]!;
      if (j < 0) break;
      view.setFloat64(at + headerBytes + 8 * d, dims === 1 ? 1 : weight[i * dims + d]!, true);
      view.setUint32(at + headerBytes + 8 * dims + 4 * d, j * columnBytes, true);
    }
  }
}
