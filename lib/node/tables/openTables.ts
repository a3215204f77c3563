import type {Readable} from "node:stream";
import {detectFormat} from "../../formats/detectFormat.js";
import {headBytes, headOf} from "../../formats/format.js";
import {describeUnread} from "../../formats/knownButUnread.js";
import {InputError} from "../../inputError.js";
import {type InputFile, openInput} from "../inputFile.js";
import {type LogFile, type LogOptions, type LogTable, logTable} from "./logTable.js";
import {type TableFile, tableIn} from "./openTable.js";

/**
 * The tables in open files: one for each file that is a table, or a single one of sessions or flows for all of them where
 * they are logs. Throws an InputError that names the file that is neither, or does not go with the others.
 */
export async function openTables(inputs: readonly InputFile[], options: LogOptions = {}): Promise<TableFile[]> {
  const logs = logsIn(inputs);
  return logs === null ? Promise.all(inputs.map(tableIn)) : [logTable(logs, options)];
}

/** The files at paths, opened one after another. */
export async function openInputs(paths: readonly string[], stdin: Readable = process.stdin): Promise<InputFile[]> {
  const inputs: InputFile[] = [];
  for (const path of paths) inputs.push(await openInput(path, stdin));
  return inputs;
}

/** The logs in open files; null where they are tables. Throws an InputError where only some of them are logs. */
export function logsIn(inputs: readonly InputFile[]): LogFile[] | null {
  const logs = inputs.map(logIn);
  const place = logs.findIndex((log) => log !== null);
  if (place < 0) return null;
  const other = logs.indexOf(null);
  if (other < 0) return logs as LogFile[];
  throw new InputError(`${inputs[other]!.path}: expected a log as ${inputs[place]!.path} is, got none that is known`);
}

/** The log in an open file, null where it may be a table. Throws an InputError where it is known to be neither. */
export function logIn(input: InputFile): LogFile | null {
  const head = headOf(input.head, input.head.length < headBytes);
  const format = detectFormat(head);
  if (format !== null) return {input, format, head};
  const unread = describeUnread(head);
  if (unread !== null) throw new InputError(`${input.path}: ${unread}, which Eddy does not read`);
  return null;
}

/** Whether a table is the rows of logs. */
export function isLogTable(table: TableFile | undefined): table is LogTable {
  return table !== undefined && "reports" in table;
}
