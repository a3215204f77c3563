import {describeColumn} from "../traffic/schema.js";
import {type Column, isNumbers, type Table} from "../traffic/table.js";

/**
 * Up to so many rows of the named columns, each in a slot that can be overwritten. What a table lacks is missing, as are
 * infinite numbers and texts of more than 100 characters; memory depends on the slots in use, whatever the texts are.
 */
export class RowStore {
  /** Slots in use, which are the first. */
  rows = 0;
  private readonly columns: StoredColumn[];

  constructor(private readonly names: readonly string[]) {
    this.columns = names.map((name) => (describeColumn(name).type === "text" ? new Texts() : new Values()));
  }

  /** Puts a row into a slot, which may be the next one. */
  put(slot: number, table: Table, row: number): void {
    this.rows = Math.max(this.rows, slot + 1);
    for (const [i, name] of this.names.entries()) this.columns[i]!.put(slot, table.columns[name], row);
  }

  /** Keeps the rows in these slots, in this order, and no others. */
  keep(slots: readonly number[]): void {
    for (const column of this.columns) column.keep(slots);
    this.rows = slots.length;
  }

  /** A copy of the rows. */
  table(): Table {
    const columns = this.names.map((name, i) => [name, this.columns[i]!.copy(this.rows)] as const);
    return {rows: this.rows, columns: Object.fromEntries(columns)};
  }

  /** Takes the rows of a copy in place of its own. */
  restore(table: Table): void {
    this.keep([]);
    for (let row = 0; row < table.rows; ++row) this.put(row, table, row);
  }
}

interface StoredColumn {
  put(slot: number, column: Column | undefined, row: number): void;
  keep(slots: readonly number[]): void;
  copy(rows: number): Column;
}

const fewest = 32;
const longestText = 100;

class Values implements StoredColumn {
  private values = new Float64Array(fewest);

  put(slot: number, column: Column | undefined, row: number): void {
    if (slot >= this.values.length) {
      const larger = new Float64Array(2 * slot);
      larger.set(this.values);
      this.values = larger;
    }
    const value = isNumbers(column) ? column[row]! : Number.NaN;
    this.values[slot] = Number.isFinite(value) ? value : Number.NaN;
  }

  keep(slots: readonly number[]): void {
    const {values} = this;
    this.values = new Float64Array(Math.max(fewest, slots.length));
    for (const [i, slot] of slots.entries()) this.values[i] = values[slot]!;
  }

  copy(rows: number): Float64Array {
    return this.values.slice(0, rows);
  }
}

class Texts implements StoredColumn {
  private codes = new Int32Array(fewest);
  private codeOf = new Map<string, number>();
  private used = 0;

  put(slot: number, column: Column | undefined, row: number): void {
    if (slot >= this.codes.length) {
      const larger = new Int32Array(2 * slot);
      larger.set(this.codes);
      this.codes = larger;
    }
    this.used = Math.max(this.used, slot + 1);
    const text = column === undefined || isNumbers(column) ? undefined : column.values[column.codes[row]!];
    if (text === undefined || text.length > longestText) {
      this.codes[slot] = -1;
      return;
    }
    let code = this.codeOf.get(text);
    if (code === undefined) {
      // Texts whose last row was overwritten go before they are more than those in use.
      if (this.codeOf.size >= 2 * Math.max(fewest, this.used)) this.compact();
      code = this.codeOf.size;
      this.codeOf.set(text, code);
    }
    this.codes[slot] = code;
  }

  keep(slots: readonly number[]): void {
    const {codes} = this;
    this.codes = new Int32Array(Math.max(fewest, slots.length));
    for (const [i, slot] of slots.entries()) this.codes[i] = codes[slot]!;
    this.used = slots.length;
    this.compact();
  }

  copy(rows: number): Column {
    this.compact();
    return {codes: this.codes.slice(0, rows), values: [...this.codeOf.keys()]};
  }

  /** Numbers the texts anew in the order of their first slot, so that a copy tells nothing of what was overwritten. */
  private compact(): void {
    const texts = [...this.codeOf.keys()];
    this.codeOf = new Map();
    const next = new Map<number, number>();
    for (let slot = 0; slot < this.used; ++slot) {
      const code = this.codes[slot]!;
      if (code < 0) continue;
      let known = next.get(code);
      if (known === undefined) {
        known = next.size;
        next.set(code, known);
        this.codeOf.set(texts[code]!, known);
      }
      this.codes[slot] = known;
    }
  }
}
