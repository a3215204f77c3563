import {type FileHandle, open} from "node:fs/promises";
import {type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema} from "hyparquet";
import {parquetHeader} from "hyparquet/src/column.js";
import {compressors} from "hyparquet-compressors";
import {InputError} from "../../inputError.js";
import {type Column, isNumbers, tableOf} from "../../traffic/table.js";
import {type Batch, batchRows, type ColumnType, type ReadOptions} from "./batch.js";
import {columnOf} from "./columnOf.js";

/**
 * The rows of a Parquet file, row group by row group and column by column, in batches of up to 8,192 rows. `file` is
 * where its bytes are, `path` what it is called. Throws an InputError that names it on anything that is no Parquet.
 */
export async function* readParquet(
  path: string,
  file: string,
  {types, onBytes}: ReadOptions = {}
): AsyncGenerator<Batch> {
  const handle = await open(file);
  try {
    const buffer = await bufferOf(handle, onBytes);
    const metadata = await explained(path, () => parquetMetadataAsync(buffer, {parsers}));
    const fields = fieldsOf(path, metadata);
    let rowStart = 0;
    for (const {num_rows, columns: chunks} of metadata.row_groups) {
      await explained(path, () => requirePages(buffer, chunks));
      const rowEnd = rowStart + Number(num_rows);
      const groupTypes = new Map<string, ColumnType>();
      const columns: [string, Column][] = [];
      for (const [name, type] of fields) {
        const values = await explained(path, () => valuesOf(buffer, metadata, {name, rowStart, rowEnd}));
        const typed = columnOf(values, types?.get(name) === "text" ? "text" : type);
        columns.push([name, typed.column]);
        groupTypes.set(name, typed.type);
      }
      yield* batchesOf(path, columns, {types: groupTypes, rowStart, rowEnd});
      rowStart = rowEnd;
    }
    if (rowStart > 0) return;
    const empty = [...fields.keys()].map((name): [string, Column] => [name, new Float64Array()]);
    yield {...tableOf(Object.fromEntries(empty)), types: fields, lines: new Float64Array(), path};
  } finally {
    await handle.close();
  }
}

async function bufferOf(handle: FileHandle, onBytes: ReadOptions["onBytes"]): Promise<AsyncBuffer> {
  const {size} = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      if (!(start >= 0 && end >= start && end <= size)) throw new RangeError(`no bytes from ${start} to ${end}`);
      const bytes = new Uint8Array(end - start);
      const {bytesRead} = await handle.read(bytes, 0, bytes.length, start);
      if (bytesRead !== bytes.length) throw new RangeError(`expected ${bytes.length} bytes, got: ${bytesRead}`);
      onBytes?.(bytesRead);
      return bytes.buffer;
    }
  };
}

// hyparquet walks pages for ever when one claims to end before it begins.
async function requirePages(file: AsyncBuffer, chunks: FileMetaData["row_groups"][number]["columns"]): Promise<void> {
  for (const {meta_data} of chunks) {
    if (meta_data === undefined) throw new Error("missing column metadata");
    const {dictionary_page_offset, data_page_offset, total_compressed_size} = meta_data;
    const start = Number(dictionary_page_offset || data_page_offset);
    const view = new DataView(await file.slice(start, start + Number(total_compressed_size)));
    const reader = {view, offset: 0};
    while (reader.offset < view.byteLength) {
      const {compressed_page_size, uncompressed_page_size, ...header} = parquetHeader(reader);
      const values = header.data_page_header ?? header.dictionary_page_header ?? header.data_page_header_v2;
      const sizes = [compressed_page_size, uncompressed_page_size, values?.num_values ?? 0];
      reader.offset += compressed_page_size;
      const isWhole = sizes.every((size) => size >= 0) && reader.offset <= view.byteLength;
      if (!isWhole) throw new RangeError(`invalid page of ${meta_data.path_in_schema.join(".")}`);
    }
  }
}

async function valuesOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  {name, rowStart, rowEnd}: {name: string; rowStart: number; rowEnd: number}
): Promise<unknown[]> {
  const values: unknown[] = [];
  await parquetRead({
    file,
    metadata,
    columns: [name],
    rowStart,
    rowEnd,
    compressors,
    parsers,
    onChunk: ({columnData}) => {
      for (const value of columnData) values.push(value);
    }
  });
  if (values.length !== rowEnd - rowStart) {
    throw new RangeError(`expected ${rowEnd - rowStart} values in ${name}, got: ${values.length}`);
  }
  return values;
}

function* batchesOf(
  path: string,
  columns: readonly [string, Column][],
  {types, rowStart, rowEnd}: {types: Batch["types"]; rowStart: number; rowEnd: number}
): Generator<Batch> {
  for (let start = rowStart; start < rowEnd; start += batchRows) {
    const [from, to] = [start - rowStart, Math.min(start - rowStart + batchRows, rowEnd - rowStart)];
    // Copies, as a thread that is sent a view receives the whole row group.
    const cut = (column: Column): Column =>
      isNumbers(column) ? column.slice(from, to) : {codes: column.codes.slice(from, to), values: column.values};
    const table = tableOf(Object.fromEntries(columns.map(([name, column]) => [name, cut(column)])));
    yield {...table, types, lines: Float64Array.from({length: to - from}, (_, i) => start + i + 1), path};
  }
}

function fieldsOf(path: string, metadata: FileMetaData): Map<string, ColumnType> {
  const fields = new Map<string, ColumnType>();
  for (const {element, children} of parquetSchema(metadata).children) {
    if (fields.has(element.name)) throw new InputError(`${path}: doubled column: ${element.name}`);
    const isNested = children.length > 0 || element.repetition_type === "REPEATED";
    fields.set(element.name, isNested ? "text" : typeOf(element));
  }
  if (fields.size === 0) throw new InputError(`${path}: expected columns, got none`);
  return fields;
}

function typeOf({type, converted_type: converted, logical_type: logical}: FileMetaData["schema"][number]): ColumnType {
  if (converted === "DECIMAL" || logical?.type === "DECIMAL" || logical?.type === "FLOAT16") return "number";
  if (converted === "DATE" || converted?.startsWith("TIMESTAMP") || type === "INT96") return "time";
  if (logical?.type === "DATE" || logical?.type === "TIMESTAMP") return "time";
  return type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY" ? "text" : "number";
}

const parsers = {
  timestampFromMilliseconds: (time: bigint) => (isMissing(time) ? null : Number(time)),
  timestampFromMicroseconds: (time: bigint) => (isMissing(time) ? null : Number(time) / 1000),
  timestampFromNanoseconds: (time: bigint) => (isMissing(time) ? null : Number(time) / 1e6),
  dateFromDays: (days: number) => (isMissing(days) ? null : days * 86_400_000),
  jsonFromBytes: (bytes: Uint8Array) => (isMissing(bytes) ? null : new TextDecoder().decode(bytes))
};

function isMissing(value: unknown): boolean {
  return value === null || value === undefined;
}

async function explained<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const {message, syscall} = error as NodeJS.ErrnoException;
    throw syscall === undefined ? new InputError(`${path}: invalid Parquet data: ${message}`) : error;
  }
}
