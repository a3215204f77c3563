import type {CountryPoints} from "../geo/countryPoints.js";
import {type Anonymizer, anonymizer} from "./anonymizing/anonymizer.js";
import {isDeclared} from "./schema.js";
import {type Categories, type Column, isNumbers, type Table, tableOf} from "./table.js";

/**
 * The table with pseudonyms for what tells who and where somebody is, by a seed or by pseudonyms that are shared among the
 * batches of a stream. Labels and places must be found before, by the real addresses.
 *
 * - `client`, `server`: prefix-preserving pseudonyms of addresses, of their kind; hashes of host names.
 * - `host`: the same, its port stays. `first_path`: as `hidePath` leaves it. `user_agent`: without e-mail addresses.
 * - `latitude`, `longitude`, `place_precision`: the country’s point of `points`, missing where there is none; `city` is missing.
 * - `network`: a hash, since the length of a block and its country would tell which it is.
 * - Text in columns that the schema does not know: a hash, which has the column’s name before it.
 *
 * All else stays: times, countries, ports, counts, words of the log, names of files, numbers in columns that the schema
 * does not know. Who knows when somebody visited, or what an address did, can find it by that.
 */
export function anonymizeTable(table: Table, seed: string | number | Anonymizer, points: CountryPoints = {}): Table {
  const pseudonyms = typeof seed === "object" ? seed : anonymizer(seed);
  const columns = Object.entries(table.columns).map(([name, column]): [string, Column] => {
    if (isNumbers(column)) return [name, column];
    const hide = Object.hasOwn(hiding, name) ? hiding[name] : undefined;
    if (hide !== undefined) return [name, mapValues(column, (text) => hide(pseudonyms, text))];
    return [name, isDeclared(name) ? column : mapValues(column, (text) => pseudonyms.name(name, text))];
  });
  const {latitude, longitude} = table.columns;
  if (latitude !== undefined || longitude !== undefined) columns.push(...coarsened(table, points));
  return tableOf(Object.fromEntries(columns));
}

const hiding: Readonly<Record<string, (pseudonyms: Anonymizer, text: string) => string | null>> = {
  client: ({address}, text) => address(text),
  server: ({address}, text) => address(text),
  network: ({name}, text) => name("network", text),
  host: ({host}, text) => host(text),
  first_path: ({path}, text) => path(text),
  user_agent: (_, text) => (text.includes("@") ? text.replaceAll(/[\w.+%-]{1,64}@[\w.-]{1,255}/g, "*") : text),
  city: () => null
};

/** The text of each row through a function that is called once for each distinct text; rows that get the same share a code. */
function mapValues({codes, values}: Categories, change: (text: string) => string | null): Categories {
  const codeOf = new Map<string, number>();
  const changed = new Map<number, number>();
  const next = codes.map((code) => {
    if (code < 0) return -1;
    let to = changed.get(code);
    if (to === undefined) {
      const text = change(values[code]!);
      to = text === null ? -1 : (codeOf.get(text) ?? codeOf.size);
      if (text !== null) codeOf.set(text, to);
      changed.set(code, to);
    }
    return to;
  });
  return {codes: next, values: [...codeOf.keys()]};
}

/** Coordinates of countries instead of cities; those that are only of a country stay. */
function coarsened({rows, columns}: Table, points: CountryPoints): [string, Column][] {
  // Of a country and its territories, which share its name, the country comes first.
  const pointOf = new Map(
    Object.values(points)
      .map((point) => [point.name, point] as const)
      .reverse()
  );
  const latitude = new Float64Array(rows).fill(Number.NaN);
  const longitude = new Float64Array(rows).fill(Number.NaN);
  const precision = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; ++row) {
    const isCoarse = textAt(columns.place_precision, row) === "country";
    const country = textAt(columns.country, row);
    const point = country === null ? undefined : pointOf.get(country);
    const y = isCoarse ? numberAt(columns.latitude, row) : (point?.latitude ?? Number.NaN);
    const x = isCoarse ? numberAt(columns.longitude, row) : (point?.longitude ?? Number.NaN);
    if (Number.isNaN(y) || Number.isNaN(x)) continue;
    latitude[row] = y;
    longitude[row] = x;
    precision[row] = 0;
  }
  return [
    ["latitude", latitude],
    ["longitude", longitude],
    ["place_precision", {codes: precision, values: ["country"]}]
  ];
}

function textAt(column: Column | undefined, row: number): string | null {
  return column === undefined || isNumbers(column) ? null : (column.values[column.codes[row]!] ?? null);
}

function numberAt(column: Column | undefined, row: number): number {
  return isNumbers(column) ? column[row]! : Number.NaN;
}
