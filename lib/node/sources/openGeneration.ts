import {detectFormat} from "../../formats/detectFormat.js";
import {headBytes, headOf} from "../../formats/format.js";
import {formats} from "../../formats/formats.js";
import {describeUnread} from "../../formats/knownButUnread.js";
import type {Content, Place} from "./content.js";
import {fingerprintOf, isOf, mostBytes} from "./fingerprint.js";
import type {Generation} from "./generation.js";
import {LogReader} from "./logReader.js";
import type {SourceReceiver} from "./source.js";
import type {SourceTotals} from "./sourceTotals.js";
import {TimeAhead} from "./timeAhead.js";

/** What reading hands on to, and under which name. */
export interface Reading {
  readonly name: string;
  readonly receiver: SourceReceiver;
  readonly totals: SourceTotals;
}

/** A generation whose file is open. */
export class OpenGeneration {
  /** What is wrong with its content; null when nothing is. */
  fault: string | null = null;
  /** When bytes came last, and when it was looked at last, by the clock of the source. */
  cameAt: number;
  lookedAt = Number.NEGATIVE_INFINITY;
  private reader: LogReader | null = null;
  private ahead: TimeAhead | null = null;
  private place: Place;
  private unknownSize = -1;
  private isPassedOver = false;

  constructor(
    readonly generation: Generation,
    private content: Content,
    private readonly reading: Reading,
    now: number
  ) {
    this.place = content.stat();
    generation.id = this.place.id;
    this.cameAt = now;
  }

  get isGzip(): boolean {
    return this.content.isGzip;
  }

  get isOfPackets(): boolean {
    return this.reader?.format.unit === "packet";
  }

  get format(): string | null {
    return this.reader?.format.name ?? this.generation.format;
  }

  /** Bytes on disk that are there and not read yet. */
  get behind(): number {
    return this.isPassedOver ? 0 : this.content.behind(this.next, this.place.size);
  }

  /** Where it was read to, of inflated bytes. */
  get readTo(): number {
    return Math.max(this.next, this.generation.mark.offset);
  }

  /** Bytes that were there when it was looked at last. */
  get size(): number {
    return this.place.size;
  }

  /** The latest time of a record, NaN where there was none. */
  get time(): number {
    return this.reader?.time ?? Number.NaN;
  }

  /** Looks at the file again; false where it holds another content now, as it was cut. */
  look(): boolean {
    const place = this.content.stat();
    if (place.stamp === this.place.stamp && place.size === this.place.size) return true;
    if (this.isGzip) {
      this.place = place;
      return true;
    }
    const {generation} = this;
    const {fingerprint} = generation;
    const head = this.content.head(mostBytes);
    if (place.size < this.readTo || !isOf(head, fingerprint)) return false;
    if (fingerprint.length < mostBytes) generation.fingerprint = fingerprintOf(head);
    this.place = place;
    return true;
  }

  /** Goes on in another file that holds the same content. */
  moveTo(content: Content): void {
    this.content.close();
    this.content = content;
    this.place = content.stat();
    this.generation.id = this.place.id;
  }

  /**
   * Tells of which format the content is, and opens its reader; false where that is not known yet, or it is passed over.
   * `isWhole` where there will be no more of it.
   */
  detect(isWhole = false): boolean {
    if (this.reader !== null) return !this.isPassedOver;
    if (this.isPassedOver || (this.unknownSize === this.place.size && !isWhole)) return false;
    const {generation, reading} = this;
    let format = formats.find(({name}) => name === generation.format) ?? null;
    if (format === null) {
      const bytes = this.content.head(headBytes);
      const head = headOf(bytes, isWhole);
      format = detectFormat(head);
      if (format === null) {
        this.unknownSize = this.place.size;
        const isKnown = isWhole || head.lines.length > 0;
        this.fault = isKnown ? `${describeUnread(head) ?? "no log that is known"}, which Eddy does not read` : null;
        if (isWhole || bytes.length === headBytes) this.passOver("files of no known format");
        return false;
      }
      ++reading.totals.files;
    }
    this.fault = null;
    generation.format = format.name;
    const {name, receiver, totals} = reading;
    this.reader = new LogReader(name, format, receiver, totals, generation.mark, generation.skipTo);
    return true;
  }

  /** The next bytes, none at the end, null where they are still to be found. */
  read(): Uint8Array | null {
    if (!this.detect()) return none;
    const before = this.behind;
    const bytes = this.content.read(this.next);
    if (this.isGzip) this.place = this.content.stat();
    if (bytes === null || !this.isCatchingUp) {
      this.reading.totals.bytes += this.isGzip ? Math.max(0, before - this.behind) : (bytes?.length ?? 0);
    }
    return bytes;
  }

  push(bytes: Uint8Array): void {
    if (!this.isPassedOver) this.reader?.push(bytes);
  }

  /** What follows is of this one; its content is passed over where the receiver does not take it. */
  begin(): void {
    this.reader?.begin();
    const refusal = this.reader?.refusal ?? null;
    if (refusal === null) return;
    this.fault = refusal;
    this.passOver("files of other records");
  }

  /** Whether it reads again what was handed on already. */
  get isCatchingUp(): boolean {
    return this.reader?.isCatchingUp ?? false;
  }

  /** The time of the next line, which these bytes begin with; -Infinity where it has none. */
  timeOf(bytes: Uint8Array): number {
    if (this.isCatchingUp || this.reader === null) return Number.NEGATIVE_INFINITY;
    if (this.isOfPackets) return orNone(this.reader.time, this.generation.time);
    this.ahead ??= new TimeAhead(this.reader.format, this.generation.mark.headers);
    return orNone(this.ahead.of(bytes));
  }

  /** Whether all of it has been read that will be there, so far as can be told. */
  isWhole(now: number): boolean {
    const {fault} = this.content;
    if (this.isGzip) return fault === null || fault !== endsEarly || Date.now() - this.place.time > quietFile;
    return now - this.cameAt >= quiet || Date.now() - this.place.time > quietFile;
  }

  /** Nothing more is expected of it: the rest of a torn line is handed on. */
  end(): void {
    const {fault} = this.content;
    if (fault !== null) this.reading.totals.reject(fault);
    this.reader?.end();
    this.save();
    this.reader = null;
    this.ahead = null;
  }

  save(): Generation {
    const {generation, reader} = this;
    if (this.isPassedOver) generation.mark = {...generation.mark, offset: this.place.size};
    else if (reader !== null) generation.mark = reader.mark();
    return generation;
  }

  close(): void {
    this.content.close();
  }

  private get next(): number {
    return this.reader?.next ?? this.generation.mark.offset;
  }

  private passOver(what: string): void {
    if (!this.isPassedOver) this.reading.totals.count(what);
    this.isPassedOver = true;
  }
}

function orNone(...times: number[]): number {
  return times.find((time) => !Number.isNaN(time)) ?? Number.NEGATIVE_INFINITY;
}

const none = new Uint8Array();
const endsEarly = "gzip ends early";
/** Milliseconds without a byte after which a newer generation is read, and those since a file was written. */
const [quiet, quietFile] = [250, 2000];
