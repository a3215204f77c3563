import type {Table} from "../../traffic/table.js";

/** What the values of a column are; times are UTC milliseconds. */
export type ColumnType = "number" | "text" | "time";

/** Types by name of column. */
export type ColumnTypes = ReadonlyMap<string, ColumnType>;

/** A run of rows of a file: up to 8,192 of them. */
export interface Batch extends Table {
  /** The columns in the order of the file, with their types; an object would put names like "1" first. */
  readonly types: ColumnTypes;
  /** Where each row stands: its line in CSV, its number from 1 elsewhere. */
  readonly lines: Float64Array;
  /** The file’s name. */
  readonly path: string;
  /** Whether 1,5 is a number in this file. */
  readonly hasDecimalCommas?: boolean;
}

export const batchRows = 8192;

/** How to read a file. */
export interface ReadOptions {
  /** Types to keep to, as a pass before has found them; without them, a column may turn from numbers to text on the way. */
  readonly types?: ColumnTypes;
  /**
   * Names of the columns wanted, all by default. Others may be left out of batches, and a row is then taken whatever its
   * cells of these say; Arrow and Parquet give all.
   */
  readonly columns?: readonly string[];
  /** Called with each line that holds no row; without it, the first such line throws an InputError. */
  readonly onReject?: (line: number, reason: string) => void;
  /** Called with counts of bytes as they are read. */
  readonly onBytes?: (bytes: number) => void;
}
