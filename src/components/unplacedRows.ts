import {type AddressKind, addressKinds} from "../lib/geo/addressKinds.js";
import {isNumbers, type Table} from "../lib/traffic/table.js";
import {formatCount} from "./format.js";

/**
 * What a map does not show of a table, in words: how many rows have no coordinates, by the kind of their address where that
 * is known, and how many stand at a mere point of their country. Empty where it shows all.
 */
export function unplacedRows(table: Table): string {
  const {latitude, longitude, address_kind: kinds, place_precision: precisions} = table.columns;
  const hasPlace = (row: number) =>
    isNumbers(latitude) && isNumbers(longitude) && !Number.isNaN(latitude[row]!) && !Number.isNaN(longitude[row]!);
  const kindOf = textsOf(kinds);
  const precisionOf = textsOf(precisions);
  const counts = new Map<string | null, number>();
  let missing = 0;
  let coarse = 0;
  for (let row = 0; row < table.rows; ++row) {
    if (hasPlace(row)) {
      if (precisionOf(row) === "country") ++coarse;
      continue;
    }
    ++missing;
    const kind = kindOf(row);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const sentences: string[] = [];
  if (missing > 0) {
    const reasons = kinds === undefined ? "" : `: ${reasonsOf(counts).join(", ")}`;
    const be = missing === 1 ? "is" : "are";
    const why = kinds === undefined ? `${missing === 1 ? "has" : "have"} no coordinates and ${be}` : be;
    sentences.push(`${formatCount(missing)} of ${rowsOf(table.rows)} ${why} not on the map${reasons}.`);
  }
  if (coarse > 0) {
    const stand = coarse === 1 ? "stands at a point of its" : "stand at a point of their";
    sentences.push(`${rowsOf(coarse)} ${stand} country, since no closer place is known.`);
  }
  return sentences.join(" ");
}

function reasonsOf(counts: ReadonlyMap<string | null, number>): string[] {
  return [...addressKinds, null].flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [`${formatCount(count)} ${reasonOf(kind)}`];
  });
}

function reasonOf(kind: AddressKind | null): string {
  switch (kind) {
    case null:
      return "without an address";
    case "public":
      return "from places unknown";
    case "not an address":
      return "from names without an address";
    default:
      return `from ${kind} addresses`;
  }
}

function rowsOf(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "row" : "rows"}`;
}

function textsOf(column: Table["columns"][string] | undefined): (row: number) => string | null {
  if (column === undefined || isNumbers(column)) return () => null;
  return (row) => column.values[column.codes[row]!] ?? null;
}
