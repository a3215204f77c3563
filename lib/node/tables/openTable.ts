import {createWriteStream} from "node:fs";
import type {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {InputError} from "../../inputError.js";
import {type InputFile, inflatedBytes, openInput} from "../inputFile.js";
import {readFault} from "../readFault.js";
import {temporaryFile} from "../temporaryFile.js";
import type {Batch, ReadOptions} from "./batch.js";
import {readCsv} from "./readCsv.js";

export type TableFormat = "csv" | "arrow" | "parquet";

/** A table in a file, which can be read any number of times. */
export interface TableFile {
  /** As the user wrote it; `-` is the standard input. */
  readonly path: string;
  /** `csv`, `arrow`, `parquet` or the name of a log’s format. */
  readonly format: string;
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
  return tableIn(await openInput(path, stdin));
}

/** The table in an open file. Throws an InputError that names the file on anything but a table. */
export async function tableIn(input: InputFile): Promise<TableFile> {
  const {path, gzip, bytes, sha256} = input;
  const format = formatOf(input);
  let {place} = input;
  if (gzip && format === "parquet") {
    // Parquet is read from its end.
    place = temporaryFile("table.parquet");
    await pipeline(inflatedBytes(input), createWriteStream(place));
  }
  return {path, format, gzip, bytes, batches, sha256};

  async function* batches(options: ReadOptions = {}): AsyncGenerator<Batch> {
    try {
      switch (format) {
        case "csv":
          return yield* readCsv(path, inflatedBytes(input, options), options);
        case "arrow": {
          const {readArrow} = await import("./readArrow.js");
          return yield* readArrow(path, inflatedBytes(input, options), options);
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
}

function formatOf({path, head}: InputFile): TableFormat {
  const magic = latin1(head.subarray(0, 6));
  if (magic.startsWith("PAR1")) return "parquet";
  if (magic.startsWith("ARROW1") || magic.startsWith("\xff\xff\xff\xff")) return "arrow";
  if (magic.startsWith("\xff\xfe") || magic.startsWith("\xfe\xff")) {
    throw new InputError(`${path}: expected UTF-8, got UTF-16`);
  }
  if (isBinary(head)) throw new InputError(`${path}: expected CSV, Arrow or Parquet, got other bytes`);
  return "csv";
}

// A text may hold a NUL here and there, but not among its names.
function isBinary(head: Uint8Array): boolean {
  const zeros = head.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0);
  return zeros * 64 > head.length || /^[\r\n]*[^\r\n]*\0/.test(latin1(head));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
