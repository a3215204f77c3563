import fc from "fast-check";

/** Labels 0, 1 and NaN with whole scores that often tie. */
export const labelledRows = fc
  .array(fc.tuple(fc.constantFrom(0, 1, NaN), fc.integer({min: -20, max: 20})), {maxLength: 60})
  .map(columns);

/** As labelledRows, with at least one fake and one genuine row. */
export const bothClasses = fc
  .tuple(
    fc.integer({min: -20, max: 20}),
    fc.integer({min: -20, max: 20}),
    fc.array(fc.tuple(fc.constantFrom(0, 1, NaN), fc.integer({min: -20, max: 20})), {maxLength: 60})
  )
  .map(([fake, genuine, rest]) => columns([[1, fake], [0, genuine], ...rest]));

function columns(rows: [number, number][]): {label: number[]; score: number[]} {
  return {label: rows.map(([label]) => label), score: rows.map(([, score]) => score)};
}
