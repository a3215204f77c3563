import {describeColumn, isDeclared} from "../../traffic/schema.js";
import {type Categories, type Column, categoriesOf} from "../../traffic/table.js";
import type {ColumnType} from "./batch.js";
import {exactFrom, isMissing, numberFrom, timeFrom} from "./csvCells.js";

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
export function csvColumn(name: string, type?: ColumnType, hasDecimalCommas = false): CsvColumn {
  if (!isDeclared(name) && type === undefined) return new InferredColumn(name, hasDecimalCommas);
  const {type: declared, range} = describeColumn(name);
  switch (isDeclared(name) && type !== "text" ? declared : type) {
    case "time":
      return new NumberColumn(name, "time", timeFrom, range);
    case "number": {
      const from = isDeclared(name) ? numberFrom : exactFrom;
      return new NumberColumn(name, "number", (cell) => from(cell, hasDecimalCommas), range);
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
    private readonly from: (cell: string) => number,
    private readonly range: readonly [number, number] = [-Number.MAX_VALUE, Number.MAX_VALUE]
  ) {}
  add(cell: string) {
    const value = this.from(cell);
    if (value >= this.range[0] && value <= this.range[1]) this.values.push(value);
    else if (isMissing(cell)) this.values.push(Number.NaN);
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
  constructor(
    readonly name: string,
    private readonly hasDecimalCommas: boolean
  ) {}
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
        values[row] = exactFrom(cells[row]!, this.hasDecimalCommas);
        if (Number.isNaN(values[row]) && !isMissing(cells[row]!)) break;
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
