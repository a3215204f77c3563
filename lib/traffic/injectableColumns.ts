import {featureSources} from "./featureColumn.js";
import {leastReal, varies} from "./injectedKinds.js";
import type {NumberFeatures} from "./injectFakes.js";
import {describeColumn} from "./schema.js";
import {isNumbers, type Table} from "./table.js";

/**
 * The columns that features are made of, among which rows can be injected, or in words why none can: they hold text, some
 * rows miss one of them, there are too few rows, or all are alike.
 */
export function injectableColumns(
  {rows, columns}: Table,
  features: readonly string[]
): {columns: NumberFeatures; reason: null} | {columns: null; reason: string} {
  const names = featureSources(features);
  const refused = (reason: string) => ({columns: null, reason});
  const text = names.find((name) => !isNumbers(columns[name]));
  if (text !== undefined)
    return refused(`“${describeColumn(text).title}” holds text, which the simulation does not know`);
  const numeric = Object.fromEntries(names.map((name) => [name, columns[name] as Float64Array]));
  const missed = names.find((name) => numeric[name]!.some(Number.isNaN));
  if (missed !== undefined) {
    return refused(
      `some rows have no value of “${describeColumn(missed).title}”, and the simulation has no rows like these`
    );
  }
  if (rows < leastReal) return refused(`it takes ${leastReal} rows or more`);
  if (!names.some((name) => varies(numeric[name]!))) return refused("no feature varies");
  return {columns: numeric, reason: null};
}
