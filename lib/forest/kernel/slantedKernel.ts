import type {Forest} from "../forest.js";
import type {AddBlock} from "./axisKernel.js";
import {instantiate, reserve} from "./instantiate.js";

const headerBytes = 32;
const partBytes = 16;

/** Ready to score with any forest over numbers, split by split; null where WebAssembly is refused. */
export function slantedKernel(forest: Forest): AddBlock | null {
  const {root, parameters, child, features} = forest;
  const {dims} = parameters;
  const exports = instantiate();
  if (exports === null) return null;
  const blockRows = Math.max(8, Math.min(512, Math.floor(65_536 / features.length / 8 / 8) * 8));
  const stride = headerBytes + partBytes * dims;
  const nodesAt = 1024;
  const blockAt = nodesAt + stride * child.length;
  const sumsAt = blockAt + 8 * blockRows * features.length;
  reserve(exports.memory, sumsAt + 8 * blockRows);
  const {memory, addSlantedTree} = exports;
  writeNodes(memory, forest, nodesAt, stride, 8 * blockRows);

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
        addSlantedTree(blockAt, padded, nodesAt + stride * root[tree]!, dims, penalizes, sumsAt);
      }
      sums.set(total.subarray(0, rows), from);
    }
  };
}

function writeNodes(
  memory: WebAssembly.Memory,
  forest: Forest,
  nodesAt: number,
  stride: number,
  columnBytes: number
): void {
  const {threshold, child, feature, weight, reach, parameters} = forest;
  const {dims} = parameters;
  const view = new DataView(memory.buffer);
  for (let i = 0; i < child.length; ++i) {
    const at = nodesAt + stride * i;
    const isLeaf = child[i] === 0;
    view.setFloat64(at, isLeaf ? Number.POSITIVE_INFINITY : threshold[i]!, true);
    view.setFloat64(at + 8, isLeaf || reach.length === 0 ? Number.POSITIVE_INFINITY : reach[i]!, true);
    view.setFloat64(at + 16, isLeaf ? threshold[i]! : 0, true);
    view.setUint32(at + 24, isLeaf ? at : nodesAt + stride * child[i]!, true);
    for (let d = 0; d < dims && !isLeaf; ++d) {
      const j = feature[i * dims + d]!;
      if (j < 0) break;
      view.setFloat64(at + headerBytes + partBytes * d, dims === 1 ? 1 : weight[i * dims + d]!, true);
      view.setUint32(at + headerBytes + partBytes * d + 8, j * columnBytes, true);
    }
  }
}
