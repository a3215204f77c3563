import {InputError} from "../inputError.js";
import {tableOf} from "../traffic/table.js";
import type {Traffic} from "../traffic/traffic.js";
import {type InputFile, inflatedBytes} from "./inputFile.js";
import {readFault} from "./readFault.js";
import {readCsv} from "./tables/readCsv.js";

/** All rows of a CSV file as readTraffic gives them. */
export async function readTable(input: InputFile): Promise<Traffic> {
  const {path} = input;
  try {
    for await (const {columns, rows, lines} of readCsv(path, inflatedBytes(input), {rows: Infinity})) {
      if (rows === 0) break;
      const table = tableOf(Object.fromEntries([...Object.entries(columns), ["source_line", lines]]));
      return {...table, source: {type: "file", name: path, bytes: input.bytes, sha256: await input.sha256()}};
    }
  } catch (error) {
    throw readFault(error, path);
  }
  throw new InputError(`${path}: expected rows, got none`);
}
