/** Text of one column: a code a row into the list of distinct values, −1 where missing. */
export interface CategoryColumn {
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

/** What a forest can see of its rows: numbers, NaN where missing, or categories. */
export type FeatureColumn = Float64Array | CategoryColumn;

/** Features by name, all of one length. */
export type Features = Readonly<Record<string, FeatureColumn>>;

/** Names of the features, and the categories of each, null where it holds numbers. */
export interface FeatureNames {
  readonly features: readonly string[];
  readonly categories: readonly (readonly string[] | null)[];
}

/** The number of rows that features have. */
export function rowsOf(features: Features): number {
  const column = Object.values(features)[0]!;
  return column instanceof Float64Array ? column.length : column.codes.length;
}

/** The names and categories of features, in alphabetical order, so that the order of columns means nothing. */
export function namesOf(features: Features): FeatureNames {
  const names = Object.keys(features).sort((a, b) => (a < b ? -1 : 1));
  return {
    features: names,
    categories: names.map((name) => {
      const column = features[name]!;
      return column instanceof Float64Array ? null : column.values;
    })
  };
}

/**
 * The named features as columns of numbers: categories become their index in the list of names, NaN when missing, and
 * the length of that list when it holds no such category. Columns of numbers are passed on as they are. Throws on a
 * missing feature, on text among numbers or the reverse, on columns of other lengths, on infinite values, and on missing
 * ones and unknown categories unless they are allowed; rows count from 0. `isComplete` tells that none is missing.
 */
export function columnsOf(
  features: Features,
  {features: names, categories}: FeatureNames,
  allowMissing: boolean
): {columns: Float64Array[]; isComplete: boolean} {
  const columns = names.map((name, j) => {
    if (!Object.hasOwn(features, name)) throw new Error(`missing feature: ${name}`);
    const column = features[name]!;
    const known = categories[j]!;
    if (column instanceof Float64Array) {
      if (known !== null) throw new TypeError(`expected categories, got numbers in feature: ${name}`);
      return column;
    }
    if (known === null) throw new TypeError(`expected numbers, got categories in feature: ${name}`);
    return indexes(name, column, known, allowMissing);
  });
  const rows = columns[0]?.length ?? 0;
  let isComplete = true;
  for (const [j, column] of columns.entries()) {
    if (column.length !== rows) throw new RangeError(`expected ${rows} values in ${names[j]}, got: ${column.length}`);
    if (areFinite(column)) continue;
    isComplete = false;
    const bad = column.findIndex((x) => !(Number.isFinite(x) || (allowMissing && Number.isNaN(x))));
    if (bad >= 0) throw new RangeError(`invalid ${names[j]} at row ${bad}: ${column[bad]}`);
  }
  return {columns, isComplete};
}

// x − x is 0 for every finite number, so that sums find any other in one pass; four of them need not wait for each other.
function areFinite(column: Float64Array): boolean {
  const rows = column.length;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    a += column[i]! - column[i]!;
    b += column[i + 1]! - column[i + 1]!;
    c += column[i + 2]! - column[i + 2]!;
    d += column[i + 3]! - column[i + 3]!;
  }
  for (; i < rows; ++i) a += column[i]! - column[i]!;
  return a + b + c + d === 0;
}

function indexes(
  name: string,
  {codes, values}: CategoryColumn,
  known: readonly string[],
  allowMissing: boolean
): Float64Array {
  const indexOf = new Map(known.map((value, index) => [value, index]));
  const indexOfCode = Float64Array.from(values, (value) => indexOf.get(value) ?? known.length);
  const column = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; ++i) {
    const code = codes[i]!;
    if (code < -1 || code >= values.length) throw new RangeError(`invalid category of ${name} at row ${i}: ${code}`);
    column[i] = code === -1 ? Number.NaN : indexOfCode[code]!;
    if (allowMissing || column[i] !== known.length) continue;
    throw new RangeError(`unknown category of ${name} at row ${i}: ${values[code]}`);
  }
  return column;
}
