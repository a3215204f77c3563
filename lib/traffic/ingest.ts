import {type FileReport, ReportingReceiver} from "../formats/fileReport.js";
import type {Format} from "../formats/format.js";
import type {RecordReader, RecordReceiver} from "../formats/recordReader.js";
import {InputError} from "../inputError.js";
import {type FlowOptions, Flows} from "./flows.js";
import type {RowBuilder} from "./rowBuilder.js";
import {type SessionOptions, Sessions} from "./sessions.js";
import {isNumbers, type Table} from "./table.js";

/** What rows of traffic are. */
export type RowKind = "sessions" | "flows";

/** How logs become rows. */
export interface IngestOptions {
  /** What to make of a log that holds both requests and flows, by default flows. */
  readonly rows?: RowKind;
  readonly sessions?: SessionOptions;
  readonly flows?: FlowOptions;
}

/**
 * Makes rows of traffic from the bytes of logs, one file after another as one stream: sessions of requests, or flows. Takes
 * bytes piece by piece and gives rows batch by batch, in memory that does not grow with the files.
 */
export class Ingest {
  /** What the rows are; undefined before the first file. */
  kind: RowKind | undefined;
  private builder: RowBuilder | undefined;
  private readonly names: string[] = [];
  private readonly receivers: ReportingReceiver[] = [];
  private reader: RecordReader | undefined;

  /** Of how many files; where there are several, every batch tells them apart, also those from the first. */
  constructor(
    private readonly options: IngestOptions = {},
    private readonly files = 1
  ) {}

  /** Begins the next file. Throws an InputError where it holds other records than the files before, or none at all. */
  begin(name: string, format: Format): void {
    const before = this.kind === undefined ? null : {kind: this.kind, file: this.names[0]!};
    const kind = rowKindOf(name, format, this.options.rows, before);
    this.kind = kind;
    this.builder ??= kind === "sessions" ? new Sessions(this.options.sessions) : new Flows(this.options.flows);
    this.builder.file = this.names.length;
    this.names.push(name);
    const receiver = new ReportingReceiver(name, format, recordsTo(this.builder));
    this.receivers.push(receiver);
    this.reader = format.open(receiver);
  }

  /** Takes the next bytes of the file, uncompressed. */
  push(bytes: Uint8Array): void {
    this.reader!.push(bytes);
  }

  /** Ends the file; `fault` says what is wrong with it as a whole, such as “gzip ends early”. */
  endFile(fault?: string): void {
    this.reader!.end();
    if (fault !== undefined) this.receivers.at(-1)!.fault(fault);
  }

  /** Ends the stream: all that is still open becomes rows. */
  end(): void {
    this.builder?.end();
  }

  /** The next batch of rows that are complete, null where there is none yet; `source_file` names files where there are several. */
  take(): Table | null {
    const table = this.builder?.take() ?? null;
    if (table === null) return null;
    const {source_file, ...columns} = table.columns;
    if (this.files === 1 || !isNumbers(source_file)) return {rows: table.rows, columns};
    const files = {codes: Int32Array.from(source_file), values: [...this.names]};
    return {rows: table.rows, columns: {...columns, source_file: files}};
  }

  /** Flows that are no row of their own, since they are the other direction of one: flows read = rows + joined. */
  get joined(): number {
    return this.builder instanceof Flows ? this.builder.joined : 0;
  }

  /** What came of each file so far. */
  reports(): FileReport[] {
    return this.receivers.map((receiver) => receiver.report());
  }
}

/**
 * What rows a file of a format gives: the wanted kind, or that of the file before if it holds both. Throws an InputError
 * where it gives none such.
 */
export function rowKindOf(
  file: string,
  format: Format,
  wanted: RowKind | undefined,
  before: {readonly kind: RowKind; readonly file: string} | null
): RowKind {
  const kind = kindIn(format, wanted, before?.kind);
  if (kind === null) {
    const what = wanted === undefined ? "neither requests nor flows" : `no ${recordsOf[wanted]}`;
    throw new InputError(`${file}: a ${format.title} holds ${what}`);
  }
  if (before !== null && kind !== before.kind) {
    throw new InputError(`${file}: expected ${recordsOf[before.kind]} as in ${before.file}, got ${recordsOf[kind]}`);
  }
  return kind;
}

const recordsOf = {sessions: "requests", flows: "flows"} as const;

function kindIn({holds}: Format, wanted: RowKind | undefined, before: RowKind | undefined): RowKind | null {
  if (holds === "requests and flows") return wanted ?? before ?? "flows";
  const kind = holds === "requests" ? "sessions" : holds === "flows" ? "flows" : null;
  return wanted === undefined || wanted === kind ? kind : null;
}

function recordsTo(builder: RowBuilder): Pick<RecordReceiver, "request" | "flow"> {
  const ignore = () => {};
  return builder instanceof Sessions
    ? {request: (record) => builder.request(record), flow: ignore}
    : {request: ignore, flow: (record) => (builder as Flows).flow(record)};
}
