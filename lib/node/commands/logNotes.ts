import {defaultFeatures} from "../../traffic/availableFeatures.js";
import {parseFeature} from "../../traffic/featureColumn.js";
import type {LogTable} from "../tables/logTable.js";
import type {Survey} from "../tables/surveyTables.js";
import type {LeftOut} from "./chooseFeatures.js";

/** The default features that the rows of a log have, and those that tell nothing about them, with the reason. */
export function logFeatures(
  log: LogTable,
  {columns, rows}: Pick<Survey, "columns" | "rows">
): {features: string[]; leftOut: LeftOut[]} {
  const features: string[] = [];
  const leftOut: LeftOut[] = [];
  for (const name of defaultFeatures(log.kind)) {
    const column = columns.find((column) => column.name === parseFeature(name).column);
    const isEmpty = column === undefined || column.missing === rows;
    const isConstant = !isEmpty && column.type !== "text" && column.min === column.max;
    if (isEmpty || isConstant) leftOut.push({name, reason: isEmpty ? "not in these logs" : "constant"});
    else features.push(name);
  }
  return {features, leftOut};
}

/** What came of each file of a log, line by line: how much was read, what was rejected and why, what is wrong with it. */
export function logNotes(log: LogTable, rows: number): string[] {
  const reports = log.reports();
  const notes = reports.flatMap(({file, format, unit, records, rejects, faults}) => [
    `${file}: ${format}, ${records} ${records === 1 ? unit : `${unit}s`}`,
    ...rejects.map(({line, reason, count}) => `${file}:${line}: ${reason} (${count} rejected)`),
    ...faults.map((fault) => `${file}: ${fault}, what follows is lost`)
  ]);
  return [...notes, `${rows} ${rows === 1 ? log.kind.slice(0, -1) : log.kind}`];
}

/** The files of a log for a summary, each with its size, SHA-256 and what came of its lines or packets. */
export function logInputs(log: LogTable) {
  const reports = log.reports();
  return Promise.all(
    log.files.map(async ({input}, i) => ({...reports[i]!, bytes: input.bytes, sha256: await input.sha256()}))
  );
}
