import {CaptureReceiver} from "./capture/captureReceiver.js";
import {u16, u16Little, u32, u32Little} from "./capture/endian.js";
import type {FlowTableOptions} from "./capture/flowTable.js";
import {Frames} from "./capture/frames.js";
import type {Format} from "./format.js";
import type {RecordReader, RecordReceiver} from "./recordReader.js";

/** Captures of Wireshark, https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng, assembled into flows. */
export const pcapng: Format = {
  name: "pcapng",
  title: "packet capture (pcapng)",
  holds: "flows",
  unit: "packet",
  matches: ({bytes}) => bytes.length >= 12 && u32(bytes, 0) === block.section && orderOf(bytes, 8) !== null,
  open: (receiver) => new PcapngReader(receiver)
};

/**
 * Reads a pcapng file, with all of its sections and interfaces; blocks that hold no packets are passed unseen. Simple packet
 * blocks, which have no time, take that of the packet before. Where a block’s length cannot be, all is one reject up to the
 * next block whose two lengths agree. Of a block no more than 512 KiB are held.
 */
export class PcapngReader implements RecordReader {
  private readonly frames = new Frames((bytes, start, end) => this.take(bytes, start, end));
  private readonly capture: CaptureReceiver;
  private isLittle = true;
  private interfaces: Interface[] = [];
  private time = Number.NaN;
  private isLost = false;
  private isEnd = false;

  constructor(receiver: RecordReceiver, options?: FlowTableOptions) {
    this.capture = new CaptureReceiver(receiver, options);
  }

  push(bytes: Uint8Array): void {
    this.frames.push(bytes);
  }

  end(): void {
    this.isEnd = true;
    this.frames.end();
    if (this.frames.left > 0 && !this.isLost) this.capture.reject("cut short");
    this.capture.end();
  }

  private take(bytes: Uint8Array, start: number, end: number): number {
    for (;;) {
      if (this.isLost) {
        start = this.search(bytes, start, end);
        if (this.isLost) return start;
      }
      start = this.takeBlocks(bytes, start, end);
      if (!this.isLost) return start;
    }
  }

  private takeBlocks(bytes: Uint8Array, start: number, end: number): number {
    while (start + leastBlock <= end) {
      const type = this.u32(bytes, start);
      if (type === block.section) {
        const isLittle = orderOf(bytes, start + 8);
        if (isLittle === null) return this.lose(start);
        this.isLittle = isLittle;
      }
      const stated = this.u32(bytes, start + 4);
      const isHeld = isReadBlock(type);
      if (stated < leastBlock || stated > (isHeld ? longestHeld : longestPassed)) return this.lose(start);
      const length = roundUp(stated);
      if (start + length > end) {
        this.frames.wanted = isHeld ? length : leastBlock;
        if (!isHeld) this.frames.skip = length;
        return start;
      }
      if (isHeld) {
        if (this.u32(bytes, start + length - 4) !== stated) return this.lose(start);
        this.readBlock(type, bytes, start, start + length - 4);
      }
      start += length;
    }
    this.frames.wanted = leastBlock;
    return start;
  }

  private readBlock(type: number, bytes: Uint8Array, start: number, end: number): void {
    switch (type) {
      case block.section:
        this.interfaces = [];
        return;
      case block.interface:
        if (this.interfaces.length < mostInterfaces) this.interfaces.push(this.readInterface(bytes, start, end));
        return;
      case block.enhancedPacket:
        if (start + 28 <= end) this.readPacket(bytes, start, end, this.u32(bytes, start + 8));
        else this.capture.reject("bad packet length");
        return;
      case block.packet:
        if (start + 28 <= end) this.readPacket(bytes, start, end, this.u16(bytes, start + 8));
        else this.capture.reject("bad packet length");
        return;
      case block.simplePacket:
        this.readSimplePacket(bytes, start, end);
    }
  }

  private readInterface(bytes: Uint8Array, start: number, end: number): Interface {
    if (start + 16 > end) return {linkType: -1, snapLength: 0, ...resolutionOf(6), offset: 0};
    let resolution = resolutionOf(6);
    let offset = 0;
    for (let at = start + 16; at + 4 <= end; ) {
      const [code, length] = [this.u16(bytes, at), this.u16(bytes, at + 2)];
      at += 4;
      if (code === 0 || at + length > end) break;
      if (code === option.resolution && length === 1) resolution = resolutionOf(bytes[at]!);
      if (code === option.offset && length === 8) {
        const [first, second] = [this.u32(bytes, at), this.u32(bytes, at + 4)];
        offset = 1000 * (this.isLittle ? (second | 0) * 2 ** 32 + first : (first | 0) * 2 ** 32 + second);
      }
      at += roundUp(length);
    }
    return {linkType: this.u16(bytes, start + 8), snapLength: this.u32(bytes, start + 12), ...resolution, offset};
  }

  /** Reads an enhanced packet block or the older packet block, which differ in how they name the interface. */
  private readPacket(bytes: Uint8Array, start: number, end: number, id: number): void {
    const on = this.interfaces[id];
    if (on === undefined) {
      this.capture.reject("unknown interface");
      return;
    }
    const ticks = this.u32(bytes, start + 12) * 2 ** 32 + this.u32(bytes, start + 16);
    this.time = (ticks * on.milliseconds) / on.ticks + on.offset;
    const [captured, original] = [this.u32(bytes, start + 20), this.u32(bytes, start + 24)];
    const from = start + 28;
    if (from + captured > end) this.capture.reject("bad packet length");
    else this.capture.take(bytes, from, from + captured, Math.max(0, original - captured), this.time, on.linkType);
  }

  private readSimplePacket(bytes: Uint8Array, start: number, end: number): void {
    const on = this.interfaces[0];
    const from = start + 12;
    if (from > end) this.capture.reject("bad packet length");
    else if (on === undefined) this.capture.reject("unknown interface");
    else {
      const original = this.u32(bytes, start + 8);
      const captured = Math.min(original, on.snapLength || original, end - from);
      this.capture.take(bytes, from, from + captured, original - captured, this.time, on.linkType);
    }
  }

  private lose(start: number): number {
    this.capture.reject("broken framing");
    this.isLost = true;
    return start;
  }

  /** Where the next block begins that is read and whose lengths agree, or how far there is none. */
  private search(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    for (; at + leastBlock <= end; ++at) {
      const type = this.u32(bytes, at);
      if (!isReadBlock(type)) continue;
      const isLittle = type === block.section ? orderOf(bytes, at + 8) : this.isLittle;
      if (isLittle === null) continue;
      const number = isLittle ? u32Little : u32;
      const length = number(bytes, at + 4);
      if (length < leastBlock || length > longestHeld || length % 4 !== 0) continue;
      if (at + length > end && !this.isEnd) {
        this.frames.wanted = length + lookAhead;
        return at;
      }
      if (at + length > end || number(bytes, at + length - 4) !== length) continue;
      this.isLost = false;
      return at;
    }
    this.frames.wanted = leastBlock + lookAhead;
    return at;
  }

  private u16(bytes: Uint8Array, at: number): number {
    return this.isLittle ? u16Little(bytes, at) : u16(bytes, at);
  }

  private u32(bytes: Uint8Array, at: number): number {
    return this.isLittle ? u32Little(bytes, at) : u32(bytes, at);
  }
}

/** Types of blocks that are read. */
const block = {section: 0x0a0d0d0a, interface: 1, packet: 2, simplePacket: 3, enhancedPacket: 6} as const;
/** Options of an interface that are read. */
const option = {resolution: 9, offset: 14} as const;

const leastBlock = 12;
/** Bytes of the longest block that is read, and of the longest other one, as in Wireshark. */
const [longestHeld, longestPassed] = [2 ** 19, 2 ** 24] as const;
/** Bytes that are searched at a time. */
const lookAhead = 2 ** 16;
/** Interfaces of a section; packets of others are rejects. */
const mostInterfaces = 2 ** 16;

/** What an interface description tells: UTC milliseconds = ticks of its time · `milliseconds` / `ticks` + `offset`. */
interface Interface extends Resolution {
  readonly linkType: number;
  /** 0 where there is none. */
  readonly snapLength: number;
  readonly offset: number;
}

interface Resolution {
  readonly milliseconds: number;
  readonly ticks: number;
}

/** By if_tsresol: ticks of a second are a power of 10, or of 2 where the highest bit is set. */
function resolutionOf(exponent: number): Resolution {
  if (exponent >= 128) return {milliseconds: 1000, ticks: 2 ** (exponent - 128)};
  return {milliseconds: 10 ** Math.max(0, 3 - exponent), ticks: 10 ** Math.max(0, exponent - 3)};
}

function isReadBlock(type: number): boolean {
  return type === block.enhancedPacket || (type <= block.simplePacket && type > 0) || type === block.section;
}

/** Whether a section is little-endian, by its byte-order magic; null where that is none. */
function orderOf(bytes: Uint8Array, at: number): boolean | null {
  const magic = u32(bytes, at);
  return magic === 0x1a2b3c4d ? false : magic === 0x4d3c2b1a ? true : null;
}

/** Some state a length without its padding to four bytes. */
function roundUp(length: number): number {
  return (length + 3) & ~3;
}
