import type {LogTable} from "../tables/logTable.js";

/** What came of each file of a log, line by line: how much was read, what was rejected and why, what is wrong with it. */
export function logNotes(log: LogTable, rows: number): string[] {
  const reports = log.reports();
  const notes = reports.flatMap(({file, format, unit, records, rejects, faults}) => [
    `${file}: ${format}, ${records} ${records === 1 ? unit : `${unit}s`}`,
    ...rejects.map(({line, reason, count}) => `${file}:${line}: ${reason} (${count} rejected)`),
    ...faults.map((fault) => `${file}: ${fault}, what follows is lost`)
  ]);
  const joined = log.joined() === 0 ? "" : `, ${log.joined()} of the other direction joined to them`;
  return [...notes, `${rows} ${rows === 1 ? log.kind.slice(0, -1) : log.kind}${joined}`];
}
