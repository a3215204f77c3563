import {createHash} from "node:crypto";
import {createReadStream, createWriteStream, type Stats} from "node:fs";
import {stat} from "node:fs/promises";
import type {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {headBytes} from "../formats/format.js";
import {Gunzip, isGzip} from "../formats/gunzip.js";
import {InputError} from "../inputError.js";
import {readFault} from "./readFault.js";
import {temporaryFile} from "./temporaryFile.js";

/** A file that can be read any number of times. */
export interface InputFile {
  /** As the user wrote it; `-` is the standard input. */
  readonly path: string;
  /** Where its bytes are. */
  readonly place: string;
  readonly gzip: boolean;
  /** The file’s size, compressed if it is. */
  readonly bytes: number;
  /** Its first bytes, inflated: up to 64 KiB, fewer only where there are no more. */
  readonly head: Uint8Array;
  sha256(): Promise<string>;
}

/**
 * Opens a file. What can be read only once, a pipe or the standard input (`-`), is copied to a temporary file first. Throws
 * an InputError that names the file where it cannot be read or is empty.
 */
export async function openInput(path: string, stdin: Readable = process.stdin): Promise<InputFile> {
  try {
    const {place, bytes} = await seekable(path, stdin);
    const gzip = isGzip(await firstBytes(createReadStream(place, {end: 1}), 2));
    const head = await firstBytes(inflatedBytes({path, place, gzip}, {onFault: () => {}}), headBytes);
    if (head.length === 0) throw new InputError(path === "-" ? "standard input: empty" : `${path}: empty file`);
    return {path, place, gzip, bytes, head, sha256: () => hashOf(place)};
  } catch (error) {
    throw readFault(error, path);
  }
}

/** How to read the bytes of a file. */
export interface InflateOptions {
  /** Called with counts of bytes as they are read, compressed if they are. */
  readonly onBytes?: (bytes: number) => void;
  /** Called at the end with what is wrong with a gzip, all that can be read of which has passed; without it, that is an error. */
  readonly onFault?: (fault: string) => void;
}

/** The bytes of a file, inflated if it is compressed; each piece holds until the next is asked for. */
export async function* inflatedBytes(
  {path, place, gzip}: Pick<InputFile, "path" | "place" | "gzip">,
  {onBytes, onFault}: InflateOptions = {}
): AsyncGenerator<Uint8Array> {
  const gunzip = gzip ? new Gunzip() : undefined;
  for await (const chunk of createReadStream(place, {highWaterMark: chunkBytes})) {
    onBytes?.(chunk.length);
    if (gunzip === undefined) yield chunk;
    else {
      yield* gunzip.push(chunk);
      if (gunzip.fault !== null) break;
    }
  }
  gunzip?.end();
  const fault = gunzip?.fault ?? null;
  if (fault === null) return;
  if (onFault === undefined) throw new InputError(`${path}: ${fault}`);
  onFault(fault);
}

const chunkBytes = 2 ** 16;

async function seekable(path: string, stdin: Readable): Promise<{place: string; bytes: number}> {
  let stats: Stats | undefined;
  if (path !== "-") {
    stats = await stat(path);
    if (stats.isDirectory()) throw new InputError(`${path}: is a folder`);
    if (stats.isFile()) return {place: path, bytes: stats.size};
  }
  const place = temporaryFile("input");
  await pipeline(stats === undefined ? stdin : createReadStream(path), createWriteStream(place));
  return {place, bytes: (await stat(place)).size};
}

async function firstBytes(stream: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= most) break;
  }
  return Buffer.concat(chunks).subarray(0, most);
}

async function hashOf(place: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(place, {highWaterMark: chunkBytes})) hash.update(chunk);
  return hash.digest("hex");
}
