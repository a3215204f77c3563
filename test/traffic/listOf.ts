import type {LiveRows} from "../../lib/traffic/liveRows.js";
import {valueAt} from "../../lib/traffic/table.js";

/** A row by the names of its columns, live ones with what they tell beside them. */
export type Row = Readonly<Record<string, number | string | null>>;

/** Live rows one by one. */
export function listOf(rows: LiveRows | null): Row[] {
  if (rows === null) return [];
  const {table, subject, clock, isFinal, line, file} = rows;
  return Array.from({length: table.rows}, (_, row) => ({
    ...Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, valueAt(column, row)])),
    subject: subject[row]!,
    clock: clock[row]!,
    isFinal: isFinal[row]!,
    line: line[row]!,
    file: file[row]!
  }));
}
