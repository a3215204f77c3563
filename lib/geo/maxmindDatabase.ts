import {InputError} from "../inputError.js";
import type {AddressBytes} from "./address.js";
import {type MaxmindMap, maxmindValue} from "./maxmindValue.js";

/** What a MaxMind database says of itself. */
export interface MaxmindMetadata {
  /** Such as `GeoLite2-City`; the databases of ip-location-db say `country ipvAll`. */
  readonly type: string;
  /** When it was built, UTC milliseconds; NaN where it does not say. */
  readonly built: number;
}

/** What a database holds of an address: its record, null where there is none, and the bits that the answer is for. */
export interface MaxmindMatch {
  readonly record: MaxmindMap | null;
  readonly prefix: number;
}

/** An opened database; `find` throws an InputError where the database is broken. */
export interface MaxmindDatabase {
  readonly metadata: MaxmindMetadata;
  find(address: AddressBytes): MaxmindMatch;
}

/**
 * Opens the bytes of a MaxMind DB (https://maxmind.github.io/MaxMind-DB, version 2), which are read in place, in Node and
 * in pages alike; mmdb-lib needs Node’s Buffer, and hangs on a database that is made to. Throws an InputError when they
 * are none. Sizes and places within the file are checked before use, and a lookup takes a bounded number of steps.
 */
export function openMaxmind(bytes: Uint8Array): MaxmindDatabase {
  const metadataAt = findMetadata(bytes);
  const metadata = maxmindValue(bytes, metadataAt, {start: metadataAt, end: bytes.length});
  if (!(metadata instanceof Map)) throw broken("its description is no map");
  const nodes = wholeOf(metadata, "node_count");
  const bits = wholeOf(metadata, "record_size");
  const version = wholeOf(metadata, "ip_version");
  if (![24, 28, 32].includes(bits)) throw broken(`record_size is ${bits}`);
  if (version !== 4 && version !== 6) throw broken(`ip_version is ${version}`);
  const nodeBytes = bits / 4;
  const section = {start: nodes * nodeBytes + separatorBytes, end: metadataAt - marker.length};
  if (section.start > section.end) throw broken("it is cut short");

  const child = (node: number, bit: number): number => {
    const at = node * nodeBytes;
    if (bits === 24) return bytesAt(bytes, at + 3 * bit);
    if (bits === 32) return bytesAt(bytes, at + 4 * bit) * 256 + bytes[at + 4 * bit + 3]!;
    const middle = bytes[at + 3]!;
    return bit === 0
      ? (middle >> 4) * 0x1000000 + bytesAt(bytes, at)
      : (middle & 15) * 0x1000000 + bytesAt(bytes, at + 4);
  };
  // IPv4 stands under the 96 zeros of ::/96, or above them where the database says the same of more than all of IPv4.
  let [ipv4Node, ipv4Depth] = [0, 0];
  while (version === 6 && ipv4Depth < 96 && ipv4Node < nodes) {
    ipv4Node = child(ipv4Node, 0);
    ++ipv4Depth;
  }

  const built = metadata.get("build_epoch");
  const type = metadata.get("database_type");
  return {
    metadata: {
      type: typeof type === "string" ? type : "",
      built: typeof built === "number" ? built * 1000 : Number.NaN
    },
    find(address) {
      if (address.length === 16 && version === 4) return {record: null, prefix: 0};
      let node = address.length === 4 ? ipv4Node : 0;
      let prefix = 0;
      while (node < nodes && prefix < 8 * address.length) {
        node = child(node, (address[prefix >> 3]! >> (7 - (prefix & 7))) & 1);
        ++prefix;
      }
      if (node === nodes) return {record: null, prefix};
      if (node < nodes) throw broken("its tree has no end");
      const record = maxmindValue(bytes, node - nodes - separatorBytes + section.start, section);
      if (!(record instanceof Map)) throw broken("a record is no map");
      return {record, prefix};
    }
  };
}

const marker = [0xab, 0xcd, 0xef, ...Array.from("MaxMind.com", (letter) => letter.charCodeAt(0))];
const separatorBytes = 16;
// The description is within the last 128 KiB, says the specification.
const mostMetadata = 128 * 1024;

/** The byte behind the last marker. */
function findMetadata(bytes: Uint8Array): number {
  for (let i = bytes.length - marker.length; i >= Math.max(0, bytes.length - mostMetadata); --i) {
    if (marker.every((byte, k) => bytes[i + k] === byte)) return i + marker.length;
  }
  throw new InputError("expected a MaxMind database, got something else");
}

function wholeOf(metadata: MaxmindMap, name: string): number {
  const value = metadata.get(name);
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw broken(`${name} is ${value}`);
  return value;
}

function bytesAt(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
}

function broken(reason: string): InputError {
  return new InputError(`broken MaxMind database: ${reason}`);
}
