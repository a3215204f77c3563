import {detectFormat} from "../../formats/detectFormat.js";
import {firstTime} from "../../formats/firstTime.js";
import {type Format, type Head, headBytes, headOf} from "../../formats/format.js";
import {formats} from "../../formats/formats.js";
import {describeUnread} from "../../formats/knownButUnread.js";
import {beginning, LogReader, type Mark} from "./logReader.js";
import type {SourceReceiver} from "./source.js";
import type {SourceTotals} from "./sourceTotals.js";
import {TimeAhead} from "./timeAhead.js";

/** Whom a content is handed on to, and under which name. */
export interface Recipient {
  readonly name: string;
  readonly receiver: SourceReceiver;
  readonly totals: SourceTotals;
}

/** A content of which the format is to be told by its beginning, and which is then read. */
export class LogContent {
  /** Why it is not read; null where it is, or nothing is known yet. */
  fault: string | null = null;
  /** Whether it is not to be read, ever. */
  isPassedOver = false;
  private reader: LogReader | null = null;
  private ahead: TimeAhead | null = null;
  /** Of a capture, which hands over a flow long after its packets, the time of the first. */
  private began = Number.NaN;
  private marked: Mark;

  /** `format` is the name of its format where that is known already; what is before `skipTo` is not handed on. */
  constructor(
    private readonly recipient: Recipient,
    public format: string | null = null,
    mark: Mark = beginning,
    private readonly skipTo = 0
  ) {
    this.marked = mark;
  }

  get isKnown(): boolean {
    return this.reader !== null;
  }

  get isOfPackets(): boolean {
    return this.reader?.format.unit === "packet";
  }

  /** Whether it reads again what was handed on already. */
  get isCatchingUp(): boolean {
    return this.reader?.isCatchingUp ?? false;
  }

  /** Where the bytes stand that are to be pushed next. */
  get next(): number {
    return this.reader?.next ?? this.marked.offset;
  }

  /** Where reading can go on later. */
  get mark(): Mark {
    return this.reader?.mark() ?? this.marked;
  }

  /**
   * Tells the format by the first bytes, if that can be; `isWhole` where there will be no more of them. A log whose first
   * records are none that are read may go on otherwise, so that more of it is awaited, up to 64 KiB.
   */
  detect(bytes: Uint8Array, isWhole: boolean): void {
    const head = headOf(bytes, isWhole);
    const format = detectFormat(head);
    if (format !== null && format.holds !== "other") {
      ++this.recipient.totals.files;
      this.open(format);
      if (this.isOfPackets) this.began = firstTime({format, head});
      return;
    }
    this.fault = isWhole || head.lines.length > 0 ? whyUnread(format, head) : null;
    if (isWhole || bytes.length >= headBytes) this.passOver("files that are not read");
  }

  /** Opens its reader where its format is known already. */
  resume(): void {
    const format = formats.find(({name}) => name === this.format);
    if (format !== undefined && this.reader === null) this.open(format);
  }

  /** What follows is of this content; it is passed over where the receiver does not take it. */
  begin(): void {
    this.reader?.begin();
    this.fault = this.reader?.refusal ?? null;
    if (this.fault !== null) this.passOver("files that are not read");
  }

  push(bytes: Uint8Array): void {
    if (!this.isPassedOver) this.reader?.push(bytes);
  }

  /** The time of the next line, which these bytes are; -Infinity where it has none. */
  timeOf(bytes: Uint8Array): number {
    const {reader} = this;
    if (reader === null || reader.isCatchingUp || this.isPassedOver) return Number.NEGATIVE_INFINITY;
    if (!this.isOfPackets) this.ahead ??= new TimeAhead(reader.format, reader.mark().headers);
    const time = this.ahead?.of(bytes) ?? (Number.isNaN(reader.time) ? this.began : reader.time);
    return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
  }

  /** Lines follow whose times are not asked for. */
  passUnseen(): void {
    this.ahead = null;
  }

  /** Nothing more is expected of it: the rest of a torn line is handed on. What comes nevertheless begins a line. */
  end(fault: string | null): void {
    if (fault !== null) this.recipient.totals.reject(fault);
    this.reader?.end();
    this.marked = this.mark;
    this.reader = this.ahead = null;
  }

  private open(format: Format): void {
    const {name, receiver, totals} = this.recipient;
    this.fault = null;
    this.format = format.name;
    this.reader = new LogReader(name, format, receiver, totals, this.marked, this.skipTo);
  }

  private passOver(what: string): void {
    if (!this.isPassedOver) this.recipient.totals.count(what);
    this.isPassedOver = true;
  }
}

function whyUnread(format: Format | null, head: Head): string {
  if (format !== null) return `is a ${format.title}, with neither requests nor flows`;
  return `${describeUnread(head) ?? "is no log that is known"}, which Eddy does not read`;
}
