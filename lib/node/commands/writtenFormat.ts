import {extname} from "node:path";
import {tableWriters, type WrittenFormat} from "../tables/tableWriter.js";
import {UsageError} from "../usageError.js";

/** The format to write in: as told, else by the ending of the output’s name, else CSV for the standard output. */
export function writtenFormat(output: string | undefined, format: WrittenFormat | undefined): WrittenFormat {
  if (format !== undefined) return format;
  if (output === undefined) return "csv";
  const ending = extname(output).slice(1).toLowerCase();
  if (Object.hasOwn(tableWriters, ending)) return ending as WrittenFormat;
  const endings = Object.keys(tableWriters).map((name) => `.${name}`);
  throw new UsageError(`unknown ending, expected ${endings.join(", ")} or --format: ${output}`);
}
