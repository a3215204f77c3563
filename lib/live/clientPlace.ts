import type {Table} from "../traffic/table.js";
import type {AlertPlace} from "./alert.js";
import {textIn} from "./cells.js";

/** Where an address is, null where that is unknown. */
export type PlaceOf = (address: string) => AlertPlace | null;

/** Where a row’s client is; of a flow whose client has no place, where its server is, as that shows where the flow goes. */
export function clientPlace(table: Table, row: number, placeOf: PlaceOf): AlertPlace | null {
  const client = textIn(table, "client", row);
  const place = client === null ? null : knownPlace(client, placeOf);
  if (place !== null) return place;
  const server = textIn(table, "server", row);
  return server === null ? null : knownPlace(server, placeOf);
}

/** Where an address is, null also where it has no coordinates. */
export function knownPlace(address: string, placeOf: PlaceOf): AlertPlace | null {
  const place = placeOf(address);
  return place !== null && Number.isFinite(place.latitude) && Number.isFinite(place.longitude) ? place : null;
}
