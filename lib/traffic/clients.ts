import {isNumbers, type Table} from "./table.js";

/** Codes of the rows’ clients, −1 where unknown, as rules for thresholds take them; null without a column of them. */
export function clientsOf({columns}: Table): Int32Array | null {
  const {client} = columns;
  return client === undefined || isNumbers(client) ? null : client.codes;
}
