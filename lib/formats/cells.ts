import {wholeIn} from "./asciiNumber.js";
import {decimalIn} from "./decimalIn.js";
import {flagsIn} from "./flagsIn.js";
import {protocolIn} from "./protocolIn.js";
import type {Text, TextRecord} from "./textRecord.js";
import {timeIn} from "./timeIn.js";

/** The cells of one line: of each, where it begins and ends in the bytes. */
export class Cells {
  count = 0;
  /** What stands in a cell that states nothing, beside nothing at all. */
  unset: Uint8Array = new Uint8Array();
  bytes: Uint8Array = new Uint8Array();
  starts = new Int32Array(64);
  ends = new Int32Array(64);

  /** Cuts a line at each `separator` into as many cells as it has; nothing is quoted. An empty line has one empty cell. */
  cut(bytes: Uint8Array, start: number, end: number, separator: number): void {
    this.bytes = bytes;
    this.count = 0;
    let begin = start;
    for (let i = start; i < end; ++i) {
      if (bytes[i] !== separator) continue;
      this.add(begin, i);
      begin = i + 1;
    }
    this.add(begin, end);
  }

  /** Cuts a line into its words, between which stand one or more `separator`s. */
  cutWords(bytes: Uint8Array, start: number, end: number, separator: number): void {
    this.bytes = bytes;
    this.count = 0;
    let begin = start;
    for (let i = start; i <= end; ++i) {
      if (i < end && bytes[i] !== separator) continue;
      if (i > begin) this.add(begin, i);
      begin = i + 1;
    }
  }

  /** Leaves out the first cell. */
  dropFirst(): void {
    this.starts.copyWithin(0, 1, this.count);
    this.ends.copyWithin(0, 1, this.count);
    --this.count;
  }

  /** Leaves out the spaces around each cell. */
  trim(): void {
    const {bytes, starts, ends, count} = this;
    for (let i = 0; i < count; ++i) {
      while (starts[i]! < ends[i]! && bytes[starts[i]!] === space) ++starts[i]!;
      while (starts[i]! < ends[i]! && bytes[ends[i]! - 1] === space) --ends[i]!;
    }
  }

  /** Adds a cell. */
  add(start: number, end: number): void {
    const i = this.count++;
    if (i === this.starts.length) {
      this.starts = grown(this.starts);
      this.ends = grown(this.ends);
    }
    this.starts[i] = start;
    this.ends[i] = end;
  }

  /** Whether the line has the cell and it states anything. */
  has(cell: number): boolean {
    return cell >= 0 && cell < this.count && this.ends[cell]! > this.starts[cell]! && !this.is(cell, this.unset);
  }

  /** The whole number in a cell, NaN where there is none. */
  whole(cell: number): number {
    return this.has(cell) ? wholeIn(this.bytes, this.starts[cell]!, this.ends[cell]!) : Number.NaN;
  }

  /** The port in a cell, NaN where there is none. */
  port(cell: number): number {
    const port = this.whole(cell);
    return port < 2 ** 16 ? port : Number.NaN;
  }

  /** The decimal number from 0 up to 2⁶⁴ in a cell, NaN where there is none: sums of larger ones could be infinite. */
  decimal(cell: number): number {
    const value = this.has(cell) ? decimalIn(this.bytes, this.starts[cell]!, this.ends[cell]!) : Number.NaN;
    return value >= 0 && value <= 2 ** 64 ? value : Number.NaN;
  }

  /** The time in a cell in UTC milliseconds, as timeIn reads it, NaN where there is none. */
  time(cell: number): number {
    return this.has(cell) ? timeIn(this.bytes, this.starts[cell]!, this.ends[cell]!) : Number.NaN;
  }

  /** The IP protocol in a cell, as protocolIn reads it, NaN where there is none. */
  protocol(cell: number): number {
    return this.has(cell) ? protocolIn(this.bytes, this.starts[cell]!, this.ends[cell]!) : Number.NaN;
  }

  /** The TCP flags in a cell, as flagsIn reads them, NaN where there are none. */
  flags(cell: number): number {
    return this.has(cell) ? flagsIn(this.bytes, this.starts[cell]!, this.ends[cell]!) : Number.NaN;
  }

  /** The text of a cell, "" where there is none. */
  text(cell: number): string {
    return this.has(cell) ? decoder.decode(this.bytes.subarray(this.starts[cell], this.ends[cell])) : "";
  }

  /** Whether the cell, which the line must have, is exactly these bytes. */
  is(cell: number, expected: Uint8Array): boolean {
    const start = this.starts[cell]!;
    if (this.ends[cell]! - start !== expected.length) return false;
    for (let i = 0; i < expected.length; ++i) if (this.bytes[start + i] !== expected[i]) return false;
    return true;
  }

  /** Makes a cell the text of a record whose bytes are those of the line. */
  copyTo(record: TextRecord, text: Text, cell: number): void {
    const isThere = this.has(cell);
    record.starts[text] = isThere ? this.starts[cell]! : 0;
    record.ends[text] = isThere ? this.ends[cell]! : 0;
  }

  /** The texts of all cells. */
  texts(): string[] {
    return Array.from({length: this.count}, (_, cell) => this.text(cell));
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}

const space = 32;
const decoder = new TextDecoder();
