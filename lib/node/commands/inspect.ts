import {InputError} from "../../inputError.js";
import {Progress, type ProgressStream} from "../progress.js";
import {openTable} from "../tables/openTable.js";
import {type ColumnSurvey, surveyTables} from "../tables/surveyTables.js";

/**
 * What the files hold, as JSON; null for a file that is no table, of which `stderr` gets a line.
 */
export async function inspect(paths: readonly string[], stderr: ProgressStream = process.stderr) {
  const progress = new Progress(stderr);
  const files = [];
  let failed = 0;
  for (const path of paths) {
    try {
      files.push(await inspectFile(path, progress));
    } catch (error) {
      progress.end();
      if (!(error instanceof InputError)) throw error;
      stderr.write(`${error.message}\n`);
      ++failed;
    }
  }
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const rejected = sum(files.flatMap(({rejects}) => rejects.map(({count}) => count)));
  return {report: {files, rows: sum(files.map(({rows}) => rows)), rejected}, failed};
}

async function inspectFile(path: string, progress: Progress) {
  const table = await openTable(path);
  progress.start(`reading ${path}`, table.bytes);
  const {rows, columns, files} = await surveyTables([table], {
    skipRejects: true,
    onBytes: (bytes) => progress.addBytes(bytes),
    onBatch: (batch) => progress.addRows(batch.rows)
  });
  progress.end();
  const {format, gzip, bytes} = table;
  return {file: path, format, gzip, bytes, rows, rejects: files[0]!.rejects, columns: columns.map(describe)};
}

function describe({name, type, missing, min, max}: ColumnSurvey) {
  if (type === "text" || min > max) return {name, type, missing};
  return {name, type, missing, min: plain(type, min), max: plain(type, max)};
}

function plain(type: ColumnSurvey["type"], value: number): number | string {
  return type === "time" && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : value;
}
