import {readdirSync, statSync} from "node:fs";
import {join} from "node:path";
import type {FileReport} from "../../formats/fileReport.js";
import {readReport} from "../../formats/readReport.js";
import {InputError} from "../../inputError.js";
import {inflatedBytes, openInput} from "../inputFile.js";
import {Progress, type ProgressStream} from "../progress.js";
import {readFault} from "../readFault.js";
import {type LogFile, logTable} from "../tables/logTable.js";
import {type TableFile, tableIn} from "../tables/openTable.js";
import {logIn} from "../tables/openTables.js";
import {type ColumnSurvey, surveyTables} from "../tables/surveyTables.js";

/**
 * What the files hold, as JSON, each for itself; a folder stands for all files in it and below. A file that cannot be read or
 * is none that is known is listed under `failed` with the reason, and `stderr` gets a line.
 */
export async function inspect(paths: readonly string[], stderr: ProgressStream = process.stderr) {
  const progress = new Progress(stderr);
  const files = [];
  const failed: {file: string; error: string}[] = [];
  const fail = (file: string, error: unknown) => {
    progress.end();
    const fault = readFault(error, file);
    if (!(fault instanceof InputError)) throw fault;
    stderr.write(`${fault.message}\n`);
    failed.push({file, error: fault.message});
  };
  for (const path of paths.flatMap((path) => filesAt(path, fail))) {
    try {
      files.push(await inspectFile(path, progress));
    } catch (error) {
      fail(path, error);
    }
  }
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const rejected = sum(files.flatMap(({rejects}) => rejects.map(({count}) => count)));
  return {files, rows: sum(files.map(({rows}) => rows)), rejected, ...(failed.length > 0 ? {failed} : {})};
}

/** The files in a folder and below it in the order of their names, or the path itself where it is none. */
function filesAt(path: string, fail: (path: string, error: unknown) => void): string[] {
  try {
    if (path === "-" || !statSync(path, {throwIfNoEntry: false})?.isDirectory()) return [path];
    return readdirSync(path, {withFileTypes: true})
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const inside = join(path, entry.name);
        return entry.isDirectory() ? filesAt(inside, fail) : entry.isFile() ? [inside] : [];
      });
  } catch (error) {
    fail(path, error);
    return [];
  }
}

async function inspectFile(path: string, progress: Progress) {
  const input = await openInput(path);
  progress.start(`reading ${path}`, input.bytes);
  const log = logIn(input);
  const found = log === null ? await surveyTable(await tableIn(input), progress) : await surveyLog(log, progress);
  progress.end();
  const {format, ...rest} = found;
  return {file: path, format, gzip: input.gzip, bytes: input.bytes, ...rest};
}

async function surveyTable(table: TableFile, progress: Progress) {
  const {rows, columns, files} = await surveyTables([table], {
    skipRejects: true,
    onBytes: (bytes) => progress.addBytes(bytes),
    onBatch: (batch) => progress.addRows(batch.rows)
  });
  return {format: table.format, rows, rejects: files[0]!.rejects, columns: columns.map(describe)};
}

/** The rows of a log are its lines or packets; sessions or flows are what it makes of them. */
async function surveyLog(log: LogFile, progress: Progress) {
  const {input, format} = log;
  if (format.holds === "other") {
    const faults: string[] = [];
    const onBytes = (count: number) => progress.addBytes(count);
    const bytes = inflatedBytes(input, {onBytes, onFault: (fault) => faults.push(fault)});
    const report = await readReport(input.path, format, bytes);
    const records = report.passedOver.filter(({what}) => what.endsWith(" record"));
    const rows = records.reduce((sum, {count}) => sum + count, 0);
    return {...summaryOf({...report, faults}), rows, note: "neither requests nor flows", columns: []};
  }
  const table = logTable([log]);
  const {rows, columns} = await surveyTables([table], {
    onBytes: (bytes) => progress.addBytes(bytes),
    onBatch: (batch) => progress.addRows(batch.rows)
  });
  const joined = table.joined() === 0 ? {} : {joined: table.joined()};
  return {...summaryOf(table.reports()[0]!), [table.kind]: rows, ...joined, columns: columns.map(describe)};
}

function summaryOf({format, records, unit, rejects, passedOver, faults}: FileReport) {
  return {
    format,
    rows: records,
    unit,
    rejects,
    ...(passedOver.length > 0 ? {passed_over: passedOver} : {}),
    ...(faults.length > 0 ? {faults} : {})
  };
}

function describe({name, type, missing, min, max}: ColumnSurvey) {
  if (type === "text" || min > max) return {name, type, missing};
  return {name, type, missing, min: plain(type, min), max: plain(type, max)};
}

function plain(type: ColumnSurvey["type"], value: number): number | string {
  return type === "time" && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : value;
}
