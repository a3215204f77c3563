import {createHash} from "node:crypto";
import {createReadStream, createWriteStream, type Stats} from "node:fs";
import {stat} from "node:fs/promises";
import type {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {createGunzip} from "node:zlib";
import {InputError} from "../../inputError.js";
import {readFault} from "../readFault.js";
import {temporaryFile} from "../temporaryFile.js";
import type {Batch, ReadOptions} from "./batch.js";
import {readCsv} from "./readCsv.js";

export type TableFormat = "csv" | "arrow" | "parquet";

/** A table in a file, which can be read any number of times. */
export interface TableFile {
  /** As the user wrote it; `-` is the standard input. */
  readonly path: string;
  readonly format: TableFormat;
  readonly gzip: boolean;
  /** The file’s size, compressed if it is. */
  readonly bytes: number;
  batches(options?: ReadOptions): AsyncGenerator<Batch>;
  sha256(): Promise<string>;
}

/**
 * The table in a CSV, Arrow or Parquet file, as its bytes tell, each also within gzip. What can be read only once, a pipe or
 * the standard input (`-`), is copied to a temporary file first. Throws an InputError that names the file on anything else.
 */
export async function openTable(path: string, stdin: Readable = process.stdin): Promise<TableFile> {
  try {
    const {file, size} = await seekable(path, stdin);
    const gzip = isGzip(await headOf(createReadStream(file, {end: 1})));
    const head = await headOf(gzip ? unzipped(file) : createReadStream(file, {end: headBytes - 1}));
    const format = formatOf(path, head);
    let place = file;
    if (gzip && format === "parquet") {
      // Parquet is read from its end.
      place = temporaryFile("table.parquet");
      await pipeline(createReadStream(file), createGunzip(), createWriteStream(place));
    }
    return {path, format, gzip, bytes: size, batches, sha256: () => hashOf(file)};

    async function* batches(options: ReadOptions = {}): AsyncGenerator<Batch> {
      try {
        switch (format) {
          case "csv":
            return yield* readCsv(path, source(options), options);
          case "arrow": {
            const {readArrow} = await import("./readArrow.js");
            return yield* readArrow(path, source(options), options);
          }
          case "parquet": {
            const {readParquet} = await import("./readParquet.js");
            return yield* readParquet(path, place, options);
          }
        }
      } catch (error) {
        throw readFault(error, path);
      }
    }

    function source({onBytes}: ReadOptions): AsyncIterable<Uint8Array> {
      return gzip ? unzipped(file, onBytes) : counted(createReadStream(file, {highWaterMark: chunkBytes}), onBytes);
    }
  } catch (error) {
    throw readFault(error, path);
  }
}

const headBytes = 65_536;
const chunkBytes = 2 ** 16;

async function seekable(path: string, stdin: Readable): Promise<{file: string; size: number}> {
  let stats: Stats | undefined;
  if (path !== "-") {
    stats = await stat(path);
    if (stats.isDirectory()) throw new InputError(`${path}: is a folder`);
    if (stats.isFile()) return {file: path, size: stats.size};
  }
  const file = temporaryFile("input");
  await pipeline(stats === undefined ? stdin : createReadStream(path), createWriteStream(file));
  return {file, size: (await stat(file)).size};
}

async function* unzipped(file: string, onBytes?: ReadOptions["onBytes"]): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({chunkSize: 2 ** 18});
  const done = pipeline(counted(createReadStream(file, {highWaterMark: 2 ** 18}), onBytes), gunzip);
  // The stream itself reports its failure to the one who reads it; leaving it early is none.
  done.catch(() => {});
  yield* gunzip;
}

async function* counted(stream: Readable, onBytes?: ReadOptions["onBytes"]): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}

async function headOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= headBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

function formatOf(path: string, head: Buffer): TableFormat {
  if (head.length === 0) throw new InputError(path === "-" ? "standard input: empty" : `${path}: empty file`);
  const magic = head.toString("latin1", 0, 6);
  if (magic.startsWith("PAR1")) return "parquet";
  if (magic.startsWith("ARROW1") || magic.startsWith("\xff\xff\xff\xff")) return "arrow";
  if (magic.startsWith("\xff\xfe") || magic.startsWith("\xfe\xff")) {
    throw new InputError(`${path}: expected UTF-8, got UTF-16`);
  }
  if (isBinary(head)) throw new InputError(`${path}: expected CSV, Arrow or Parquet, got other bytes`);
  return "csv";
}

// A text may hold a NUL here and there, but not among its names.
function isBinary(head: Buffer): boolean {
  const zeros = head.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0);
  return zeros * 64 > head.length || /^[\r\n]*[^\r\n]*\0/.test(head.toString("latin1"));
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file, {highWaterMark: chunkBytes})) hash.update(chunk);
  return hash.digest("hex");
}
