/** Numbers of one column, NaN where missing; times are UTC milliseconds since 1970. */
export type Numbers = Float64Array;

/** Text of one column: a code a row into the list of distinct values, −1 where missing. */
export interface Categories {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

export type Column = Numbers | Categories;

/** Rows as a struct of columns, all of length `rows`. */
export interface Table {
  readonly rows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** A table of the given columns; throws where their lengths differ. */
export function tableOf(columns: Record<string, Column>): Table {
  const lengths = Object.entries(columns).map(([name, column]) => [name, lengthOf(column)] as const);
  const rows = lengths[0]?.[1] ?? 0;
  for (const [name, length] of lengths) {
    if (length !== rows) throw new RangeError(`expected ${rows} values in ${name}, got: ${length}`);
  }
  return {rows, columns};
}

/** Whether a column holds numbers; otherwise it holds categories. */
export function isNumbers(column: Column | undefined): column is Numbers {
  return column instanceof Float64Array;
}

/** The named column of numbers; throws when it is missing or holds text. */
export function numbers(table: Table, name: string): Numbers {
  const column = columnNamed(table, name);
  if (!isNumbers(column)) throw new TypeError(`expected numbers, got text in column: ${name}`);
  return column;
}

/** The named column of categories; throws when it is missing or holds numbers. */
export function categories(table: Table, name: string): Categories {
  const column = columnNamed(table, name);
  if (isNumbers(column)) throw new TypeError(`expected text, got numbers in column: ${name}`);
  return column;
}

/** The labels of a table, or null where there is no such column: 1 fake, 0 genuine, NaN unknown. */
export function labelOf(table: Table, name: string | null): Numbers | null {
  return name === null ? null : numbers(table, name);
}

/** Categories of the given texts, null where missing; distinct values in the order of their first row. */
export function categoriesOf(texts: readonly (string | null)[]): Categories {
  const codeOf = new Map<string, number>();
  const codes = Int32Array.from(texts, (text) => {
    if (text === null) return -1;
    let code = codeOf.get(text);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(text, code);
    }
    return code;
  });
  return {codes, values: [...codeOf.keys()]};
}

/** The value of one row: a number, a text, or null where missing. */
export function valueAt(column: Column, row: number): number | string | null {
  if (!isNumbers(column)) return column.values[column.codes[row]!] ?? null;
  const value = column[row]!;
  return Number.isNaN(value) ? null : value;
}

/** The table’s rows at the given indexes, in their order. */
export function takeRows(table: Table, rows: ArrayLike<number>): Table {
  const take = (column: Column): Column =>
    isNumbers(column) ? takeNumbers(column, rows) : {codes: takeCodes(column.codes, rows), values: column.values};
  return {
    rows: rows.length,
    columns: Object.fromEntries(Object.entries(table.columns).map(([name, column]) => [name, take(column)]))
  };
}

/** The values at the given rows, in their order. */
export function takeNumbers(column: Float64Array, rows: ArrayLike<number>): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; ++i) taken[i] = column[rows[i]!]!;
  return taken;
}

function columnNamed({columns}: Table, name: string): Column {
  if (!Object.hasOwn(columns, name)) throw new Error(`missing column: ${name}`);
  return columns[name]!;
}

function takeCodes(codes: Int32Array, rows: ArrayLike<number>): Int32Array {
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; ++i) taken[i] = codes[rows[i]!]!;
  return taken;
}

function lengthOf(column: Column): number {
  return isNumbers(column) ? column.length : column.codes.length;
}
