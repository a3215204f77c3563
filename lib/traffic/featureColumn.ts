import {naturalLog} from "../forest/naturalLog.js";
import {InputError} from "../inputError.js";
import {type Column, isNumbers, type Numbers} from "./table.js";

/** What a feature is made of: a column as it is, or log₁₀(1 + x) of its numbers. */
export interface FeatureExpression {
  readonly column: string;
  readonly isLog: boolean;
}

/** Columns by name. */
type Columns = Readonly<Record<string, Column>>;

/** Where a row stands, as an error says it: file and line. */
type PlaceOf = (row: number) => string;

/** What the name of a feature says: `log(bytes)` is the logarithm of `bytes`, any other name is that of a column. */
export function parseFeature(name: string): FeatureExpression {
  if (name.length < 6 || !name.startsWith("log(") || !name.endsWith(")")) return {column: name, isLog: false};
  return {column: name.slice(4, -1), isLog: true};
}

/** The columns that the named features are made of, each once, in their order. */
export function featureSources(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => parseFeature(name).column))];
}

/**
 * The values of a feature: a column of that name where there is one, otherwise log₁₀(1 + x) of the column inside
 * `log(…)`, missing where that is; undefined without such a column. A logarithm is the same to the bit on every machine,
 * within 3 units in the last place. Throws an InputError on a logarithm of text and of a negative number, with the place
 * of its row: by default its `source_line`, otherwise its number from 1.
 */
export function featureColumn(
  columns: Columns,
  name: string,
  placeOf: PlaceOf = placesOf(columns)
): Column | undefined {
  if (Object.hasOwn(columns, name)) return columns[name];
  const {column, isLog} = parseFeature(name);
  if (!isLog || !Object.hasOwn(columns, column)) return undefined;
  const base = columns[column]!;
  if (!isNumbers(base)) throw new InputError(`expected numbers, got text in column: ${column}`);
  return logs(base, name, placeOf);
}

/** The named features of a table; throws as featureColumn does, and on a missing column. */
export function featuresOf(
  {columns}: {readonly columns: Columns},
  names: readonly string[],
  placeOf?: PlaceOf
): Record<string, Column> {
  return Object.fromEntries(
    names.map((name) => {
      const column = featureColumn(columns, name, placeOf);
      if (column === undefined) throw new Error(`missing column: ${parseFeature(name).column}`);
      return [name, column];
    })
  );
}

/** The number whose logarithm a `log(…)` feature is: 10^y − 1, rounded to twelve digits, as more are noise. */
export function fromLog(y: number): number {
  return Number(Math.expm1(y * Math.LN10).toPrecision(12));
}

function logs(column: Numbers, name: string, placeOf: PlaceOf): Numbers {
  const values = new Float64Array(column.length);
  for (let row = 0; row < column.length; ++row) {
    const x = column[row]!;
    if (x < 0) throw new InputError(`${placeOf(row)}: invalid ${name} of a negative number: ${x}`);
    // The naturalLog of what is not finite is; the forest refuses infinite values, and says so.
    values[row] = x < Infinity ? naturalLog(1 + x) / Math.LN10 : x;
  }
  return values;
}

function placesOf({source_line: lines}: Columns): PlaceOf {
  return (row) => (isNumbers(lines) ? `line ${lines[row]}` : `row ${row + 1}`);
}
