import {InputError} from "../../inputError.js";
import {isNumbers} from "../../traffic/table.js";
import type {Batch} from "../tables/batch.js";

/** Throws an InputError that names the first line whose label is not 0, 1 or missing. */
export function requireLabels(batch: Batch, name: string): void {
  const column = batch.columns[name]!;
  for (let row = 0; row < batch.rows; ++row) {
    const value = isNumbers(column) ? column[row]! : (column.values[column.codes[row]!] ?? Number.NaN);
    if (Number.isNaN(value) || value === 0 || value === 1 || value === "0" || value === "1") continue;
    throw new InputError(`${batch.path}:${batch.lines[row]}: invalid ${name}, expected 0, 1 or nothing: ${value}`);
  }
}

/** The labels of a batch that requireLabels has passed: 1 fake, 0 genuine, NaN unknown. */
export function labelsOf(batch: Batch, name: string): Float64Array {
  const column = batch.columns[name]!;
  return isNumbers(column)
    ? column
    : Float64Array.from(column.codes, (code) => Number(column.values[code] ?? Number.NaN));
}
