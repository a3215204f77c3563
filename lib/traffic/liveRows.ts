import type {Table} from "./table.js";

/** Rows of what goes on, in the order in which it happened: of sessions that grow or close, or of flows. */
export interface LiveRows {
  /** The columns of sessions or flows. */
  readonly table: Table;
  /** Of each row, a number of its session’s own, counted from 1; of flows, of their client’s address, a hash of 53 bits. */
  readonly subject: Float64Array;
  /** The clock of the traffic when the row came: the newest time of a record until then, UTC milliseconds. It never falls. */
  readonly clock: Float64Array;
  /** 1 where nothing more comes of the row: its session has closed, or it is a flow. */
  readonly isFinal: Uint8Array;
  /** The record that made the row come, from 1 within its file, and the number of that file; of a closed session, its last. */
  readonly line: Float64Array;
  readonly file: Float64Array;
}
