import {type Column, valueAt} from "../../traffic/table.js";
import {GrowingNumbers} from "./growingNumbers.js";

/** Codes of a column’s values over batches whose own codes differ: one for each distinct value, −1 where missing. */
export class GrowingCodes {
  private readonly known = new Map<number | string, number>();
  private readonly codes = new GrowingNumbers();

  append(column: Column, rows: number): void {
    const codes = new Float64Array(rows);
    for (let row = 0; row < rows; ++row) {
      const value = valueAt(column, row);
      codes[row] = value === null ? -1 : (this.known.get(value) ?? this.known.size);
      if (value !== null) this.known.set(value, codes[row]!);
    }
    this.codes.append(codes);
  }

  /** The codes of all rows so far; null without any. */
  all(): Float64Array | null {
    const codes = this.codes.all();
    return codes.length === 0 ? null : codes;
  }
}
