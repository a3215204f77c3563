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
  const kernel = forest.categories.every((names) => names === null) ? kernelOf(forest) : null;
  if (kernel === null) walkLeaves(forest, columns, sums);
  else if (isComplete) kernel(columns, 0, rows, sums);
  else addInParts(forest, kernel, columns, sums);
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

// The kernel takes as long for one row as for four.
const fewestForKernel = 4;

/** Complete rows go through the kernel, the others are walked: often few of many miss something. */
function addInParts(forest: Forest, kernel: AddBlock, columns: readonly Float64Array[], sums: Float64Array): void {
  const [complete, others]: [number[], number[]] = [[], []];
  for (let row = 0; row < sums.length; ++row) {
    let isComplete = true;
    for (let j = 0; isComplete && j < columns.length; ++j) isComplete = !Number.isNaN(columns[j]![row]!);
    (isComplete ? complete : others).push(row);
  }
  if (complete.length < fewestForKernel) {
    walkLeaves(forest, columns, sums);
    return;
  }
  const ofComplete = new Float64Array(complete.length);
  kernel(rowsOf(columns, complete), 0, complete.length, ofComplete);
  const ofOthers = new Float64Array(others.length);
  walkLeaves(forest, rowsOf(columns, others), ofOthers);
  for (let i = 0; i < complete.length; ++i) sums[complete[i]!] = ofComplete[i]!;
  for (let i = 0; i < others.length; ++i) sums[others[i]!] = ofOthers[i]!;
}

function rowsOf(columns: readonly Float64Array[], rows: readonly number[]): Float64Array[] {
  return columns.map((column) => {
    const taken = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; ++i) taken[i] = column[rows[i]!]!;
    return taken;
  });
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
