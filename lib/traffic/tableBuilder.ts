import {type Column, type Table, tableOf} from "./table.js";

/** Rows that are added one by one and taken in batches, columns in the order given; no object is made for a row. */
export class TableBuilder {
  /** Rows added and not yet taken. */
  rows = 0;
  private capacity = 1024;
  private readonly numbers: (Float64Array | undefined)[];
  private readonly texts: (TextColumn | undefined)[];

  constructor(private readonly columns: readonly {readonly name: string; readonly type: "number" | "text"}[]) {
    this.numbers = columns.map(({type}) =>
      type === "number" ? new Float64Array(this.capacity).fill(Number.NaN) : undefined
    );
    this.texts = columns.map(({type}) => (type === "text" ? new TextColumn(this.capacity) : undefined));
  }

  /** Begins a row, in which everything is missing, and returns its number for `setNumber` and `setText`. */
  add(): number {
    if (this.rows === this.capacity) this.grow();
    return this.rows++;
  }

  setNumber(column: number, row: number, value: number): void {
    this.numbers[column]![row] = value;
  }

  setText(column: number, row: number, text: string | null): void {
    this.texts[column]!.set(row, text);
  }

  /** The first so many rows, which leave the builder. */
  take(rows = this.rows): Table {
    const taken = Math.min(rows, this.rows);
    const left = this.rows - taken;
    const columns = this.columns.map(({name}, i): [string, Column] => {
      const values = this.numbers[i];
      if (values === undefined) return [name, this.texts[i]!.take(taken, this.rows)];
      const head = values.slice(0, taken);
      values.copyWithin(0, taken, this.rows);
      values.fill(Number.NaN, left, this.rows);
      return [name, head];
    });
    this.rows = left;
    return tableOf(Object.fromEntries(columns));
  }

  private grow(): void {
    this.capacity *= 2;
    for (const [i, values] of this.numbers.entries()) {
      if (values === undefined) this.texts[i]!.grow(this.capacity);
      else {
        const larger = new Float64Array(this.capacity).fill(Number.NaN);
        larger.set(values);
        this.numbers[i] = larger;
      }
    }
  }
}

class TextColumn {
  private codes: Int32Array;
  private codeOf = new Map<string, number>();
  private latest: string | null = null;
  private latestCode = -1;

  constructor(capacity: number) {
    this.codes = new Int32Array(capacity).fill(-1);
  }

  set(row: number, text: string | null): void {
    if (text !== this.latest) {
      this.latest = text;
      this.latestCode = text === null ? -1 : this.code(text);
    }
    this.codes[row] = this.latestCode;
  }

  private code(text: string): number {
    const known = this.codeOf.get(text);
    if (known !== undefined) return known;
    this.codeOf.set(text, this.codeOf.size);
    return this.codeOf.size - 1;
  }

  grow(capacity: number): void {
    const larger = new Int32Array(capacity).fill(-1);
    larger.set(this.codes);
    this.codes = larger;
  }

  // Rows that stay keep only the values that they use, so that a long stream does not gather all it has seen.
  take(taken: number, rows: number) {
    const values = [...this.codeOf.keys()];
    const codes = this.codes.slice(0, taken);
    const rest = Array.from(this.codes.subarray(taken, rows), (code) => values[code] ?? null);
    this.codeOf = new Map();
    this.latest = null;
    this.latestCode = -1;
    this.codes.fill(-1, 0, rows);
    for (const [row, text] of rest.entries()) this.set(row, text);
    return compact(codes, values);
  }
}

function compact(codes: Int32Array, values: readonly string[]) {
  const kept = new Map<number, number>();
  const compacted = codes.map((code) => {
    if (code < 0) return -1;
    const next = kept.get(code) ?? kept.size;
    kept.set(code, next);
    return next;
  });
  return {codes: compacted, values: Array.from(kept.keys(), (code) => values[code]!)};
}
