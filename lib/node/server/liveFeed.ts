import type {LiveState} from "../../live/liveState.js";
import type {Column} from "../../traffic/table.js";
import type {AlertEvents} from "../live/alertEvents.js";

/** What the server tells of a watch. */
export interface LiveFeed {
  state(): LiveState;
  readonly events: AlertEvents;
}

/** Scores rows that come over the network. */
export interface RowScorer {
  /** What it is, such as the file of a model or the generation of a watch’s. */
  readonly name: string;
  /** Columns that rows must have, and whether they are numbers or text. */
  readonly columns: readonly {readonly name: string; readonly type: "number" | "text"}[];
  /** A row is flagged when its score is greater; null where nothing has chosen one. */
  readonly threshold: number | null;
  /** Throws an InputError on a value that it cannot take, with the number of its row from 1. */
  score(rows: number, columns: Readonly<Record<string, Column>>): Float64Array;
}
