import type {LiveRows} from "../../lib/traffic/liveRows.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";

/** A row that goes on, as tests state it. */
export interface GrowingRow {
  readonly subject: number;
  readonly clock: number;
  readonly client?: string;
  readonly agent?: string | null;
  readonly began?: number;
  readonly requests?: number;
  readonly isFinal?: boolean;
  readonly line?: number;
}

/** Rows of sessions, or of flows where none states requests. */
export function liveRowsOf(rows: readonly GrowingRow[]): LiveRows {
  const isSessions = rows.some(({requests}) => requests !== undefined);
  const sessionColumns = {
    user_agent: categoriesOf(rows.map(({agent = "agent"}) => agent)),
    requests: Float64Array.from(rows, ({requests = Number.NaN}) => requests)
  };
  return {
    table: tableOf({
      timestamp: Float64Array.from(rows, ({began = 0}) => began),
      client: categoriesOf(rows.map(({client, subject}) => client ?? `192.0.2.${subject}`)),
      ...(isSessions ? sessionColumns : {}),
      source_line: Float64Array.from(rows, ({line = 1}) => line),
      source_file: new Float64Array(rows.length)
    }),
    subject: Float64Array.from(rows, ({subject}) => subject),
    clock: Float64Array.from(rows, ({clock}) => clock),
    isFinal: Uint8Array.from(rows, ({isFinal = !isSessions}) => Number(isFinal)),
    line: Float64Array.from(rows, ({line = 1}) => line),
    file: new Float64Array(rows.length)
  };
}
