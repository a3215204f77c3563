import {createHash} from "node:crypto";
import {createReadStream} from "node:fs";
import {InputError} from "../inputError.js";
import {tableOf} from "../traffic/table.js";
import type {Traffic} from "../traffic/traffic.js";
import {readFault} from "./readFault.js";
import {readCsv} from "./tables/readCsv.js";

/**
 * The rows of a CSV file with a header, as declared in the schema: times as ISO 8601 or UTC milliseconds, empty cells
 * missing, as are marks such as NA among numbers, and `source_line` for each row, the line on which it begins. A column
 * that the schema does not know holds numbers if every cell that is not missing is one, otherwise text. Throws an
 * InputError that names the file and line of a cell that is not what its column declares, of a row that is too short or
 * too long, of a doubled column, and on a file without rows.
 */
export async function readTraffic(path: string): Promise<Traffic> {
  const hash = createHash("sha256");
  let bytes = 0;
  async function* measured() {
    for await (const chunk of createReadStream(path)) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk as Buffer;
    }
  }
  try {
    for await (const {columns, rows, lines} of readCsv(path, measured(), {rows: Infinity})) {
      if (rows === 0) break;
      const table = tableOf(Object.fromEntries([...Object.entries(columns), ["source_line", lines]]));
      return {...table, source: {type: "file", name: path, bytes, sha256: hash.digest("hex")}};
    }
  } catch (error) {
    throw readFault(error, path);
  }
  throw new InputError(`${path}: expected rows, got none`);
}
