import {isUtf8} from "node:buffer";
import {type CsvReceiver, CsvRecord} from "./csvRecord.js";
import {ParsedRecords} from "./parsedRecords.js";

/**
 * Cuts the bytes of a CSV file into records, piece by piece as they come: the same as ParsedRecords, and many times as
 * fast as long as cells stand in the file as they are or between two quotes. From the first record on that holds any other
 * quote, a line end between quotes, or more than a megabyte, ParsedRecords reads the rest of the file.
 */
export class CsvRecords {
  private readonly separator: number;
  private readonly record = new CsvRecord();
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;
  private parsed: ParsedRecords | undefined;

  constructor(
    private readonly delimiter: string,
    private readonly receiver: CsvReceiver
  ) {
    this.separator = delimiter.charCodeAt(0);
  }

  async push(bytes: Uint8Array): Promise<void> {
    if (this.parsed !== undefined) return this.parsed.push(bytes);
    const whole = Buffer.concat([this.rest, bytes]);
    const end = linesEnd(whole);
    const place = this.cut(whole.subarray(0, end));
    this.rest = whole.subarray(place);
    if (place < end || this.rest.length > longest) await this.parse();
  }

  async end(): Promise<void> {
    if (this.parsed === undefined && this.cut(Buffer.concat([this.rest, Buffer.of(lf)])) === 0) await this.parse();
    await this.parsed?.end();
  }

  private parse(): Promise<void> {
    this.parsed = new ParsedRecords(this.delimiter, this.receiver, this.line);
    return this.parsed.push(this.rest);
  }

  /** Takes the records of whole lines and returns where the first begins that is to be parsed, or the end. */
  private cut(bytes: Buffer): number {
    const {record, separator} = this;
    const {starts, ends} = record;
    const highest = Math.max(separator, quote);
    const isReadable = isUtf8(bytes) && !bytes.includes("\ufffd");
    record.bytes = bytes;
    // Perhaps a mark of UTF-16.
    if (this.line === 1 && bytes[0] === 0xff) return 0;
    let begin = this.line === 1 && bytes.subarray(0, mark.length).equals(mark) ? mark.length : 0;
    let cells = 0;
    for (let i = begin; i < bytes.length; ++i) {
      let byte = bytes[i]!;
      if (byte === quote) {
        starts[cells] = i + 1;
        do byte = bytes[++i]!;
        while (byte !== quote && byte !== lf && byte !== cr);
        if (byte !== quote) break;
        ends[cells++] = i;
        byte = bytes[++i]!;
        if (byte !== separator && byte !== lf && byte !== cr) break;
      } else {
        starts[cells] = i;
        while (byte > highest || (byte !== separator && byte !== quote && byte !== lf && byte !== cr)) {
          byte = bytes[++i]!;
        }
        if (byte === quote) break;
        ends[cells++] = i;
      }
      if (byte === separator) continue;
      if (i - begin > longest) break;
      record.length = cells;
      const isFault = !isReadable && bytes.toString("utf8", begin, i).includes("\ufffd");
      if (isFault) this.receiver.fault("not UTF-8", this.line);
      else if (i > begin) this.receiver.record(record, this.line);
      if (byte === cr && bytes[i + 1] === lf) ++i;
      ++this.line;
      begin = i + 1;
      cells = 0;
    }
    return this.line === 1 ? 0 : begin;
  }
}

const [lf, cr, quote] = [10, 13, 34];
const mark = Buffer.from("\ufeff");
// Far less than ParsedRecords takes.
const longest = 2 ** 20;

/** Where the last line ends; a CR at the end may be half of what ends it. */
function linesEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  if (bytes[end - 1] === cr) --end;
  while (end > 0 && bytes[end - 1] !== lf && bytes[end - 1] !== cr) --end;
  return end;
}
