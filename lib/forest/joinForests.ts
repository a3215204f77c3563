import {allocateForest, type Forest, sealForest} from "./forest.js";

/**
 * The trees of several forests as one, in their order. Forests that were grown with the same parameters over ranges of
 * trees that follow each other give the same bytes as the whole range grown at once. Throws on none, and on forests that
 * differ in features or parameters.
 */
export function joinForests(forests: readonly Forest[]): Forest {
  const kinds = new Set(forests.map(kindOf));
  if (kinds.size !== 1) throw new Error(`expected forests of one kind, got: ${kinds.size}`);
  const trees = sum(forests, ({root}) => root.length - 1);
  const nodes = sum(forests, ({child}) => child.length);
  const numbers = sum(forests, (forest) => forest.numbers.length);
  const {parameters} = forests[0]!;
  const whole = allocateForest(forests[0]!, {...parameters, trees}, {trees, nodes, numbers});
  let tree = 0;
  let node = 0;
  let number = 0;
  for (const part of forests) {
    for (const array of ["threshold", "size", "reach"] as const)
      whole[array].set(part[array], part[array].length && node);
    for (const array of ["feature", "weight", "fill"] as const) {
      whole[array].set(part[array], part[array].length && node * parameters.dims);
    }
    for (let t = 0; t < part.root.length - 1; ++t) whole.root[tree + t] = node + part.root[t]!;
    for (let i = 0; i < part.child.length; ++i) whole.child[node + i] = part.child[i]! && node + part.child[i]!;
    for (let k = 0; k < part.table.length; ++k) whole.table[node * parameters.dims + k] = number + part.table[k]!;
    whole.numbers.set(part.numbers, number);
    tree += part.root.length - 1;
    node += part.child.length;
    number += part.numbers.length;
  }
  whole.root[trees] = nodes;
  return sealForest(whole);
}

// All that must agree: features, categories and every parameter but the number of trees.
function kindOf({features, categories, parameters: {trees: _, ...parameters}}: Forest): string {
  return JSON.stringify([features, categories, parameters]);
}

function sum(forests: readonly Forest[], count: (forest: Forest) => number): number {
  return forests.reduce((total, forest) => total + count(forest), 0);
}
