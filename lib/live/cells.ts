import {isNumbers, type Table} from "../traffic/table.js";

/** The number in a row of the named column, NaN where it is missing or the table has no such numbers. */
export function numberIn({columns}: Table, name: string, row: number): number {
  const column = columns[name];
  return isNumbers(column) ? column[row]! : Number.NaN;
}

/** The text in a row of the named column, null where it is missing or the table has no such text. */
export function textIn({columns}: Table, name: string, row: number): string | null {
  const column = columns[name];
  return column === undefined || isNumbers(column) ? null : (column.values[column.codes[row]!] ?? null);
}

/** A row by the names of its columns, texts cut at 500 characters; without the line and the number of its file. */
export function valuesIn({columns}: Table, row: number): Record<string, number | string | null> {
  const values: Record<string, number | string | null> = {};
  for (const [name, column] of Object.entries(columns)) {
    if (name === "source_line" || name === "source_file") continue;
    if (isNumbers(column)) values[name] = Number.isFinite(column[row]) ? column[row]! : null;
    else values[name] = column.values[column.codes[row]!]?.slice(0, longestText) ?? null;
  }
  return values;
}

const longestText = 500;
