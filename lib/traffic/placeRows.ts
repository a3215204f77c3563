import type {AddressKind} from "../geo/addressKinds.js";
import type {Place, Places} from "../geo/places.js";
import {type Categories, type Column, categoriesOf, isNumbers, type Table, tableOf} from "./table.js";

/**
 * The table with the place of each row’s client: `latitude`, `longitude`, `country`, `city`, `place_precision`, `network`
 * and `address_kind`. Of flows whose client is not public it is the place of the server where that is, so that a flow from
 * within is shown where it goes. Columns that the table has already stay as they are; without a column `client` nothing is
 * added. Each distinct address is looked up once.
 */
export function placeRows(table: Table, {find}: Pick<Places, "find">): Table {
  const clients = placesOf(table.columns.client, find);
  if (clients === null) return table;
  const servers = placesOf(table.columns.server, find);
  const places = Array.from({length: table.rows}, (_, row) => {
    const client = clients(row);
    if (client?.kind === "public") return client;
    const server = servers?.(row) ?? null;
    return server?.kind === "public" ? server : client;
  });
  const added: Record<string, Column> = {
    latitude: Float64Array.from(places, (place) => place?.latitude ?? Number.NaN),
    longitude: Float64Array.from(places, (place) => place?.longitude ?? Number.NaN),
    country: categoriesOf(places.map((place) => place?.country ?? null)),
    city: categoriesOf(places.map((place) => place?.city ?? null)),
    place_precision: categoriesOf(places.map((place) => place?.precision ?? null)),
    network: categoriesOf(places.map((place) => place?.network ?? null)),
    address_kind: categoriesOf(places.map((place): AddressKind | null => place?.kind ?? null))
  };
  return tableOf({...added, ...table.columns});
}

/** The place of a row’s address, each looked up when it is first met; null without a column of addresses. */
function placesOf(
  column: Column | undefined,
  find: (address: string) => Place
): ((row: number) => Place | null) | null {
  if (column === undefined || isNumbers(column)) return null;
  const {codes, values}: Categories = column;
  const found: (Place | undefined)[] = [];
  return (row) => {
    const code = codes[row]!;
    if (code < 0) return null;
    found[code] ??= find(values[code]!);
    return found[code];
  };
}
