import {InputError} from "../../inputError.js";
import {isNumbers} from "../../traffic/table.js";
import type {Batch, ColumnType, ColumnTypes, ReadOptions} from "./batch.js";
import {exactFrom, isMissing} from "./csvCells.js";
import type {TableFile} from "./openTable.js";

/** A batch that knows which of the files it is from. */
export interface FileBatch extends Batch {
  readonly file: TableFile;
}

/** How to read several files as one table. */
export interface ReadTablesOptions extends Omit<ReadOptions, "onReject"> {
  readonly onReject?: (file: TableFile, line: number, reason: string) => void;
}

/**
 * The batches of all files, one file after another, each with the columns of the first in their order. Throws an
 * InputError that names the file and a column that it misses or has beyond the first file’s, and the line of a text where
 * the given types say numbers.
 */
export async function* readTables(
  files: readonly TableFile[],
  {onReject, ...options}: ReadTablesOptions = {}
): AsyncGenerator<FileBatch> {
  let names: readonly string[] | undefined;
  for (const file of files) {
    const rejecting = onReject && {onReject: (line: number, reason: string) => onReject(file, line, reason)};
    for await (const batch of file.batches({...options, ...rejecting})) {
      const found = [...batch.types.keys()].filter((name) => options.columns?.includes(name) ?? true);
      names ??= found;
      requireNumbers(batch, options.types);
      yield {...arranged(batch, names, found), file};
    }
  }
}

function arranged(batch: Batch, names: readonly string[], found: readonly string[]): Batch {
  const types = new Map<string, ColumnType>();
  for (const name of names) {
    const type = batch.types.get(name);
    if (type === undefined) throw new InputError(`${batch.path}: missing column: ${name}`);
    types.set(name, type);
  }
  const extra = found.find((name) => !types.has(name));
  if (extra !== undefined) throw new InputError(`${batch.path}: unknown column: ${extra}`);
  return {...batch, types};
}

function requireNumbers(batch: Batch, types: ColumnTypes | undefined): void {
  for (const [name, type] of batch.types) {
    if (type !== "text" || (types?.get(name) ?? "text") === "text") continue;
    const row = firstText(batch, name);
    if (row !== null)
      throw new InputError(`${batch.path}:${batch.lines[row]}: invalid ${name}: ${textAt(batch, name, row)}`);
  }
}

/** The first row whose text in the column is neither missing nor a number, or null where there is none. */
export function firstText(batch: Batch, name: string): number | null {
  for (let row = 0; row < batch.rows; ++row) {
    const text = textAt(batch, name, row);
    if (text !== null && isText(text, batch)) return row;
  }
  return null;
}

/** Whether a text of the batch is neither missing nor a number. */
export function isText(text: string, {hasDecimalCommas}: Batch): boolean {
  return Number.isNaN(exactFrom(text, hasDecimalCommas)) && !isMissing(text);
}

/** The text of a row, null where it is missing or the column holds numbers. */
export function textAt({columns}: Batch, name: string, row: number): string | null {
  const column = columns[name];
  return column === undefined || isNumbers(column) ? null : (column.values[column.codes[row]!] ?? null);
}

/** The types that hold for both: text where either is text. */
export function unifyTypes(types: ColumnTypes | undefined, others: ColumnTypes): ColumnTypes {
  if (types === undefined) return others;
  return new Map(Array.from(types, ([name, type]) => [name, unifyType(type, others.get(name)!)]));
}

function unifyType(a: ColumnType, b: ColumnType): ColumnType {
  if (a === b) return a;
  return a === "text" || b === "text" ? "text" : "number";
}
