import {type Categories, type Column, isNumbers, type Table} from "./table.js";

/** All rows of tables that have the same columns, one table after another. */
export function concatTables(tables: readonly Table[]): Table {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const names = Object.keys(tables[0]?.columns ?? {});
  const columns = names.map((name): [string, Column] => [
    name,
    concat(
      tables.map(({columns}) => columns[name]!),
      rows
    )
  ]);
  return {rows, columns: Object.fromEntries(columns)};
}

function concat(columns: readonly Column[], rows: number): Column {
  return columns.every(isNumbers) ? concatNumbers(columns, rows) : concatCategories(columns as Categories[], rows);
}

function concatNumbers(columns: readonly Float64Array[], rows: number): Float64Array {
  const all = new Float64Array(rows);
  let start = 0;
  for (const column of columns) {
    all.set(column, start);
    start += column.length;
  }
  return all;
}

function concatCategories(columns: readonly Categories[], rows: number): Categories {
  const codeOf = new Map<string, number>();
  const all = new Int32Array(rows);
  let start = 0;
  for (const {codes, values} of columns) {
    const recoded = values.map((value) => {
      const code = codeOf.get(value) ?? codeOf.size;
      codeOf.set(value, code);
      return code;
    });
    for (let row = 0; row < codes.length; ++row) all[start + row] = codes[row]! < 0 ? -1 : recoded[codes[row]!]!;
    start += codes.length;
  }
  return {codes: all, values: [...codeOf.keys()]};
}
