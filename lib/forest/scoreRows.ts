import {averagePathLength} from "./averagePathLength.js";
import {exp2} from "./exp2.js";
import type {Forest} from "./forest.js";
import {validateColumns} from "./validateColumns.js";

/**
 * The anomaly score of each row, 2^(−E[h(x)] / c(ψ)) in (0, 1]; higher is more anomalous, and 0.5 for every row of a
 * forest that could not split. Columns are found by the forest’s feature names. Throws on one that is missing, and on
 * values that are not finite. Liu, Ting and Zhou 2008, eq. 2.
 */
export function scoreRows(forest: Forest, features: Readonly<Record<string, Float64Array>>): Float64Array {
  const columns = forest.features.map((name) => {
    if (!Object.hasOwn(features, name)) throw new Error(`missing feature: ${name}`);
    return features[name]!;
  });
  const rows = columns[0]!.length;
  validateColumns(forest.features, columns, rows);
  if (forest.feature.every((j) => j === -1)) return new Float64Array(rows).fill(0.5);
  const {trees, sampleSize} = forest.parameters;
  const expected = averagePathLength(sampleSize);
  const score = sumOfDepths(forest, columns, rows);
  for (let i = 0; i < rows; ++i) score[i] = exp2(Math.max(-1000, -score[i]! / trees / expected));
  return score;
}

// Rows go in blocks, so that one tree and its rows stay in the processor’s cache.
const blockRows = 512;

function sumOfDepths(forest: Forest, columns: readonly Float64Array[], rows: number): Float64Array {
  const {root, threshold, feature, child} = forest;
  const {trees} = forest.parameters;
  const sum = new Float64Array(rows);
  for (let start = 0; start < rows; start += blockRows) {
    const end = Math.min(rows, start + blockRows);
    for (let tree = 0; tree < trees; ++tree) {
      for (let i = start; i < end; ++i) {
        let node = root[tree]!;
        let j = feature[node]!;
        while (j >= 0) {
          node = child[node]! + (columns[j]![i]! <= threshold[node]! ? 0 : 1);
          j = feature[node]!;
        }
        sum[i]! += threshold[node]!;
      }
    }
  }
  return sum;
}
