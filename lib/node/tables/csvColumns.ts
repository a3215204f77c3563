import {describeColumn, isDeclared} from "../../traffic/schema.js";
import {type Categories, type Column, categoriesOf} from "../../traffic/table.js";
import type {ColumnType} from "./batch.js";
import {isEmpty, numberFrom, timeFrom} from "./csvCells.js";

/** Takes the cells of one column, batch after batch. */
export interface CsvColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Takes a cell; false if it is not what the column holds. */
  add(cell: string): boolean;
  /** Takes back the cell added last. */
  drop(): void;
  /** The values since the last call. */
  take(): Column;
}

/**
 * A column as the schema declares it; one that the schema does not know has the given type or, without one, holds numbers
 * until a cell is none and text from that batch on.
 */
export function csvColumn(name: string, type?: ColumnType): CsvColumn {
  if (!isDeclared(name) && type === undefined) return new InferredColumn(name);
  const {type: declared, range} = describeColumn(name);
  switch (isDeclared(name) && type !== "text" ? declared : type) {
    case "time":
      return new NumberColumn(name, "time", timeFrom, range);
    case "number":
      return new NumberColumn(name, "number", isDeclared(name) ? numberFrom : exactFrom, range);
    default:
      return new TextColumn(name);
  }
}

class NumberColumn implements CsvColumn {
  private values: number[] = [];
  constructor(
    readonly name: string,
    readonly type: "number" | "time",
    private readonly from: (cell: string) => number,
    private readonly range: readonly [number, number] = [-Number.MAX_VALUE, Number.MAX_VALUE]
  ) {}
  add(cell: string) {
    const value = this.from(cell);
    if (value >= this.range[0] && value <= this.range[1]) this.values.push(value);
    else if (isEmpty(cell)) this.values.push(Number.NaN);
    else return false;
    return true;
  }
  drop() {
    this.values.pop();
  }
  take() {
    const column = Float64Array.from(this.values);
    this.values = [];
    return column;
  }
}

class TextColumn implements CsvColumn {
  readonly type = "text";
  private texts: (string | null)[] = [];
  constructor(readonly name: string) {}
  add(cell: string) {
    this.texts.push(cell === "" ? null : cell);
    return true;
  }
  drop() {
    this.texts.pop();
  }
  take() {
    const column = categoriesOf(this.texts);
    this.texts = [];
    return column;
  }
}

class InferredColumn implements CsvColumn {
  type: "number" | "text" = "number";
  private cells: string[] = [];
  constructor(readonly name: string) {}
  add(cell: string) {
    this.cells.push(cell);
    return true;
  }
  drop() {
    this.cells.pop();
  }
  take(): Column {
    const {cells} = this;
    this.cells = [];
    if (this.type === "number") {
      const values = new Float64Array(cells.length);
      let row = 0;
      for (; row < cells.length; ++row) {
        values[row] = exactFrom(cells[row]!);
        if (Number.isNaN(values[row]) && !isEmpty(cells[row]!)) break;
      }
      if (row === cells.length) return values;
      this.type = "text";
    }
    return textsOf(cells);
  }
}

function textsOf(cells: readonly string[]): Categories {
  return categoriesOf(cells.map((cell) => (cell === "" ? null : cell)));
}

// A whole number that a double cannot hold names something, and would come out as another name.
function exactFrom(cell: string): number {
  const value = numberFrom(cell);
  return Math.abs(value) > Number.MAX_SAFE_INTEGER && /^\s*[-+]?\d+\s*$/.test(cell) ? Number.NaN : value;
}
