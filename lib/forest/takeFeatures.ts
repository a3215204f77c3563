import type {FeatureColumn, Features} from "./features.js";

/** The features of the given rows, in their order. */
export function takeFeatures(features: Features, rows: ArrayLike<number>): Features {
  return Object.fromEntries(Object.entries(features).map(([name, column]) => [name, take(column, rows)]));
}

function take(column: FeatureColumn, rows: ArrayLike<number>): FeatureColumn {
  if (column instanceof Float64Array) return fill(new Float64Array(rows.length), column, rows);
  return {codes: fill(new Int32Array(rows.length), column.codes, rows), values: column.values};
}

function fill<T extends Float64Array | Int32Array>(taken: T, from: T, rows: ArrayLike<number>): T {
  for (let i = 0; i < rows.length; ++i) taken[i] = from[rows[i]!]!;
  return taken;
}
