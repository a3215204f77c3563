import {parseAddress} from "../../lib/geo/address.js";

/** Bytes that stand in the data section as they are, for values that no writer would write. */
export class Raw {
  constructor(readonly bytes: readonly number[]) {}
}

/** A small database in MaxMind’s format: a record, as an object, for each network, such as `203.0.113.0/24`. */
export function maxmindFile(
  networks: readonly (readonly [network: string, record: unknown])[],
  {recordSize = 24, ipVersion = 6, metadata = {}}: {recordSize?: number; ipVersion?: number; metadata?: object} = {}
): Uint8Array<ArrayBuffer> {
  const nodes: Node[] = [[null, null]];
  const data: number[] = [];
  for (const [network, record] of networks) {
    const [address, length] = network.split("/");
    const bytes = parseAddress(address!)!;
    const zeros = bytes.length === 4 && ipVersion === 6 ? 96 : 0;
    const bits = "0".repeat(zeros) + Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
    let node = nodes[0]!;
    for (const bit of bits.slice(0, zeros + Number(length) - 1)) {
      const child = node[Number(bit)];
      const next = typeof child === "number" ? child : nodes.push([null, null]) - 1;
      node[Number(bit)] = next;
      node = nodes[next]!;
    }
    node[Number(bits[zeros + Number(length) - 1])] = {data: data.length};
    data.push(...encode(record));
  }
  const numberOf = (child: Child) =>
    child === null ? nodes.length : typeof child === "number" ? child : nodes.length + 16 + child.data;
  const tree = nodes.flatMap(([left, right]) => nodeBytes(numberOf(left), numberOf(right), recordSize));
  const description = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: "Eddy-Test",
    description: {en: "a test"},
    ip_version: ipVersion,
    languages: ["en"],
    node_count: nodes.length,
    record_size: recordSize,
    ...metadata
  };
  const marker = [0xab, 0xcd, 0xef, ...new TextEncoder().encode("MaxMind.com")];
  return Uint8Array.from([...tree, ...new Array(16).fill(0), ...data, ...marker, ...encode(description)]);
}

type Child = number | {data: number} | null;
type Node = [left: Child, right: Child];

function nodeBytes(left: number, right: number, recordSize: number): number[] {
  if (recordSize !== 28) return [left, right].flatMap((record) => bytesOf(record, recordSize / 8));
  return [...bytesOf(left, 3), ((left >> 24) << 4) | (right >> 24), ...bytesOf(right, 3)];
}

function encode(value: unknown): number[] {
  if (value instanceof Raw) return [...value.bytes];
  if (typeof value === "string") {
    const bytes = [...new TextEncoder().encode(value)];
    return [...control(2, bytes.length), ...bytes];
  }
  if (typeof value === "boolean") return control(14, Number(value));
  if (typeof value === "number") {
    if (Number.isInteger(value)) return [...control(6, 4), ...bytesOf(value, 4)];
    return [...control(3, 8), ...new Uint8Array(Float64Array.of(value).buffer).reverse()];
  }
  if (Array.isArray(value)) return [...control(11, value.length), ...value.flatMap(encode)];
  const entries = Object.entries(value as object);
  return [...control(7, entries.length), ...entries.flatMap((entry) => entry.flatMap(encode))];
}

function control(type: number, size: number): number[] {
  const [low, more] = size < 29 ? [size, []] : size < 285 ? [29, bytesOf(size - 29, 1)] : [30, bytesOf(size - 285, 2)];
  return type < 8 ? [(type << 5) | low, ...more] : [low, type - 7, ...more];
}

function bytesOf(value: number, count: number): number[] {
  return Array.from({length: count}, (_, i) => Math.floor(value / 256 ** (count - 1 - i)) % 256);
}
