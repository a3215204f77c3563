import {firstLook} from "../lib/evaluation/firstLook.js";
import {type Experiment, runExperiment, type Summary} from "../lib/experiment.js";
import {detectFormat} from "../lib/formats/detectFormat.js";
import type {FileReport} from "../lib/formats/fileReport.js";
import {inTimeOrder} from "../lib/formats/firstTime.js";
import {headBytes, headOf} from "../lib/formats/format.js";
import {Gunzip, isGzip} from "../lib/formats/gunzip.js";
import {describeUnread} from "../lib/formats/knownButUnread.js";
import {openPlaces, type PlaceGuide} from "../lib/geo/places.js";
import {InputError} from "../lib/inputError.js";
import {anonymizeTable} from "../lib/traffic/anonymize.js";
import {anonymizer} from "../lib/traffic/anonymizing/anonymizer.js";
import {withoutSamples} from "../lib/traffic/anonymizing/withoutSamples.js";
import {availableFeatures, type LeftOutFeature} from "../lib/traffic/availableFeatures.js";
import {Ingest, type IngestOptions, type RowKind} from "../lib/traffic/ingest.js";
import {labelColumn} from "../lib/traffic/labelColumn.js";
import {placeRows} from "../lib/traffic/placeRows.js";
import {RowSample} from "../lib/traffic/rowSample.js";
import {type Column, isNumbers, type Table} from "../lib/traffic/table.js";
import type {LogSource} from "../lib/traffic/traffic.js";

/** What the page asks for: files, read as one stream, and what to do with their rows. */
export interface BringOrder {
  readonly files: readonly File[];
  readonly ingest: IngestOptions;
  /** The database of countries, a point in each, and whose it is, where places are wanted. */
  readonly places: (PlaceGuide & {readonly database: ArrayBuffer}) | null;
  /** The seed of pseudonyms, null to show addresses as they are. */
  readonly anonymize: string | null;
}

/** What came of it. */
export interface Brought {
  readonly kind: RowKind;
  /** How many rows the logs make; the table is an even sample of them where they are more than a page can hold. */
  readonly rows: number;
  readonly table: Table;
  readonly summary: Summary;
  readonly leftOut: readonly LeftOutFeature[];
}

/** What the worker says meanwhile, and at last. */
export type BringAnswer =
  | {
      readonly state: "reading";
      readonly bytes: number;
      readonly of: number;
      readonly reports: readonly FileReport[];
      readonly rows: number;
    }
  | {readonly state: "scoring"; readonly rows: number}
  | {readonly state: "done"; readonly brought: Brought}
  | {readonly state: "failed"; readonly message: string};

addEventListener("message", ({data}: MessageEvent<BringOrder>) => {
  bring(data).then(
    (brought) => answer({state: "done", brought}, buffersOf(brought.table)),
    (error: unknown) => answer({state: "failed", message: error instanceof Error ? error.message : `${error}`})
  );
});

async function bring(order: BringOrder): Promise<Brought> {
  const lookup = order.places && openPlaces(new Uint8Array(order.places.database), order.places);
  const logs = inTimeOrder(await Promise.all(order.files.map(recognised)));
  const pseudonyms = order.anonymize === null ? null : anonymizer(order.anonymize);
  const ingest = new Ingest(order.ingest, logs.length);
  const sample = new RowSample(mostRows, 1);
  let rows = 0;
  const progress = progressOf(order.files, ingest, () => rows);
  const take = () => {
    for (let table = ingest.take(); table !== null; table = ingest.take()) {
      const placed = lookup === null ? table : placeRows(table, lookup);
      rows += placed.rows;
      const shown = pseudonyms === null ? placed : anonymizeTable(placed, pseudonyms, lookup?.points);
      sample.add(shown, Object.keys(shown.columns));
    }
  };
  for (const {file, format} of logs) {
    ingest.begin(file.name, format);
    let fault: string | undefined;
    for await (const bytes of inflated(file, progress.read, (text) => (fault = text))) {
      ingest.push(bytes);
      take();
    }
    ingest.endFile(fault);
  }
  ingest.end();
  take();
  progress.say();
  const table = sample.table();
  const kind = ingest.kind!;
  if (table.rows === 0) throw new InputError(`no ${kind} in ${order.files.map(({name}) => name).join(", ")}`);
  answer({state: "scoring", rows: table.rows});
  const anonymized = order.anonymize !== null;
  const reports = anonymized ? ingest.reports().map(withoutSamples) : ingest.reports();
  const files = reports.map((report, i) => ({...report, bytes: logs[i]!.file.size, sha256: null}));
  const source: LogSource = {type: "logs", rows: kind, files, places: lookup?.source ?? null, anonymized};
  const {features, leftOut} = availableFeatures(table, kind);
  const experiment: Experiment = {
    title: "Your logs",
    traffic: {...table, source},
    features,
    label: labelColumn(table),
    forest: {seed: 1},
    threshold: firstLook(table.rows)
  };
  const {table: scored, summary} = runExperiment(experiment);
  return {kind, rows, table: scored, summary, leftOut};
}

// Charts of more rows would take seconds to follow the reader.
const mostRows = 200_000;

async function recognised(file: File) {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const parts: Uint8Array[] = [];
  for await (const part of inflated(
    file.slice(0, headBytes),
    () => {},
    () => {}
  ))
    parts.push(part);
  const inflatedHead = joined(parts);
  const head = headOf(inflatedHead, inflatedHead.length < headBytes && file.size <= headBytes);
  if (bytes.length === 0) throw new InputError(`${file.name}: empty file`);
  const format = detectFormat(head);
  if (format !== null) return {file, format, head};
  const unread = describeUnread(head);
  throw new InputError(
    `${file.name}: ${unread === null ? "no log that is known; eddy score reads tables" : `${unread}, which Eddy does not read`}`
  );
}

async function* inflated(
  file: Blob,
  onBytes: (bytes: number) => void,
  onFault: (fault: string) => void
): AsyncGenerator<Uint8Array> {
  const isZipped = isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()));
  const gunzip = isZipped ? new Gunzip() : null;
  const reader = file.stream().getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    onBytes(next.value.length);
    if (gunzip === null) yield next.value;
    else yield* gunzip.push(next.value);
  }
  gunzip?.end();
  if (gunzip?.fault) onFault(gunzip.fault);
}

/** Says how far reading has come, a few times a second. */
function progressOf(files: readonly File[], ingest: Ingest, rows: () => number) {
  const of = files.reduce((sum, {size}) => sum + size, 0);
  let bytes = 0;
  let last = 0;
  const say = () => answer({state: "reading", bytes, of, reports: ingest.reports(), rows: rows()});
  return {
    say,
    read(count: number) {
      bytes += count;
      const now = performance.now();
      if (now - last < 200) return;
      last = now;
      say();
    }
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    bytes.set(part, start);
    start += part.length;
  }
  return bytes;
}

function buffersOf({columns}: Table): ArrayBufferLike[] {
  return [
    ...new Set(Object.values(columns).map((column: Column) => (isNumbers(column) ? column : column.codes).buffer))
  ];
}

function answer(message: BringAnswer, transfer: ArrayBufferLike[] = []): void {
  postMessage(message, {transfer: transfer as ArrayBuffer[]});
}
