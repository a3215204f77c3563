import {inSchemaOrder} from "./inSchemaOrder.js";
import {type Column, isNumbers, type Table, tableOf} from "./table.js";

/** Weekdays in the order of `day_of_week`’s codes. */
export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/**
 * The table with `hour` and `day_of_week` (UTC) wherever it has a timestamp, and its columns in the schema’s order,
 * unknown ones last.
 */
export function deriveColumns(table: Table): Table {
  const {timestamp} = table.columns;
  const columns: Record<string, Column> = {...table.columns};
  if (isNumbers(timestamp)) {
    columns.hour = timestamp.map((time) => Math.floor((((time % day) + day) % day) / hour));
    columns.day_of_week = {
      codes: Int32Array.from(timestamp, (time) => (Number.isNaN(time) ? -1 : weekdayOf(time))),
      values: weekdays
    };
  }
  return tableOf(inSchemaOrder(columns));
}

const hour = 3_600_000;
const day = 24 * hour;

// 1970-01-01 was a Thursday.
function weekdayOf(time: number): number {
  return (((Math.floor(time / day) + 3) % 7) + 7) % 7;
}
