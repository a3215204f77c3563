import {allocateForest, type Forest, sealForest} from "./forest.js";

/** Trees `from` to before `to` of a forest, as a forest of their own. Throws a RangeError on none. */
export function sliceForest(forest: Forest, from: number, to = forest.root.length - 1): Forest {
  const {root, child, parameters, table, numbers} = forest;
  const {dims} = parameters;
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to < root.length)) {
    throw new RangeError(`invalid trees: ${from} to ${to}`);
  }
  const start = root[from]!;
  const end = root[to]!;
  const tablesOf = table.subarray(start * dims, end * dims);
  // Tables stand in the order of the trees: the slice’s begin where its first node’s does.
  const firstNumber = tablesOf[0] ?? 0;
  const lastNumber = table[end * dims] ?? numbers.length;
  if (!tablesOf.every((at) => at >= firstNumber && at <= lastNumber))
    throw new Error("invalid forest: category tables");
  const shape = {trees: to - from, nodes: end - start, numbers: lastNumber - firstNumber};
  const slice = allocateForest(forest, {...parameters, trees: to - from}, shape);
  slice.root.set(root.subarray(from, to + 1).map((node) => node - start));
  slice.child.set(child.subarray(start, end).map((left) => left && left - start));
  for (const name of ["threshold", "size", "reach"] as const) slice[name].set(forest[name].subarray(start, end));
  for (const name of ["feature", "weight", "fill"] as const) {
    slice[name].set(forest[name].subarray(start * dims, end * dims));
  }
  slice.table.set(tablesOf.map((at) => at - firstNumber));
  slice.numbers.set(numbers.subarray(firstNumber, lastNumber));
  return sealForest(slice);
}
