/** Messages for tests, from sets of records. */

/** A datagram of NetFlow v9: `seconds` of the export, the uptime then in ms. */
export function version9(
  sets: readonly Uint8Array[],
  {sequence = 0, domain = 0, seconds = 1_795_887_943, uptime = 60_000} = {}
): Uint8Array {
  return join(u16(9), u16(sets.length), u32(uptime), u32(seconds), u32(sequence), u32(domain), ...sets);
}

/** A datagram of IPFIX. */
export function ipfix(
  sets: readonly Uint8Array[],
  {sequence = 0, domain = 0, seconds = 1_795_887_943, length = 16 + join(...sets).length} = {}
): Uint8Array {
  return join(u16(10), u16(length), u32(seconds), u32(sequence), u32(domain), ...sets);
}

/** A datagram of NetFlow v5 with flows of 48 bytes. */
export function version5(
  flows: readonly Uint8Array[],
  {sequence = 0, engine = 0, seconds = 1_795_887_943, uptime = 60_000, sampling = 0, count = flows.length} = {}
): Uint8Array {
  const header = join(u16(5), u16(count), u32(uptime), u32(seconds), u32(0), u32(sequence), u16(engine), u16(sampling));
  return join(header, ...flows);
}

/** A flow of v5 from 192.0.2.1 to 192.0.2.2, at uptimes in ms. */
export function flow5(first: number, last: number): Uint8Array {
  const ends = join(u32(0xc0000201), u32(0xc0000202), u32(0), u32(0));
  return join(ends, u32(3), u32(300), u32(first), u32(last), u16(1000), u16(53), bytes(0, 0, 17, 0), u32(0), u32(0));
}

export function set(id: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = join(...contents);
  return join(u16(id), u16(4 + content.length), content);
}

/** A field as [id, length] or [id, length, enterprise]. */
export type TestField = readonly [id: number, length: number, enterprise?: number];

/** The record of a template in a template set. */
export function template(id: number, ...fields: readonly TestField[]): Uint8Array {
  return join(u16(id), u16(fields.length), ...fields.map(field));
}

/** The record of an options template of IPFIX, whose first field is its scope. */
export function options(id: number, ...fields: readonly TestField[]): Uint8Array {
  return join(u16(id), u16(fields.length), u16(1), ...fields.map(field));
}

/** The record of an options template of v9, whose first field is its scope. */
export function options9(id: number, ...fields: readonly TestField[]): Uint8Array {
  return join(u16(id), u16(4), u16(4 * (fields.length - 1)), ...fields.map(field));
}

export function field([id, length, enterprise]: TestField): Uint8Array {
  return enterprise === undefined ? join(u16(id), u16(length)) : join(u16(id | 0x8000), u16(length), u32(enterprise));
}

/** Source and destination, IPv4, and bytes and packets: 16 bytes a record. */
export const plainFields: readonly TestField[] = [
  [8, 4],
  [12, 4],
  [1, 4],
  [2, 4]
];

/** A record of `plainFields` from 192.0.2.N to 192.0.2.200. */
export function plainRecord(n: number): Uint8Array {
  return join(u32(0xc0000200 + n), u32(0xc00002c8), u32(100 * n), u32(n));
}

export function u16(value: number): Uint8Array {
  return bytes(value >>> 8, value);
}

export function u32(value: number): Uint8Array {
  return bytes(value >>> 24, value >>> 16, value >>> 8, value);
}

export function u64(value: number): Uint8Array {
  return join(u32(Math.floor(value / 2 ** 32)), u32(value));
}

export function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
