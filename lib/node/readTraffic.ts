import {InputError} from "../inputError.js";
import {concatTables} from "../traffic/concatTables.js";
import type {IngestOptions} from "../traffic/ingest.js";
import {numbers, type Table, takeRows} from "../traffic/table.js";
import type {LogSource, Traffic} from "../traffic/traffic.js";
import type {InputFile} from "./inputFile.js";
import {type LogStepOptions, logSteps} from "./logSteps.js";
import {readTable} from "./readTable.js";
import {logTable} from "./tables/logTable.js";
import {logsIn, openInputs} from "./tables/openTables.js";

/** How logs become traffic; a CSV file takes none of it. */
export interface TrafficOptions extends IngestOptions, LogStepOptions {}

/**
 * The traffic in files: the rows of one CSV file, or the sessions or flows that logs make, as one stream whatever the order
 * in which they are given, sorted by time.
 *
 * Columns of CSV are as declared in the schema: times as ISO 8601 or UTC milliseconds, empty cells missing, as are marks such
 * as NA among numbers, and `source_line` for each row, the line on which it begins. A column that the schema does not know
 * holds numbers if every cell that is not missing is one, otherwise text. Lines of logs that give no record are counted in
 * the traffic’s source.
 *
 * Throws an InputError that names the file, and the line of a cell that is not what its column declares, of a row that is too
 * short or too long, of a doubled column, and on files without rows.
 */
export async function readTraffic(paths: string | readonly string[], options: TrafficOptions = {}): Promise<Traffic> {
  const inputs = await openInputs(typeof paths === "string" ? [paths] : paths);
  if (inputs.length === 0) throw new InputError("expected files of traffic, got none");
  if (logsIn(inputs) !== null) return readLogs(inputs, options);
  if (inputs.length > 1) throw new InputError(`${inputs[1]!.path}: expected one CSV file, got ${inputs.length}`);
  return readTable(inputs[0]!);
}

async function readLogs(inputs: readonly InputFile[], options: TrafficOptions): Promise<Traffic> {
  const {step, places} = await logSteps(options);
  const log = logTable(logsIn(inputs)!, {...options, step});
  const batches: Table[] = [];
  for await (const {rows, columns} of log.batches()) batches.push({rows, columns});
  const table = concatTables(batches);
  if (table.rows === 0) throw new InputError(`${log.path}: expected requests or flows, got none`);
  const anonymized = options.anonymize !== undefined;
  const source: LogSource = {type: "logs", rows: log.kind, files: await log.inputs(), places, anonymized};
  return {...byTime(table), source};
}

function byTime(table: Table): Table {
  const time = numbers(table, "timestamp").map((t) => (Number.isNaN(t) ? Infinity : t));
  const rows = Array.from(time.keys()).sort((a, b) => time[a]! - time[b]! || a - b);
  return takeRows(table, rows);
}
