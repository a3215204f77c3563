import type {FileReport} from "../../formats/fileReport.js";
import {type Begun, inTimeOrder} from "../../formats/firstTime.js";
import {withoutSamples} from "../../traffic/anonymizing/withoutSamples.js";
import {Ingest, type IngestOptions, type RowKind} from "../../traffic/ingest.js";
import {inSchemaOrder} from "../../traffic/inSchemaOrder.js";
import {describeColumn} from "../../traffic/schema.js";
import {isNumbers, numbers, type Table} from "../../traffic/table.js";
import type {LogSource} from "../../traffic/traffic.js";
import {type InputFile, inflatedBytes} from "../inputFile.js";
import type {LogStepOptions} from "../logSteps.js";
import {readFault} from "../readFault.js";
import type {Batch, ColumnType, ReadOptions} from "./batch.js";
import type {TableFile} from "./openTable.js";

/** A log in an open file. */
export interface LogFile extends Begun {
  readonly input: InputFile;
}

/** The rows of traffic that logs make: one table, however many files there are. */
export interface LogTable extends TableFile {
  readonly kind: RowKind;
  /** In the order in which they are read, which is that of their first times. */
  readonly files: readonly LogFile[];
  /** What came of each file in the last pass, complete when its batches have ended. */
  reports(): FileReport[];
  /** The same with the size and SHA-256 of each file. */
  inputs(): Promise<LogSource["files"]>;
  /** Flows that the last pass joined to one of the other direction, so that they are no rows of their own. */
  joined(): number;
}

/**
 * How rows are made of logs; `step` is done to every batch of them, such as to label or to place them. Where one of its parts
 * is to anonymize, reports show no lines as they stand.
 */
export interface LogOptions extends IngestOptions, Pick<LogStepOptions, "anonymize"> {
  readonly step?: (table: Table) => Table;
}

/** The sessions or flows in logs, read as one stream in the order of their first times. Throws an InputError where they do not go together. */
export function logTable(files: readonly LogFile[], options: LogOptions = {}): LogTable {
  const inOrder = inTimeOrder(files);
  const paths = inOrder.map(({input}) => input.path);
  const check = new Ingest(options, files.length);
  for (const {input, format} of inOrder) check.begin(input.path, format);
  let reports: FileReport[] = [];
  let joined = 0;
  return {
    path: paths.join(", "),
    format: [...new Set(inOrder.map(({format}) => format.name))].join(", "),
    gzip: inOrder.every(({input}) => input.gzip),
    bytes: inOrder.reduce((sum, {input}) => sum + input.bytes, 0),
    kind: check.kind!,
    files: inOrder,
    batches,
    sha256: () => inOrder[0]!.input.sha256(),
    reports: () => reports,
    inputs: () =>
      Promise.all(
        inOrder.map(async ({input}, i) => ({...reports[i]!, bytes: input.bytes, sha256: await input.sha256()}))
      ),
    joined: () => joined
  };

  async function* batches({onBytes}: ReadOptions = {}): AsyncGenerator<Batch> {
    const ingest = new Ingest(options, files.length);
    for (const {input, format} of inOrder) {
      let fault: string | undefined;
      ingest.begin(input.path, format);
      try {
        for await (const bytes of inflatedBytes(input, {onBytes, onFault: (text) => (fault = text)})) {
          ingest.push(bytes);
          yield* ready(ingest);
        }
      } catch (error) {
        throw readFault(error, input.path);
      }
      ingest.endFile(fault);
    }
    ingest.end();
    yield* ready(ingest);
    reports = options.anonymize === undefined ? ingest.reports() : ingest.reports().map(withoutSamples);
    joined = ingest.joined;
  }

  function* ready(ingest: Ingest): Generator<Batch> {
    for (let table = ingest.take(); table !== null; table = ingest.take()) {
      yield batchOf(options.step?.(table) ?? table, paths.join(", "));
    }
  }
}

function batchOf(table: Table, path: string): Batch {
  const columns = inSchemaOrder(table.columns);
  const types = Object.entries(columns).map(([name, column]): [string, ColumnType] => [
    name,
    isNumbers(column) ? (describeColumn(name).type === "time" ? "time" : "number") : "text"
  ]);
  return {...table, columns, types: new Map(types), lines: numbers(table, "source_line"), path};
}
