import type {Format} from "./format.js";
import type {RecordReceiver} from "./recordReader.js";

/** Lines or packets that gave no record, for one reason. */
export interface Rejects {
  /** The first of them. */
  readonly line: number;
  /** The first few of them. */
  readonly lines: readonly number[];
  readonly reason: string;
  readonly count: number;
  /** The first of them as it stands in the file, cut after 200 characters; empty where it is no text. */
  readonly sample: string;
}

/** What came of the lines or packets of one file: each is a record, a reject or passed over. */
export interface FileReport {
  readonly file: string;
  /** The name of its format. */
  readonly format: string;
  readonly unit: Format["unit"];
  /** Lines or packets that became records, or parts of them. */
  readonly records: number;
  readonly requests: number;
  readonly flows: number;
  /** By reason, in the order of their first lines. */
  readonly rejects: readonly Rejects[];
  /** What is no record by design, such as headers and events of other types, the most frequent first. */
  readonly passedOver: readonly {readonly what: string; readonly count: number}[];
  /** What is wrong with the file as a whole, such as “gzip ends early”. */
  readonly faults: readonly string[];
}

/** Counts what a reader hands over of one file, and passes records on to `next`. */
export class ReportingReceiver implements RecordReceiver {
  private records = 0;
  private requests = 0;
  private flows = 0;
  private readonly rejects = new Map<string, {lines: number[]; count: number; sample: string}>();
  private readonly others = new Map<string, number>();
  private readonly faults: string[] = [];

  constructor(
    private readonly file: string,
    private readonly format: Format,
    private readonly next: Pick<RecordReceiver, "request" | "flow">
  ) {}

  request(record: Parameters<RecordReceiver["request"]>[0]): void {
    ++this.requests;
    if (this.format.unit === "line") ++this.records;
    this.next.request(record);
  }

  flow(record: Parameters<RecordReceiver["flow"]>[0]): void {
    ++this.flows;
    if (this.format.unit === "line") ++this.records;
    this.next.flow(record);
  }

  packet(): void {
    ++this.records;
  }

  reject(line: number, reason: string, sample: string): void {
    const known = this.rejects.get(reason);
    if (known === undefined)
      this.rejects.set(reason, {lines: [line], count: 1, sample: sample.slice(0, longestSample)});
    else if (++known.count <= mostLines) known.lines.push(line);
  }

  passOver(what: string): void {
    const name = this.others.has(what) || this.others.size < mostNames ? what : "other";
    this.others.set(name, (this.others.get(name) ?? 0) + 1);
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  report(): FileReport {
    const {file, format, records, requests, flows, faults} = this;
    const rejects = Array.from(this.rejects, ([reason, {lines, count, sample}]) => ({
      line: lines[0]!,
      lines,
      reason,
      count,
      sample
    }));
    const passedOver = Array.from(this.others, ([what, count]) => ({what, count}));
    return {
      file,
      format: format.name,
      unit: format.unit,
      records,
      requests,
      flows,
      rejects: rejects.sort((a, b) => a.line - b.line),
      passedOver: passedOver.sort((a, b) => b.count - a.count),
      faults: [...faults]
    };
  }
}

const longestSample = 200;
const mostLines = 5;
// Names of events come from the file.
const mostNames = 50;
