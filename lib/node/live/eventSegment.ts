import type {FileHandle} from "node:fs/promises";
import {open, rm} from "node:fs/promises";
import type {AlertEvent} from "../../live/alert.js";
import {writeFault} from "./writeFault.js";

/**
 * One file of the event log: a JSON line for each event. Of each, memory holds the sequence, where the line is, and the
 * alert’s id; these are all numbers.
 */
export class EventSegment {
  count = 0;
  /** Bytes of whole lines; what follows them in the file is torn. */
  bytes = 0;
  private index = new Float64Array(stride * 256);
  private isTorn = false;

  private constructor(
    readonly path: string,
    private handle: FileHandle | null
  ) {}

  /** A new file; throws an InputError where it cannot be made. */
  static async create(path: string): Promise<EventSegment> {
    try {
      return new EventSegment(path, await open(path, "wx+", 0o600));
    } catch (error) {
      throw writeFault(error, path);
    }
  }

  /**
   * Indexes a file of events from this sequence on. Lines that are no events, or of a sequence that cannot follow, are left out
   * and counted. A last line without an end is torn: the next append writes over it.
   */
  static async read(path: string, first: number): Promise<{segment: EventSegment; damaged: number}> {
    const handle = await open(path, "r");
    try {
      const segment = new EventSegment(path, null);
      return {segment, damaged: await segment.scan(handle, first)};
    } finally {
      await handle.close();
    }
  }

  sequence(entry: number): number {
    return this.index[entry * stride]!;
  }

  /** The first entry whose sequence is at least so high; `count` if none is. */
  find(sequence: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sequence(middle) < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The last entry of an alert; −1 if there is none. The id is in two parts of eight digits. */
  lastOf(idHigh: number, idLow: number): number {
    for (let entry = this.count - 1; entry >= 0; --entry) {
      const at = entry * stride;
      if (this.index[at + 3] === idHigh && this.index[at + 4] === idLow) return entry;
    }
    return -1;
  }

  /** How many entries, from this one on, are of at most so many bytes together, but at least one. */
  countWithin(entry: number, most: number, bytes: number): number {
    const start = this.index[entry * stride + 1]!;
    let to = entry + 1;
    while (to < this.count && to - entry < most && this.index[to * stride + 2]! - start <= bytes) ++to;
    return to - entry;
  }

  /** How many entries right before this one are of at most so many bytes together, but at least one. */
  countUntil(entry: number, most: number, bytes: number): number {
    const end = this.index[(entry - 1) * stride + 2]!;
    let from = entry - 1;
    while (from > 0 && entry - from < most && end - this.index[(from - 1) * stride + 1]! <= bytes) --from;
    return entry - from;
  }

  /** The events of entries; those whose line is damaged are missing. */
  async events(from: number, to: number): Promise<AlertEvent[]> {
    if (from >= to) return [];
    const start = this.index[from * stride + 1]!;
    const buffer = Buffer.alloc(this.index[(to - 1) * stride + 2]! - start);
    const handle = await open(this.path, "r");
    try {
      if (!(await readFully(handle, buffer, start))) return [];
    } finally {
      await handle.close();
    }
    const events: AlertEvent[] = [];
    for (let entry = from; entry < to; ++entry) {
      const at = entry * stride;
      const event = parseEvent(buffer.toString("utf8", this.index[at + 1]! - start, this.index[at + 2]! - start));
      if (event !== null && event.sequence === this.index[at]) events.push(event);
    }
    return events;
  }

  /** Adds events, all or none; throws an InputError where it cannot. */
  async append(events: readonly AlertEvent[]): Promise<void> {
    const lines = events.map((event) => Buffer.from(eventLine(event)));
    try {
      this.handle ??= await open(this.path, "r+");
      // What a failed write left must not stand after a shorter one.
      if (this.isTorn) await this.handle.truncate(this.bytes);
      this.isTorn = true;
      await writeFully(this.handle, Buffer.concat(lines), this.bytes);
    } catch (error) {
      await this.handle?.truncate(this.bytes).then(
        () => {
          this.isTorn = false;
        },
        () => {}
      );
      throw writeFault(error, this.path);
    }
    this.isTorn = false;
    for (const [i, {sequence, alert}] of events.entries()) {
      this.add(sequence, this.bytes, lines[i]!.length, alert.id);
    }
  }

  /** Whether somebody has removed the file, so that what is appended is lost. */
  async isRemoved(): Promise<boolean> {
    return this.handle !== null && (await this.handle.stat()).nlink === 0;
  }

  /** Waits until all is on the disk. */
  async sync(): Promise<void> {
    await this.handle?.datasync().catch((error) => {
      throw writeFault(error, this.path);
    });
  }

  async close(): Promise<void> {
    const {handle} = this;
    this.handle = null;
    await handle?.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.path, {force: true});
  }

  /** Leaves out the events whose sequence does not satisfy; returns how many that are. */
  keepWhere(isKept: (sequence: number) => boolean): number {
    const {count} = this;
    this.count = 0;
    for (let entry = 0; entry < count; ++entry) {
      if (!isKept(this.sequence(entry))) continue;
      this.index.copyWithin(this.count * stride, entry * stride, (entry + 1) * stride);
      ++this.count;
    }
    return count - this.count;
  }

  private add(sequence: number, start: number, length: number, id: string): void {
    const at = this.count * stride;
    if (at === this.index.length) {
      const larger = new Float64Array(2 * at);
      larger.set(this.index);
      this.index = larger;
    }
    const [idHigh, idLow] = idParts(id) ?? [-1, -1];
    // Without the line’s end.
    this.index.set([sequence, start, start + length - 1, idHigh, idLow], at);
    ++this.count;
    this.bytes = start + length;
  }

  private async scan(handle: FileHandle, first: number): Promise<number> {
    const piece = Buffer.alloc(2 ** 20);
    const head = Buffer.alloc(mostHead);
    let [position, start, headLength, lastByte, damaged] = [0, 0, 0, 0, 0];
    let next = first;
    for (;;) {
      const {bytesRead} = await handle.read(piece, 0, piece.length, position);
      if (bytesRead === 0) break;
      for (let at = 0; at < bytesRead; ) {
        const newline = piece.subarray(0, bytesRead).indexOf(lineEnd, at);
        const end = newline < 0 ? bytesRead : newline;
        headLength += piece.copy(head, headLength, at, Math.min(end, at + mostHead - headLength));
        if (end > at) lastByte = piece[end - 1]!;
        at = end + 1;
        if (newline < 0) break;
        const found = lastByte === closingBrace ? parseHead(head.toString("latin1", 0, headLength)) : null;
        if (found === null || found.sequence < next) ++damaged;
        else {
          this.add(found.sequence, start, position + at - start, found.id);
          next = found.sequence + 1;
        }
        [start, headLength, lastByte] = [position + at, 0, 0];
      }
      position += bytesRead;
    }
    this.bytes = start;
    this.isTorn = position > start;
    return damaged;
  }
}

const stride = 5;
const lineEnd = 0x0a;
const closingBrace = 0x7d;
// Room for what the line of an event begins with.
const mostHead = 128;

// The sequence and the id come first, so that a scan need not parse the rest.
function eventLine({sequence, what, alert}: AlertEvent): string {
  const {id, ...rest} = alert;
  return `${JSON.stringify({sequence, what, alert: {id, ...rest}})}\n`;
}

function parseHead(head: string): {sequence: number; id: string} | null {
  const match = /^\{"sequence":([1-9]\d{0,14}),"what":"[a-z]{1,16}","alert":\{"id":"([^"\\]{1,64})",/.exec(head);
  return match && {sequence: Number(match[1]), id: match[2]!};
}

/** The two halves of an alert’s id as numbers; null where it is not of 16 hexadecimal digits. */
export function idParts(id: string): [number, number] | null {
  if (!/^[0-9a-f]{16}$/.test(id)) return null;
  return [Number.parseInt(id.slice(0, 8), 16), Number.parseInt(id.slice(8), 16)];
}

function parseEvent(line: string): AlertEvent | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

async function readFully(handle: FileHandle, buffer: Buffer, position: number): Promise<boolean> {
  for (let at = 0; at < buffer.length; ) {
    const {bytesRead} = await handle.read(buffer, at, buffer.length - at, position + at);
    if (bytesRead === 0) return false;
    at += bytesRead;
  }
  return true;
}

async function writeFully(handle: FileHandle, buffer: Buffer, position: number): Promise<void> {
  for (let at = 0; at < buffer.length; ) {
    const {bytesWritten} = await handle.write(buffer, at, buffer.length - at, position + at);
    at += bytesWritten;
  }
}
