import {randomSource} from "../random.js";
import {type Categories, type Column, categoriesOf, isNumbers, type Table, tableOf} from "./table.js";

/**
 * An even random sample of up to so many rows of a table that passes by in batches: all of them, in order, when there are
 * no more. Every row has the same chance (reservoir sampling, Vitter’s algorithm R), whatever the rows are sorted by. The
 * same seed and rows give the same sample.
 */
export class RowSample {
  private readonly random: () => number;
  private readonly numbers = new Map<string, Float64Array>();
  private readonly texts = new Map<string, (string | null)[]>();
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
      if (isNumbers(column)) this.putNumbers(name, column, slots);
      else this.putTexts(name, column, slots);
    }
  }

  table(): Table {
    const rows = Math.min(this.seen, this.most);
    const columns: [string, Column][] = [];
    for (const [name, values] of this.numbers) columns.push([name, values.subarray(0, rows)]);
    for (const [name, values] of this.texts) columns.push([name, categoriesOf(values)]);
    return tableOf(Object.fromEntries(columns));
  }

  private putNumbers(name: string, column: Float64Array, slots: Int32Array): void {
    let values = this.numbers.get(name) ?? new Float64Array();
    const rows = Math.min(this.seen, this.most);
    if (values.length < rows) {
      const wider = new Float64Array(Math.min(this.most, 2 * rows));
      wider.set(values);
      values = wider;
      this.numbers.set(name, values);
    }
    for (const [row, slot] of slots.entries()) if (slot < this.most) values[slot] = column[row]!;
  }

  private putTexts(name: string, {codes, values: names}: Categories, slots: Int32Array): void {
    const values = this.texts.get(name) ?? [];
    for (const [row, slot] of slots.entries()) if (slot < this.most) values[slot] = names[codes[row]!] ?? null;
    this.texts.set(name, values);
  }
}

// Trees count their streams from 0.
const sampleStream = 2 ** 31 - 1;
