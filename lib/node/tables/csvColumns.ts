import {describeColumn, isDeclared} from "../../traffic/schema.js";
import {type Categories, type Column, categoriesOf} from "../../traffic/table.js";
import type {ColumnType} from "./batch.js";
import {exactIn, isMissing, numberIn, timeFrom} from "./csvCells.js";

/** Takes the cells of one column, batch after batch. */
export interface CsvColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Takes the cell that stands in bytes of UTF-8 from `start` to before `end`; false if it is not what the column holds. */
  add(bytes: Buffer, start: number, end: number): boolean;
  /** Takes back the cell added last. */
  drop(): void;
  /** The values since the last call. */
  take(): Column;
}

/**
 * A column as the schema declares it; one that the schema does not know has the given type or, without one, holds numbers
 * until a cell is none and text from that batch on.
 */
export function csvColumn(name: string, type?: ColumnType, hasDecimalCommas = false): CsvColumn {
  if (!isDeclared(name) && type === undefined) return new InferredColumn(name, hasDecimalCommas);
  const {type: declared, range} = describeColumn(name);
  switch (isDeclared(name) && type !== "text" ? declared : type) {
    case "time":
      return new NumberColumn(name, "time", timeIn, range);
    case "number": {
      const from = isDeclared(name) ? numberIn : exactIn;
      return new NumberColumn(name, "number", (bytes, start, end) => from(bytes, start, end, hasDecimalCommas), range);
    }
    default:
      return new TextColumn(name);
  }
}

class NumberColumn implements CsvColumn {
  private values: number[] = [];
  constructor(
    readonly name: string,
    readonly type: "number" | "time",
    private readonly from: (bytes: Buffer, start: number, end: number) => number,
    private readonly range: readonly [number, number] = [-Number.MAX_VALUE, Number.MAX_VALUE]
  ) {}
  add(bytes: Buffer, start: number, end: number) {
    const value = this.from(bytes, start, end);
    if (value >= this.range[0] && value <= this.range[1]) this.values.push(value);
    else if (isMissing(bytes.toString("utf8", start, end))) this.values.push(Number.NaN);
    else return false;
    return true;
  }
  drop() {
    this.values.pop();
  }
  take() {
    const column = new Float64Array(this.values);
    this.values = [];
    return column;
  }
}

function timeIn(bytes: Buffer, start: number, end: number): number {
  return timeFrom(bytes.toString("utf8", start, end));
}

class TextColumn implements CsvColumn {
  readonly type = "text";
  private cells = new Cells();
  constructor(readonly name: string) {}
  add(bytes: Buffer, start: number, end: number) {
    this.cells.add(bytes, start, end);
    return true;
  }
  drop() {
    this.cells.drop();
  }
  take() {
    const {cells} = this;
    this.cells = new Cells();
    return cells.categories();
  }
}

class InferredColumn implements CsvColumn {
  type: "number" | "text" = "number";
  private cells = new Cells();
  constructor(
    readonly name: string,
    private readonly hasDecimalCommas: boolean
  ) {}
  add(bytes: Buffer, start: number, end: number) {
    this.cells.add(bytes, start, end);
    return true;
  }
  drop() {
    this.cells.drop();
  }
  take(): Column {
    const {cells} = this;
    this.cells = new Cells();
    const values = this.type === "number" ? cells.numbers(this.hasDecimalCommas) : null;
    if (values === null) this.type = "text";
    return values ?? cells.categories();
  }
}

/** Cells, each as a part of bytes: a text of its own for each would cost more than all else. */
class Cells {
  private readonly bytes: Buffer[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  add(bytes: Buffer, start: number, end: number): void {
    this.bytes.push(bytes);
    this.starts.push(start);
    this.ends.push(end);
  }

  drop(): void {
    this.bytes.pop();
    this.starts.pop();
    this.ends.pop();
  }

  /** The numbers in the cells, or null where one is neither a number nor missing. */
  numbers(hasDecimalCommas: boolean): Float64Array | null {
    const {bytes, starts, ends} = this;
    const values = new Float64Array(bytes.length);
    for (let row = 0; row < values.length; ++row) {
      const value = exactIn(bytes[row]!, starts[row]!, ends[row]!, hasDecimalCommas);
      if (Number.isNaN(value) && !isMissing(this.cell(row))) return null;
      values[row] = value;
    }
    return values;
  }

  categories(): Categories {
    return categoriesOf(this.bytes.map((_, row) => this.cell(row) || null));
  }

  private cell(row: number): string {
    return this.bytes[row]!.toString("utf8", this.starts[row], this.ends[row]);
  }
}
