import type {RecordReader} from "./recordReader.js";

/** Takes a line: bytes from `start` to before `end`, without its line end, and its number from 1. */
export type OnLine = (bytes: Uint8Array, start: number, end: number, line: number) => void;

/**
 * Cuts bytes into lines that end with LF or CR LF, and hands over each. The last may lack its end. A mark of UTF-8 at the
 * beginning is left out. A line of more than `longest` bytes goes to `onTooLong` instead, and is never held in memory.
 */
export class LineReader implements RecordReader {
  private line = 0;
  private carry = new Uint8Array(4096);
  private carried = 0;
  private isTooLong = false;

  constructor(
    private readonly onLine: OnLine,
    private readonly onTooLong: (line: number) => void
  ) {}

  push(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length) {
      const end = bytes.indexOf(lf, start);
      if (end < 0) {
        this.keep(bytes, start);
        return;
      }
      if (this.carried > 0 || this.isTooLong) {
        this.keep(bytes.subarray(0, end), start);
        this.closeCarried();
      } else this.hand(bytes, start, end);
      start = end + 1;
    }
  }

  end(): void {
    if (this.carried > 0 || this.isTooLong) this.closeCarried();
  }

  private closeCarried(): void {
    if (this.isTooLong) this.onTooLong(++this.line);
    else this.hand(this.carry, 0, this.carried);
    this.carried = 0;
    this.isTooLong = false;
  }

  private hand(bytes: Uint8Array, start: number, end: number): void {
    if (end - start > longest) {
      this.onTooLong(++this.line);
      return;
    }
    if (this.line === 0 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += 3;
    if (end > start && bytes[end - 1] === cr) --end;
    this.onLine(bytes, start, end, ++this.line);
  }

  private keep(bytes: Uint8Array, start: number): void {
    const length = this.carried + bytes.length - start;
    if (length > longest) {
      this.isTooLong = true;
      this.carried = 0;
      return;
    }
    if (this.isTooLong) return;
    if (length > this.carry.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.carry.length));
      larger.set(this.carry.subarray(0, this.carried));
      this.carry = larger;
    }
    this.carry.set(bytes.subarray(start), this.carried);
    this.carried = length;
  }
}

const [lf, cr] = [10, 13];

/** Bytes of the longest line that is read: 1 MiB. */
export const longest = 2 ** 20;
