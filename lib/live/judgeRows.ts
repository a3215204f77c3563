import type {LiveRows} from "../traffic/liveRows.js";
import {type Column, isNumbers, type Table} from "../traffic/table.js";
import type {AlertChanged, AlertPlace} from "./alert.js";
import type {Alerts} from "./alerts.js";
import type {LiveModel} from "./liveModel.js";
import type {Tally} from "./tally.js";

/** What rows go through, in this order for each. */
export interface Judges {
  readonly model: LiveModel;
  readonly alerts: Alerts;
  readonly tally: Tally;
  readonly placeIn: (table: Table, row: number) => AlertPlace | null;
}

/** Takes changes of alerts, so that they need not be held until all rows are judged. */
export type KeepChanges = (changes: readonly AlertChanged[]) => Promise<void>;

/**
 * Scores rows, follows their alerts, counts them and lets the model learn from what is final, one row after the other: where
 * a model comes into force between two rows, it judges the second, however they came together. Changes of alerts are added to
 * those given; where they become many, they are handed to `keep`.
 */
export async function judgeRows(
  judges: Judges,
  rows: LiveRows,
  changes: AlertChanged[],
  keep?: KeepChanges
): Promise<void> {
  const {model, tally} = judges;
  for (let from = 0; from < rows.table.rows; ) {
    if (rows.clock[from]! >= model.changesAt) {
      const {generation} = model;
      await model.advance(rows.clock[from]!);
      if (model.generation !== generation) tally.watched.clear();
    }
    from = judgeUntilChange(judges, rows, from, changes);
    if (keep !== undefined && changes.length >= mostChanges) await keep(changes.splice(0));
  }
}

// Judges rows by the present model; returns the number of the first that it did not judge.
function judgeUntilChange(judges: Judges, rows: LiveRows, from: number, changes: AlertChanged[]): number {
  const {model} = judges;
  const {table, clock} = rows;
  const isDue = (row: number) => clock[row]! >= model.changesAt;
  let to = from + 1;
  while (to < table.rows && to < from + mostScored && !isDue(to)) ++to;
  const scores = model.isWatching ? model.score(rowsFrom(table, from, to)) : null;
  for (let row = from; row < to; ++row) {
    if (row > from && isDue(row)) return row;
    judgeRow(judges, rows, row, scores === null ? Number.NaN : scores[row - from]!, changes);
  }
  return to;
}

function judgeRow(
  {model, alerts, tally, placeIn}: Judges,
  rows: LiveRows,
  row: number,
  score: number,
  changes: AlertChanged[]
): void {
  const clock = rows.clock[row]!;
  alerts.closeSilent(clock, changes);
  const before = changes.length;
  const isAlert = alerts.follow(rows, row, score, changes);
  for (let i = before; i < changes.length; ++i) {
    const {what, alert} = changes[i]!;
    if (what === "raised") tally.addAlert(alert.place, clock);
  }
  if (tally.addRow(rows, row, score)) tally.addClient(placeIn(rows.table, row), clock);
  model.learn(rows, row, Number.isNaN(score) ? null : score, isAlert);
}

/** Rows that are scored at once. */
const mostScored = 2048;

/** So many changes are handed on, a few megabytes. */
const mostChanges = 1000;

function rowsFrom(table: Table, from: number, to: number): Table {
  if (from === 0 && to === table.rows) return table;
  const part = (column: Column): Column =>
    isNumbers(column) ? column.subarray(from, to) : {codes: column.codes.subarray(from, to), values: column.values};
  const columns = Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, part(column)]));
  return {rows: to - from, columns};
}
