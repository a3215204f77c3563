/** Throws unless every column has so many values, all of them finite; rows count from 0. */
export function validateColumns(names: readonly string[], columns: readonly Float64Array[], rows: number): void {
  for (const [j, column] of columns.entries()) {
    if (column.length !== rows) throw new RangeError(`expected ${rows} values in ${names[j]}, got: ${column.length}`);
    for (let i = 0; i < rows; ++i) {
      if (!Number.isFinite(column[i]!)) throw new RangeError(`invalid ${names[j]} at row ${i}: ${column[i]}`);
    }
  }
}
