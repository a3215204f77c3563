import type {Forest} from "./forest.js";
import type {ForestParameters} from "./parameters.js";

/** A forest in words: what its file holds, for people and other programs to read. */
export interface ForestJson {
  readonly features: readonly string[];
  /** Categories by the features that have them. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly parameters: ForestParameters;
  readonly trees: readonly TreeJson[];
}

/** A leaf, with what it adds to the sum of its rows, or a split and its two sides. */
export type TreeJson =
  | {readonly rows: number; readonly value: number}
  | {
      readonly rows: number;
      /** What is added up, by feature: a weight, or a number for each category. */
      readonly sum: Readonly<Record<string, number | Readonly<Record<string, number | null>>>>;
      /** Left when the sum is at most this. */
      readonly threshold: number;
      /** What stands for a missing value, where something does. */
      readonly missing?: Readonly<Record<string, number>>;
      /** How far from the threshold a row may lie without a penalty. */
      readonly reach?: number;
      readonly left: TreeJson;
      readonly right: TreeJson;
    };

/** The forest as plain objects. Its scores are those of its binary form when the numbers are read back as written. */
export function forestJson(forest: Forest): ForestJson {
  const {features, categories, parameters, root} = forest;
  const known = features.flatMap((name, j) => (categories[j] == null ? [] : [[name, categories[j]] as const]));
  const trees = Array.from({length: root.length - 1}, (_, tree) => treeJson(forest, tree));
  return {features, categories: Object.fromEntries(known), parameters, trees};
}

// From the last node to the first: children stand behind their parents.
function treeJson(forest: Forest, tree: number): TreeJson {
  const {root, child, size, threshold} = forest;
  const start = root[tree]!;
  const made: TreeJson[] = [];
  for (let node = root[tree + 1]! - 1; node >= start; --node) {
    const rows = size[node]!;
    const left = child[node]! - start;
    made[node - start] =
      child[node] === 0
        ? {rows, value: threshold[node]!}
        : {rows, ...splitJson(forest, node), left: made[left]!, right: made[left + 1]!};
  }
  return made[0]!;
}

function splitJson(forest: Forest, node: number) {
  const {features, categories, feature, weight, fill, reach, table, numbers, threshold, parameters} = forest;
  const {dims} = parameters;
  const sum: [string, number | Record<string, number | null>][] = [];
  const missing: [string, number][] = [];
  for (let at = node * dims; at < (node + 1) * dims && feature[at]! >= 0; ++at) {
    const j = feature[at]!;
    const name = features[j]!;
    const factor = dims === 1 ? 1 : weight[at]!;
    const values = categories[j];
    if (values == null) sum.push([name, factor]);
    else {
      const numberOf = (k: number) => {
        const x = numbers[table[at]! + k]!;
        return Number.isNaN(x) ? null : factor * x;
      };
      sum.push([name, Object.fromEntries(values.map((value, k) => [value, numberOf(k)]))]);
    }
    if (fill.length > 0) missing.push([name, fill[at]!]);
  }
  return {
    sum: Object.fromEntries(sum),
    threshold: threshold[node]!,
    ...(missing.length > 0 ? {missing: Object.fromEntries(missing)} : {}),
    ...(reach.length > 0 ? {reach: reach[node]!} : {})
  };
}
