import type {Table} from "./table.js";

/** Makes rows of traffic from the records of a stream of files, in memory that depends on what is open, not on what has passed. */
export interface RowBuilder {
  /** The number, from 0, of the file that the next records are from; rows have it in the column `source_file`. */
  file: number;
  /** Ends the stream: what is still open becomes rows. */
  end(): void;
  /** The next rows that are complete: `batchRows` of them, fewer only after `end`; null where there are not so many. */
  take(): Table | null;
}

/** Rows of a batch. */
export const batchRows = 8192;
