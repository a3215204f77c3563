import {csvHeader, csvRows} from "../../traffic/csv.js";
import type {Output} from "./openOutput.js";
import type {TableWriter, WrittenColumn} from "./tableWriter.js";

/** Writes CSV as tableToCsv does. */
export async function csvWriter(output: Output, columns: readonly WrittenColumn[]): Promise<TableWriter> {
  const names = columns.map(({name}) => name);
  const times = new Set(columns.filter(({type}) => type === "time").map(({name}) => name));
  await output.write(csvHeader(names));
  return {write: (table) => output.write(csvRows(table, names, (name) => times.has(name))), end: async () => {}};
}
