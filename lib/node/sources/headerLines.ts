import type {RecordReader} from "../../formats/recordReader.js";

/**
 * Keeps the lines of a log that tell what others mean, such as Zeek’s `#fields`, in the order in which they stood last: read
 * again they bring a reader to where it was. Of many, the newest are kept.
 */
export class HeaderLines {
  private readonly lines: Set<string>;
  private torn = "";
  private isNoted = false;

  constructor(lines: readonly string[]) {
    this.lines = new Set(lines);
  }

  get any(): boolean {
    return this.lines.size > 0;
  }

  /** The line that is being read is one of them. */
  note(): void {
    this.isNoted = true;
  }

  /** Pushes bytes line by line, and keeps each line that is noted meanwhile. */
  push(bytes: Uint8Array, reader: RecordReader): void {
    for (let start = 0; start < bytes.length; ) {
      const found = bytes.indexOf(lf, start);
      const end = found < 0 ? bytes.length : found + 1;
      this.isNoted = false;
      reader.push(bytes.subarray(start, end));
      if (this.isNoted) this.keep(this.torn + textOf(bytes, start, end));
      if (found >= 0) this.torn = "";
      else if (this.torn.length < longestHeader) this.torn += textOf(bytes, start, end);
      start = end;
    }
  }

  /** Each with its end, of one character a byte. */
  list(): string[] {
    return [...this.lines];
  }

  private keep(line: string): void {
    if (line.length > longestHeader) return;
    this.lines.delete(line);
    this.lines.add(line);
    if (this.lines.size > mostLines) this.lines.delete(this.lines.values().next().value!);
  }
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}

const lf = 10;
const longestHeader = 2 ** 16;
const mostLines = 64;
