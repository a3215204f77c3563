import type {Forest} from "../forest.js";
import {walkTree} from "../walkTrees.js";
import {type AddBlock, axisKernel} from "./axisKernel.js";
import {slantedKernel} from "./slantedKernel.js";

/**
 * For each row, the sum over all trees of what its leaf adds, in the order of the trees. Rows without a missing value or
 * a category go through WebAssembly where it is allowed; the walk in TypeScript gives the same bits for every row.
 */
export function sumLeaves(forest: Forest, columns: readonly Float64Array[], isComplete: boolean): Float64Array {
  const rows = columns[0]!.length;
  const sums = new Float64Array(rows);
  const kernel = isComplete && forest.categories.every((names) => names === null) ? kernelOf(forest) : null;
  if (kernel === null) walkLeaves(forest, columns, sums);
  else kernel(columns, 0, rows, sums);
  return sums;
}

// Rows go in blocks, so that one tree and its rows stay in the processor’s cache.
const blockRows = 512;

/** The same sums without WebAssembly. */
export function walkLeaves(forest: Forest, columns: readonly Float64Array[], sums: Float64Array): void {
  const {threshold, root} = forest;
  const arrive = (row: number, leaf: number, weight: number, penalty: number) => {
    sums[row]! += weight * (threshold[leaf]! - penalty);
  };
  for (let start = 0; start < sums.length; start += blockRows) {
    const end = Math.min(sums.length, start + blockRows);
    for (let tree = 0; tree < root.length - 1; ++tree) walkTree(forest, tree, columns, start, end, arrive);
  }
}

const kernels = new WeakMap<Forest, {readonly kernel: AddBlock | null}>();

function kernelOf(forest: Forest): AddBlock | null {
  let known = kernels.get(forest);
  if (known === undefined) {
    const isAxis = forest.parameters.dims === 1 && forest.reach.length === 0;
    known = {kernel: (isAxis ? axisKernel(forest) : null) ?? slantedKernel(forest)};
    kernels.set(forest, known);
  }
  return known.kernel;
}
