import {InputError} from "../inputError.js";
import {isNumbers, type Numbers, type Table} from "./table.js";

/** Where traffic comes from, as far as a reader needs it to get the same rows again. */
export type Source =
  | {readonly type: "file"; readonly name: string; readonly bytes: number; readonly sha256: string}
  | {readonly type: "simulation"; readonly scenario: string; readonly parameters: Readonly<Record<string, unknown>>};

/** A table of sessions or flows that knows its origin. */
export interface Traffic extends Table {
  readonly source: Source;
}

/** The source in a few words: the file’s name, or the scenario. */
export function describeSource(source: Source): string {
  return source.type === "file" ? source.name : `the scenario “${source.scenario}”`;
}

/**
 * The named column of numbers; throws an InputError that names the source when it is missing, and the line of the first
 * text that is no number when it holds text.
 */
export function trafficNumbers({columns, source}: Traffic, name: string): Numbers {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column === undefined) throw new InputError(`${describeSource(source)}: missing column: ${name}`);
  if (isNumbers(column)) return column;
  const row = column.codes.findIndex((code) => code >= 0 && Number.isNaN(Number(column.values[code])));
  if (row < 0) throw new InputError(`${describeSource(source)}: expected numbers, got text in column: ${name}`);
  const line = isNumbers(columns.source_line) ? columns.source_line[row] : row + 1;
  throw new InputError(`${describeSource(source)}:${line}: invalid ${name}: ${column.values[column.codes[row]!]}`);
}
