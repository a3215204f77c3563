import type {Format} from "../format.js";
import {NetflowDecoder} from "./netflowDecoder.js";

/** NetFlow v5, v9 and IPFIX, which come in datagrams: no file is of it, and each piece that its reader is given is a datagram. */
export const netflow: Format = {
  name: "netflow",
  title: "NetFlow or IPFIX",
  holds: "flows",
  unit: "packet",
  matches: () => false,
  open: (receiver) => {
    const decoder = new NetflowDecoder(receiver);
    return {push: (bytes) => decoder.take(bytes, ""), end: () => {}};
  }
};
