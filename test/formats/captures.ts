/** Bytes of captures for tests: files, and the layers of packets from the outside to the inside. */

/** A packet of a capture: its bytes, UTC milliseconds, and its length on the wire where that was cut. */
export interface TestPacket {
  readonly bytes: Uint8Array;
  readonly time: number;
  readonly original?: number;
}

/** A pcap file. */
export function pcapFile(
  packets: readonly TestPacket[],
  {isLittle = true, isNano = false, isModified = false, linkType = 1, minor = 4} = {}
): Uint8Array {
  const magic = isNano ? 0xa1b23c4d : isModified ? 0xa1b2cd34 : 0xa1b2c3d4;
  const [u16, u32] = numbers(isLittle);
  return join(
    u32(magic),
    u16(2),
    u16(minor),
    u32(0),
    u32(0),
    u32(65535),
    u32(linkType),
    ...packets.flatMap(({bytes, time, original = bytes.length}) => [
      u32(Math.floor(time / 1000)),
      u32(Math.round((time % 1000) * (isNano ? 1e6 : 1e3))),
      u32(bytes.length),
      u32(original),
      isModified ? join(u32(3), u16(0x800), u16(0)) : join(),
      bytes
    ])
  );
}

/** A section of a pcapng file: its header and what is made in its byte order. */
export function pcapngSection(isLittle: boolean, ...blocks: ((isLittle: boolean) => Uint8Array)[]): Uint8Array {
  const [u16, u32] = numbers(isLittle);
  const header = join(u32(0x1a2b3c4d), u16(1), u16(0), u32(0xffffffff), u32(0xffffffff));
  return join(block(0x0a0d0d0a, header)(isLittle), ...blocks.map((make) => make(isLittle)));
}

/** A block of any type. */
export function block(type: number, body: Uint8Array): (isLittle: boolean) => Uint8Array {
  return (isLittle) => {
    const [, u32] = numbers(isLittle);
    const padding = new Uint8Array(-body.length & 3);
    const length = 12 + body.length + padding.length;
    return join(u32(type), u32(length), body, padding, u32(length));
  };
}

/** An interface description; `resolution` and `offset` are its options, if_tsresol and if_tsoffset in seconds. */
export function interfaceBlock(linkType: number, {resolution, offset, snapLength = 0}: InterfaceOptions = {}) {
  return (isLittle: boolean) => {
    const [u16, u32] = numbers(isLittle);
    const words = offset === undefined ? [] : [u32(Math.floor(offset / 2 ** 32)), u32(offset)];
    return block(
      1,
      join(
        u16(linkType),
        u16(0),
        u32(snapLength),
        join(u16(2), u16(3), Uint8Array.of(101, 116, 104, 0)),
        resolution === undefined ? join() : join(u16(9), u16(1), Uint8Array.of(resolution, 0, 0, 0)),
        offset === undefined ? join() : join(u16(14), u16(8), ...(isLittle ? words.reverse() : words)),
        u16(0),
        u16(0)
      )
    )(isLittle);
  };
}

interface InterfaceOptions {
  readonly resolution?: number;
  readonly offset?: number;
  readonly snapLength?: number;
}

/** An enhanced packet block; `ticks` is its time in units of its interface. */
export function enhancedPacket(id: number, ticks: number, bytes: Uint8Array, original = bytes.length) {
  return (isLittle: boolean) => {
    const [, u32] = numbers(isLittle);
    const time = join(u32(Math.floor(ticks / 2 ** 32)), u32(ticks % 2 ** 32));
    return block(6, join(u32(id), time, u32(bytes.length), u32(original), bytes))(isLittle);
  };
}

/** An obsolete packet block. */
export function oldPacket(id: number, ticks: number, bytes: Uint8Array) {
  return (isLittle: boolean) => {
    const [u16, u32] = numbers(isLittle);
    const time = join(u32(Math.floor(ticks / 2 ** 32)), u32(ticks % 2 ** 32));
    return block(2, join(u16(id), u16(7), time, u32(bytes.length), u32(bytes.length), bytes))(isLittle);
  };
}

/** A simple packet block. */
export function simplePacket(bytes: Uint8Array, original = bytes.length) {
  return (isLittle: boolean) => block(3, join(numbers(isLittle)[1](original), bytes))(isLittle);
}

/** An Ethernet frame. */
export function ethernet(type: number, payload: Uint8Array): Uint8Array {
  return join(new Uint8Array(12).fill(2), u16(type), payload);
}

/** What an IPv4 packet states; addresses are dotted. */
export interface Ipv4 {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly id?: number;
  /** In bytes. */
  readonly fragmentOffset?: number;
  readonly hasMoreFragments?: boolean;
  readonly total?: number;
  /** Words of options. */
  readonly options?: number;
}

/** An IPv4 packet. */
export function ipv4(
  {source, destination, protocol, id = 0, fragmentOffset = 0, hasMoreFragments = false, total, options = 0}: Ipv4,
  payload: Uint8Array
): Uint8Array {
  const header = 20 + 4 * options;
  return join(
    Uint8Array.of(0x40 | (header / 4), 0),
    u16(total ?? header + payload.length),
    u16(id),
    u16((hasMoreFragments ? 0x2000 : 0) | (fragmentOffset / 8)),
    Uint8Array.of(64, protocol, 0, 0),
    Uint8Array.from(source.split("."), Number),
    Uint8Array.from(destination.split("."), Number),
    new Uint8Array(4 * options),
    payload
  );
}

/** An IPv6 packet; addresses are their eight groups. */
export function ipv6(source: readonly number[], destination: readonly number[], next: number, payload: Uint8Array) {
  return join(
    Uint8Array.of(0x60, 0, 0, 0),
    u16(payload.length),
    Uint8Array.of(next, 64),
    ...source.map(u16),
    ...destination.map(u16),
    payload
  );
}

/** A TCP segment. */
export function tcp(sourcePort: number, destinationPort: number, flags: number, {sequence = 1, size = 0} = {}) {
  return join(
    u16(sourcePort),
    u16(destinationPort),
    u32(sequence),
    u32(0),
    Uint8Array.of(0x50, flags),
    u16(512),
    u32(0),
    new Uint8Array(size)
  );
}

/** A UDP datagram. */
export function udp(sourcePort: number, destinationPort: number, payload: Uint8Array = new Uint8Array(8)): Uint8Array {
  return join(u16(sourcePort), u16(destinationPort), u16(8 + payload.length), u16(0), payload);
}

/** Bytes one after another. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** A number as two bytes, and as four, in network order. */
export const [u16, u32] = numbers(false);

function numbers(isLittle: boolean): readonly [(value: number) => Uint8Array, (value: number) => Uint8Array] {
  const inOrder = (bytes: Uint8Array) => (isLittle ? bytes.reverse() : bytes);
  return [
    (value) => inOrder(Uint8Array.of(value >>> 8, value)),
    (value) => inOrder(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value))
  ];
}
