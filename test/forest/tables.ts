import fc from "fast-check";

/** Features a, b, … of one length, with values of every magnitude, small whole numbers that tie, and duplicates. */
export const tables: fc.Arbitrary<Record<string, Float64Array>> = fc
  .tuple(fc.integer({min: 1, max: 4}), fc.integer({min: 1, max: 40}))
  .chain(([columns, rows]) => fc.array(column(rows), {minLength: columns, maxLength: columns}))
  .map((columns) => Object.fromEntries(columns.map((values, j) => ["abcd"[j]!, Float64Array.from(values)])));

function column(rows: number): fc.Arbitrary<number[]> {
  const value = fc.oneof(
    fc.double({noNaN: true, noDefaultInfinity: true}),
    fc.integer({min: -3, max: 3}),
    fc.constantFrom(1e308, -1e308, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -0)
  );
  return fc.array(value, {minLength: rows, maxLength: rows});
}
