import type {FlowRecord} from "../../formats/flowRecord.js";
import type {Format} from "../../formats/format.js";
import type {RecordReader, RecordReceiver} from "../../formats/recordReader.js";
import type {RequestRecord} from "../../formats/requestRecord.js";
import {InputError} from "../../inputError.js";
import {HeaderLines} from "./headerLines.js";
import type {SourceReceiver} from "./source.js";
import type {SourceTotals} from "./sourceTotals.js";

/** From where on a content is to be read, and what its reader must know of what is before. */
export interface Mark {
  /** Inflated bytes and lines before it; it is at the beginning of a line. */
  readonly offset: number;
  readonly lines: number;
  /** The lines before it that tell what others mean. */
  readonly headers: readonly string[];
}

/** The beginning of a content. */
export const beginning: Mark = {offset: 0, lines: 0, headers: []};

/**
 * Reads a content that goes on, from a mark on, and counts what comes of it. What a reader knows from before the mark is
 * rebuilt: by the header lines, or by reading again what is before without handing it on.
 */
export class LogReader implements RecordReader {
  /** Where the bytes stand in the content that are to be pushed next. */
  next: number;
  /** The last time that a record had. */
  time = Number.NaN;
  /** Why the receiver does not take the content; null where it does. */
  refusal: string | null = null;
  private readonly reader: RecordReader;
  private readonly headers: HeaderLines;
  private offset: number;
  private lines: number;
  /** Lines that the reader has handed over, and how many more there are before them in truth. */
  private handed = 0;
  private shift = 0;
  private isMuted = true;

  /** What is before `skipTo` is neither handed on nor counted; the mark is moved there. */
  constructor(
    private readonly file: string,
    readonly format: Format,
    private readonly receiver: SourceReceiver,
    private readonly totals: SourceTotals,
    mark: Mark = beginning,
    private readonly skipTo = 0
  ) {
    this.offset = mark.offset;
    this.lines = mark.lines;
    this.headers = new HeaderLines(mark.headers);
    this.reader = format.open(this.counter());
    this.next = mark.offset;
    if (format.unit === "packet") this.next = 0;
    else if (mark.offset > 0) {
      // The first line of a reader may have a mark of UTF-8.
      this.reader.push(Uint8Array.of(lf));
      for (const line of mark.headers) this.reader.push(Buffer.from(line, "latin1"));
      this.next = Math.max(0, mark.offset - (remembered[format.name] ?? 0));
    }
    if (this.next >= this.mutedTo) this.unmute();
  }

  /** Tells the receiver that what follows is of this file. */
  begin(): void {
    try {
      this.receiver.begin(this.file, this.format);
      this.refusal = null;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.refusal = error.message;
    }
  }

  /** Whether it still reads again what was before the mark. */
  get isCatchingUp(): boolean {
    return this.isMuted;
  }

  push(bytes: Uint8Array): void {
    if (!this.isMuted) {
      this.pushOn(bytes);
      return;
    }
    const muted = bytes.subarray(0, this.mutedTo - this.next);
    if (this.skipTo > this.offset) this.skip(muted);
    else this.reader.push(muted);
    this.next += muted.length;
    if (this.next < this.mutedTo) return;
    this.unmute();
    if (muted.length < bytes.length) this.pushOn(bytes.subarray(muted.length));
  }

  /** The content has ended: its last line may lack an end. */
  end(): void {
    this.reader.end();
    this.offset = Math.max(this.offset, this.next);
    this.lines = this.handed + this.shift;
  }

  /** Where another reader can go on. */
  mark(): Mark {
    return {offset: this.offset, lines: this.lines, headers: this.headers.list()};
  }

  private get mutedTo(): number {
    return Math.max(this.offset, this.skipTo);
  }

  private unmute(): void {
    // What was skipped may have left it within a line.
    if (this.skipTo > this.offset && this.format.unit === "line") this.reader.push(Uint8Array.of(lf));
    this.offset = this.mutedTo;
    this.isMuted = false;
    this.shift = this.lines - this.handed;
  }

  private pushOn(bytes: Uint8Array): void {
    this.pushLines(bytes);
    this.next += bytes.length;
    if (this.format.unit === "packet") this.offset = this.next;
    else {
      const end = bytes.lastIndexOf(lf) + 1;
      if (end > 0) this.offset = this.next - bytes.length + end;
      this.lines = this.handed + this.shift;
    }
  }

  /** Counts lines, and reads them only where they tell what others mean. */
  private skip(bytes: Uint8Array): void {
    if (this.format.unit === "packet" || this.format.name in remembered) this.reader.push(bytes);
    else if (this.mayHaveHeaders) this.pushLines(bytes);
    for (let i = bytes.indexOf(lf); i >= 0; i = bytes.indexOf(lf, i + 1)) ++this.lines;
  }

  private pushLines(bytes: Uint8Array): void {
    if (this.mayHaveHeaders) this.headers.push(bytes, this.reader);
    else this.reader.push(bytes);
  }

  private get mayHaveHeaders(): boolean {
    return this.format.unit === "line" && (this.headers.any || this.lines < headLines);
  }

  private counter(): RecordReceiver {
    const isLine = this.format.unit === "line";
    const record = (record: RequestRecord | FlowRecord) => {
      if (isLine) ++this.handed;
      if (this.isMuted) return false;
      if (isLine) ++this.totals.records;
      record.line += this.shift;
      this.time = record.time;
      return true;
    };
    return {
      request: (request) => {
        if (record(request)) this.receiver.request(request);
      },
      flow: (flow) => {
        if (record(flow)) this.receiver.flow(flow);
      },
      packet: () => {
        if (!this.isMuted) ++this.totals.records;
      },
      reject: (_line, reason) => {
        ++this.handed;
        if (!this.isMuted) this.totals.reject(reason);
      },
      passOver: (what) => {
        ++this.handed;
        if (what === "header" || what === "summary") this.headers.note();
        if (!this.isMuted) ++this.totals.passedOver;
      }
    };
  }
}

/** Bytes before a mark that are read again, by format: a flow of Suricata knows of alerts that came before it. */
const remembered: Readonly<Record<string, number>> = {"suricata-eve": 2 ** 25};
/** Lines among which the first header must be. */
const headLines = 100;
const lf = 10;
