import {CaptureReceiver} from "./capture/captureReceiver.js";
import {u16, u16Little, u32, u32Little} from "./capture/endian.js";
import type {FlowTableOptions} from "./capture/flowTable.js";
import {Frames} from "./capture/frames.js";
import type {Format} from "./format.js";
import type {RecordReader, RecordReceiver} from "./recordReader.js";

/** Captures of tcpdump and many others, https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap, assembled into flows. */
export const pcap: Format = {
  name: "pcap",
  title: "packet capture (pcap)",
  holds: "flows",
  unit: "packet",
  matches: ({bytes}) => bytes.length >= 4 && dialectOf(bytes, 0) !== undefined,
  open: (receiver) => new PcapReader(receiver)
};

/**
 * Reads a pcap file. Where a packet’s length cannot be, all is one reject up to where two packets in a row look as they
 * should. Of a packet no more than 256 KiB are held.
 */
export class PcapReader implements RecordReader {
  private readonly frames = new Frames((bytes, start, end) => this.take(bytes, start, end));
  private readonly capture: CaptureReceiver;
  private dialect: Dialect | undefined;
  private linkType = 0;
  private mayLengthsBeSwapped = false;
  private seconds = 0;
  private lastSeconds: number | undefined;
  private captured = 0;
  private original = 0;
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
    if (this.dialect === undefined) {
      this.frames.wanted = fileHeader;
      if (end - start < fileHeader) return start;
      this.readFileHeader(bytes, start);
      start += fileHeader;
    }
    for (;;) {
      if (this.isLost) {
        start = this.search(bytes, start, end);
        if (this.isLost) return start;
      }
      start = this.takePackets(bytes, start, end);
      if (!this.isLost) return start;
    }
  }

  private readFileHeader(bytes: Uint8Array, start: number): void {
    const dialect = dialectOf(bytes, start);
    this.dialect = dialect ?? dialects[0]!;
    if (dialect === undefined) this.lose();
    const isLittle = this.dialect.isLittle;
    // Up to version 2.3 some wrote the lengths in the other order.
    this.mayLengthsBeSwapped = (isLittle ? u16Little : u16)(bytes, start + 6) <= 3;
    // Above are flags for frame check sequences.
    this.linkType = (isLittle ? u32Little : u32)(bytes, start + 20) & 0xffff;
  }

  private takePackets(bytes: Uint8Array, start: number, end: number): number {
    const {header, perMillisecond} = this.dialect!;
    while (start + header <= end) {
      const fraction = this.readHeader(bytes, start);
      const {captured} = this;
      if (captured > longestPacket || this.original > longestOriginal) {
        this.lose();
        return start;
      }
      const from = start + header;
      if (from + captured > end) {
        this.frames.wanted = header + captured;
        return start;
      }
      this.lastSeconds = this.seconds;
      const time = 1000 * this.seconds + fraction / perMillisecond;
      const missing = Math.max(0, this.original - captured);
      start = from + captured;
      this.capture.take(bytes, from, start, missing, time, this.linkType);
    }
    this.frames.wanted = header;
    return start;
  }

  /** Sets seconds and lengths as a packet’s header has them; returns the fraction of the second. */
  private readHeader(bytes: Uint8Array, start: number): number {
    const isLittle = this.dialect!.isLittle;
    const [first, second] = isLittle
      ? [u32Little(bytes, start + 8), u32Little(bytes, start + 12)]
      : [u32(bytes, start + 8), u32(bytes, start + 12)];
    const areSwapped = this.mayLengthsBeSwapped && first > second;
    this.captured = areSwapped ? second : first;
    this.original = areSwapped ? first : second;
    this.seconds = isLittle ? u32Little(bytes, start) : u32(bytes, start);
    return isLittle ? u32Little(bytes, start + 4) : u32(bytes, start + 4);
  }

  private lose(): void {
    this.capture.reject("broken framing");
    this.isLost = true;
  }

  /** Where the next packet begins, or how far there is none. */
  private search(bytes: Uint8Array, start: number, end: number): number {
    const {header} = this.dialect!;
    let at = start;
    for (; at + header <= end; ++at) {
      if (!this.isPlausible(bytes, at)) continue;
      const next = at + header + this.captured;
      const isCut = next + header > end;
      if (isCut && !this.isEnd) {
        this.frames.wanted = next + header - at + lookAhead;
        return at;
      }
      if (isCut ? next !== end : !this.isPlausible(bytes, next)) continue;
      this.isLost = false;
      return at;
    }
    this.frames.wanted = header + lookAhead;
    return at;
  }

  /** Whether a packet may begin here: within a day of the last, of a length that can be. */
  private isPlausible(bytes: Uint8Array, at: number): boolean {
    const fraction = this.readHeader(bytes, at);
    if (this.captured === 0 || this.captured > this.original || this.original > longestPacket) return false;
    if (fraction >= 1000 * this.dialect!.perMillisecond) return false;
    return this.lastSeconds === undefined || Math.abs(this.seconds - this.lastSeconds) <= 86_400;
  }
}

const fileHeader = 24;
/** Bytes of the longest packet that is read, as in libpcap: 256 KiB. */
const longestPacket = 2 ** 18;
/** Bytes of the longest packet on the wire that is believed: 16 MiB. More is often a header read a few bytes off. */
const longestOriginal = 2 ** 24;
/** Bytes that are searched at a time. */
const lookAhead = 2 ** 16;

/** What the magic number of a file tells. */
interface Dialect {
  /** As the first four bytes have it. */
  readonly magic: number;
  readonly isLittle: boolean;
  /** Units of the fraction of a second in a millisecond. */
  readonly perMillisecond: number;
  /** Bytes of a packet’s header. */
  readonly header: number;
}

const dialects: readonly Dialect[] = [
  {magic: 0xd4c3b2a1, isLittle: true, perMillisecond: 1e3, header: 16},
  {magic: 0xa1b2c3d4, isLittle: false, perMillisecond: 1e3, header: 16},
  {magic: 0x4d3cb2a1, isLittle: true, perMillisecond: 1e6, header: 16},
  {magic: 0xa1b23c4d, isLittle: false, perMillisecond: 1e6, header: 16},
  // Kuznetzov’s libpcap: interface, protocol and type of packet besides.
  {magic: 0x34cdb2a1, isLittle: true, perMillisecond: 1e3, header: 24},
  {magic: 0xa1b2cd34, isLittle: false, perMillisecond: 1e3, header: 24}
];

function dialectOf(bytes: Uint8Array, start: number): Dialect | undefined {
  const magic = u32(bytes, start);
  return dialects.find((dialect) => dialect.magic === magic);
}
