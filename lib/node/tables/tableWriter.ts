import type {Table} from "../../traffic/table.js";
import type {ColumnType} from "./batch.js";
import {csvWriter} from "./csvWriter.js";
import {jsonLinesWriter} from "./jsonLinesWriter.js";
import type {Output} from "./openOutput.js";

/** A column to be written. */
export interface WrittenColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether every number is whole and fits 32 bits, so that formats with types may say so. */
  readonly isInteger?: boolean;
}

/** Writes tables of the same columns one after another. */
export interface TableWriter {
  write(table: Table): Promise<void>;
  /** Writes what stands behind the last row; the output stays open. */
  end(): Promise<void>;
}

type WriterOf = (output: Output, columns: readonly WrittenColumn[]) => Promise<TableWriter>;

/**
 * The formats that tables are written in, by name, which is also the ending of a file’s name. Libraries for formats that
 * few files have are loaded for these alone, as a command should begin at once.
 */
export const tableWriters = {
  csv: csvWriter,
  jsonl: jsonLinesWriter,
  arrow: async (...to) => (await import("./arrowWriter.js")).arrowWriter(...to),
  parquet: async (...to) => (await import("./parquetWriter.js")).parquetWriter(...to)
} satisfies Record<string, WriterOf>;

export type WrittenFormat = keyof typeof tableWriters;
