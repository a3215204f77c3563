import {randomSource} from "../../random.js";
import {type Column, categoriesOf, isNumbers, type Table, tableOf} from "../../traffic/table.js";

/**
 * An even random sample of up to so many rows of a table that passes by in batches: all of them, in order, when there are
 * no more. Every row has the same chance (reservoir sampling, Vitter’s algorithm R), whatever the rows are sorted by. The
 * same seed and rows give the same sample.
 */
export class RowSample {
  private readonly random: () => number;
  private readonly values = new Map<string, (number | string | null)[]>();
  private seen = 0;

  constructor(
    private readonly most: number,
    seed: number
  ) {
    this.random = randomSource(seed, sampleStream);
  }

  /** Takes from the named columns of a batch. */
  add({rows, columns}: Table, names: readonly string[]): void {
    const slots = new Int32Array(rows);
    for (let row = 0; row < rows; ++row, ++this.seen) {
      slots[row] = this.seen < this.most ? this.seen : Math.floor(this.random() * (this.seen + 1));
    }
    for (const name of names) {
      const column = columns[name]!;
      if (isNumbers(column)) this.put(name, slots, (row) => column[row]!);
      else this.put(name, slots, (row) => ownText(column.values[column.codes[row]!]));
    }
  }

  table(): Table {
    const columns = Array.from(this.values, ([name, values]): [string, Column] => [
      name,
      typeof values[0] === "number" ? Float64Array.from(values as number[]) : categoriesOf(values as (string | null)[])
    ]);
    return tableOf(Object.fromEntries(columns));
  }

  private put(name: string, slots: Int32Array, valueAt: (row: number) => number | string | null): void {
    const values = this.values.get(name) ?? [];
    for (const [row, slot] of slots.entries()) if (slot < this.most) values[slot] = valueAt(row);
    this.values.set(name, values);
  }
}

// Trees count their streams from 0.
const sampleStream = 2 ** 31 - 1;

// A cut of a string keeps the whole of it in memory, here a megabyte of the file.
function ownText(text: string | undefined): string | null {
  return text === undefined ? null : Buffer.from(text).toString();
}
