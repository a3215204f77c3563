import type {FileReport} from "../formats/fileReport.js";
import type {PlaceSource} from "../geo/places.js";
import {InputError} from "../inputError.js";
import type {RowKind} from "./ingest.js";
import {isNumbers, type Numbers, type Table} from "./table.js";

/** Where traffic comes from, as far as a reader needs it to get the same rows again. */
export type Source =
  | {readonly type: "file"; readonly name: string; readonly bytes: number; readonly sha256: string}
  | {readonly type: "simulation"; readonly scenario: string; readonly parameters: Readonly<Record<string, unknown>>}
  | LogSource;

/** Logs that rows were made of. */
export interface LogSource {
  readonly type: "logs";
  /** What the rows are. */
  readonly rows: RowKind;
  /** In the order in which they were read as one stream, with what came of their lines or packets. */
  readonly files: readonly (FileReport & {readonly bytes: number; readonly sha256: string | null})[];
  /** Where addresses were looked up, null where they were not. */
  readonly places: PlaceSource | null;
  /** Whether addresses and what else could tell who somebody is were replaced. */
  readonly anonymized: boolean;
}

/** A table of sessions or flows that knows its origin. */
export interface Traffic extends Table {
  readonly source: Source;
}

/** The source in a few words: the names of its files, or the scenario. */
export function describeSource(source: Source): string {
  switch (source.type) {
    case "file":
      return source.name;
    case "simulation":
      return `the scenario “${source.scenario}”`;
    case "logs":
      return source.files.map(({file}) => file).join(", ");
  }
}

/** Where the places of rows were looked up, null where they were not. */
export function placesOf(source: Source): PlaceSource | null {
  return source.type === "logs" ? source.places : null;
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
