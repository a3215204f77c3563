import type {LiveRows} from "./liveRows.js";
import {isNumbers, numbers, tableOf} from "./table.js";
import {TableBuilder} from "./tableBuilder.js";

/** What a row tells beside its columns. */
export interface LiveRow {
  readonly subject: number;
  readonly clock: number;
  readonly isFinal: boolean;
  readonly line: number;
  readonly file: number;
}

/** Rows of what goes on, added one by one and taken together. */
export class LiveRowBuilder {
  /** Its first columns are those given; theirs are set here. */
  readonly rows: TableBuilder;
  private readonly first: number;

  constructor(columns: readonly {readonly name: string; readonly type: "number" | "text"}[]) {
    this.first = columns.length;
    this.rows = new TableBuilder([...columns, ...names.map((name) => ({name, type: "number" as const}))]);
  }

  /** Begins a row, and returns its number among `rows`. */
  add({subject, clock, isFinal, line, file}: LiveRow): number {
    const {rows, first} = this;
    const row = rows.add();
    rows.setNumber(first, row, subject);
    rows.setNumber(first + 1, row, clock);
    rows.setNumber(first + 2, row, Number(isFinal));
    rows.setNumber(first + 3, row, line);
    rows.setNumber(first + 4, row, file);
    return row;
  }

  /**
   * All rows, which leave the builder; null where there are none. What is infinite in them is missing, such as sums of counts
   * that nothing can have.
   */
  take(): LiveRows | null {
    if (this.rows.rows === 0) return null;
    const all = this.rows.take();
    const columns = Object.entries(all.columns).slice(0, this.first);
    for (const [, column] of columns) if (isNumbers(column)) blankInfinite(column);
    return {
      table: tableOf(Object.fromEntries(columns)),
      subject: numbers(all, "subject"),
      clock: numbers(all, "clock"),
      isFinal: Uint8Array.from(numbers(all, "isFinal")),
      line: numbers(all, "line"),
      file: numbers(all, "file")
    };
  }
}

function blankInfinite(values: Float64Array): void {
  for (let i = 0; i < values.length; ++i) if (Math.abs(values[i]!) === Number.POSITIVE_INFINITY) values[i] = Number.NaN;
}

const names = ["subject", "clock", "isFinal", "line", "file"] as const;
