import {CompressionType, type DataType, setCompressionCodec, type Table, Type, tableFromIPC} from "@uwdata/flechette";
import {decompressZstd} from "hyparquet-compressors";
import {InputError} from "../../inputError.js";
import {type Column, tableOf} from "../../traffic/table.js";
import {arrowMessages} from "./arrowMessages.js";
import {type Batch, batchRows, type ColumnType, type ReadOptions} from "./batch.js";
import {columnOf} from "./columnOf.js";
import {lz4Frame} from "./lz4Frame.js";

/**
 * The rows of an Arrow stream or file, record batch by record batch, in batches of up to 8,192 rows. Throws an InputError
 * that names the file on anything that is none. Dictionaries must stand before the batches that use them, as they do in
 * every stream and in the files that common writers make.
 */
export async function* readArrow(
  path: string,
  source: AsyncIterable<Uint8Array>,
  {types}: ReadOptions = {}
): AsyncGenerator<Batch> {
  const context: Uint8Array[] = [];
  let first = 1;
  let isEmpty = true;
  for await (const {type, bytes} of messagesOf(path, source)) {
    if (type === "schema" || type === "dictionary") context.push(bytes);
    if (type !== "batch") continue;
    const table = decoded(path, [...context, bytes]);
    for (let start = 0; start < table.numRows; start += batchRows) {
      const batch = batchOf(path, table, {start, first, types});
      first += batch.rows;
      isEmpty = false;
      yield batch;
    }
  }
  if (isEmpty) yield batchOf(path, decoded(path, context), {start: 0, first, types});
}

async function* messagesOf(path: string, source: AsyncIterable<Uint8Array>) {
  try {
    yield* arrowMessages(source);
  } catch (error) {
    throw fault(path, error);
  }
}

function decoded(path: string, messages: Uint8Array[]): Table {
  try {
    const table = tableFromIPC(messages, {useBigInt: true, useDate: false});
    if (table.numCols === 0) throw new Error("expected columns, got none");
    requireValues(table);
    return table;
  } catch (error) {
    throw fault(path, error);
  }
}

// What lies beyond a buffer would read as missing, for as many rows as the header claims.
function requireValues({numRows, schema, children}: Table): void {
  for (const [i, {name, type}] of schema.fields.entries()) {
    const {length, data} = children[i]!;
    if (length !== numRows) throw new Error(`expected ${numRows} values in ${name}, got: ${length}`);
    for (const {length, values, offsets} of data as readonly Buffers[]) {
      const room = offsets ? offsets.length - 1 : values ? values.length * valuesPerItem(type) : Infinity;
      if (length > room && length > 0) throw new Error(`expected ${length} values in ${name}, got: ${room}`);
    }
  }
}

interface Buffers {
  readonly length: number;
  readonly values?: ArrayLike<unknown>;
  readonly offsets?: ArrayLike<unknown>;
}

function valuesPerItem({typeId}: DataType): number {
  if (typeId === Type.Bool) return 8;
  // 16 bytes for each text.
  return typeId === Type.Utf8View || typeId === Type.BinaryView ? 1 / 16 : 1;
}

function batchOf(
  path: string,
  table: Table,
  {start, first, types}: {start: number; first: number; types: Batch["types"] | undefined}
): Batch {
  const rows = Math.min(batchRows, table.numRows - start);
  const columns: [string, Column][] = [];
  const batchTypes = new Map<string, ColumnType>();
  for (const [i, {name, type}] of table.schema.fields.entries()) {
    if (batchTypes.has(name)) throw new InputError(`${path}: doubled column: ${name}`);
    const arrow = table.getChildAt(i);
    const states = typeOf(type);
    let values: unknown[];
    try {
      values = Array.from({length: rows}, (_, row) => arrow.at(start + row));
    } catch (error) {
      throw fault(path, error);
    }
    const typed = columnOf(values, types?.get(name) === "text" ? "text" : states);
    columns.push([name, typed.column]);
    batchTypes.set(name, typed.type);
  }
  const lines = Float64Array.from({length: rows}, (_, row) => first + row);
  return {...tableOf(Object.fromEntries(columns)), rows, types: batchTypes, lines, path};
}

function typeOf(type: DataType): ColumnType {
  switch (type.typeId) {
    case Type.Null:
    case Type.Int:
    case Type.Float:
    case Type.Decimal:
    case Type.Bool:
    case Type.Time:
    case Type.Duration:
      return "number";
    case Type.Timestamp:
    case Type.Date:
      return "time";
    case Type.Dictionary:
      return typeOf(type.dictionary);
    default:
      return "text";
  }
}

function fault(path: string, error: unknown): unknown {
  const {message, syscall} = error as NodeJS.ErrnoException;
  return syscall === undefined ? new InputError(`${path}: invalid Arrow data: ${message}`) : error;
}

const encode = () => {
  throw new Error("cannot compress");
};
// A copy, as values of 8 bytes must begin at a multiple of 8.
setCompressionCodec(CompressionType.ZSTD, {encode, decode: (bytes) => new Uint8Array(decompressZstd(bytes))});
setCompressionCodec(CompressionType.LZ4_FRAME, {encode, decode: lz4Frame});
