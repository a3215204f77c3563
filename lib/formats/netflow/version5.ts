import {Template} from "./template.js";

/** The records of NetFlow v5, as a template of v9 would state them. */
export const version5 = new Template(
  5,
  false,
  // Addresses, next hop, interfaces, packets, bytes, uptimes, ports, padding, flags, protocol, service, systems, masks, padding.
  [
    [8, 4],
    [12, 4],
    [15, 4],
    [10, 2],
    [14, 2],
    [2, 4],
    [1, 4],
    [22, 4],
    [21, 4],
    [7, 2],
    [11, 2],
    [210, 1],
    [6, 1],
    [4, 1],
    [5, 1],
    [16, 2],
    [17, 2],
    [9, 1],
    [13, 1],
    [210, 2]
  ].map(([id, length]) => ({id: id!, enterprise: 0, length: length!})),
  new Uint8Array()
);
