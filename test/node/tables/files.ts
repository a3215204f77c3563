import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll} from "vitest";
import type {Batch} from "../../../lib/node/tables/batch.js";
import {openOutput} from "../../../lib/node/tables/openOutput.js";
import {openTable} from "../../../lib/node/tables/openTable.js";
import {tableWriters, type WrittenColumn, type WrittenFormat} from "../../../lib/node/tables/tableWriter.js";
import {type Table, valueAt} from "../../../lib/traffic/table.js";

/** A folder that lasts as long as the tests of a file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "eddy-test-"));
  afterAll(() => rmSync(folder, {recursive: true}));
  return folder;
}

/** Writes a file of the content and returns its path. */
export function file(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export async function batchesAt(path: string): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of (await openTable(path)).batches()) batches.push(batch);
  return batches;
}

/** Names, types and rows of a file, whatever its format. */
export async function contentOf(path: string) {
  const batches = await batchesAt(path);
  const types = [...batches.at(-1)!.types];
  return {types, rows: batches.flatMap((batch) => rowsOf(batch, [...batch.types.keys()]))};
}

export function rowsOf({rows, columns}: Table, names: readonly string[]) {
  return Array.from({length: rows}, (_, row) => names.map((name) => valueAt(columns[name]!, row)));
}

export async function write(path: string, format: WrittenFormat, columns: WrittenColumn[], tables: Table[]) {
  const output = await openOutput(path);
  const writer = await tableWriters[format](output, columns);
  for (const table of tables) await writer.write(table);
  await writer.end();
  await output.end();
}
