import {createHash} from "node:crypto";
import {type FileHandle, open, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {deserialize, serialize} from "node:v8";
import {InputError} from "../../inputError.js";
import {syncFolder} from "./syncFolder.js";
import {writeFault} from "./writeFault.js";

/** Options that change what is found in the same traffic, by the names that users know. */
export type MeaningfulOptions = Readonly<Record<string, unknown>>;

/** What a folder holds. */
export interface FoundCheckpoint {
  readonly data: unknown;
  /** Bytes of its file. */
  readonly bytes: number;
  /** What was damaged, in words. */
  readonly warnings: readonly string[];
}

/**
 * Writes data to the checkpoint of a folder: it is whole or it is not there, also after a loss of power; the one before is kept.
 * The data is taken before the first wait; it counts once `kept` has settled, which tells that what it builds upon is on the
 * disk. Returns the bytes of the file. One at a time; throws an InputError where it cannot be written, and the checkpoint
 * then is what it was.
 */
export async function writeCheckpoint(
  folder: string,
  data: unknown,
  options: MeaningfulOptions = {},
  kept: Promise<unknown> = Promise.resolve()
): Promise<number> {
  // Where something else fails first, nobody waits for it.
  kept.catch(() => {});
  if (writing.has(folder)) throw new Error(`checkpoint is being written: ${folder}`);
  writing.add(folder);
  const path = join(folder, fileName);
  const part = `${path}.part`;
  try {
    const body = serialize({options: spelled(options), data});
    const handle = await open(part, "w", 0o600);
    try {
      await writeBody(handle, body);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await kept;
    await rename(path, `${path}${previous}`).catch((error) => {
      if (error.code !== "ENOENT") throw error;
    });
    await rename(part, path);
    await syncFolder(folder);
    return headerLength + body.length;
  } catch (error) {
    await rm(part, {force: true}).catch(() => {});
    throw writeFault(error, path);
  } finally {
    writing.delete(folder);
  }
}

/**
 * The newest checkpoint of a folder that is whole; null where there has never been one. Throws an InputError where none that is
 * there is whole, and where it was written under other options.
 */
export async function readCheckpoint(folder: string, options: MeaningfulOptions = {}): Promise<FoundCheckpoint | null> {
  const path = join(folder, fileName);
  const faults: string[] = [];
  for (const name of [path, `${path}${previous}`]) {
    const found = await readBody(name);
    if (found === null) continue;
    if (typeof found === "string") {
      faults.push(`${name}: ${found}`);
      continue;
    }
    const {payload, bytes} = found;
    refuseOtherOptions(name, payload.options, spelled(options));
    const warnings = faults.map((fault) => `${fault}; going on from the checkpoint before`);
    return {data: payload.data, bytes, warnings};
  }
  if (faults.length === 0) return null;
  throw new InputError(
    `${faults.join("; ")}; start with --fresh to forget what was learned and read from the beginning`
  );
}

/** Files of checkpoints in a folder. */
export const checkpointFiles: readonly string[] = ["checkpoint", "checkpoint.previous", "checkpoint.part"];

interface Payload {
  readonly options: Readonly<Record<string, string>>;
  readonly data: unknown;
}

const fileName = "checkpoint";
const previous = ".previous";
const writing = new Set<string>();

// Magic of 8 bytes, version (4), zeros (4), length of the body (8), SHA-256 of the body (32).
const magic = "EDDYLIVE";
const version = 1;
const headerLength = 56;
const mostBytes = 2 ** 31 - 1;

async function writeBody(handle: FileHandle, body: Buffer): Promise<void> {
  const header = Buffer.alloc(headerLength);
  header.write(magic, "latin1");
  header.writeUInt32LE(version, 8);
  header.writeBigUInt64LE(BigInt(body.length), 16);
  const hash = createHash("sha256");
  for (let at = 0; at < body.length; at += pieceLength) {
    const piece = body.subarray(at, at + pieceLength);
    // While one piece is on its way to the disk, other work goes on.
    const written = writeFully(handle, piece, headerLength + at);
    hash.update(piece);
    await written;
  }
  header.set(hash.digest(), 24);
  await writeFully(handle, header, 0);
}

const pieceLength = 2 ** 20;

async function writeFully(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
  }
}

// Null where there is no file, a text that says what is wrong with it, or what it holds.
async function readBody(path: string): Promise<{payload: Payload; bytes: number} | string | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    throw new InputError(`${path}: cannot be read (${code})`);
  }
  try {
    const {size} = await handle.stat();
    if (size < headerLength || size > mostBytes) return "damaged";
    const file = await handle.readFile();
    const header = file.subarray(0, headerLength);
    if (header.toString("latin1", 0, 8) !== magic) return "not a checkpoint";
    if (header.readUInt32LE(8) !== version) return `of another version of Eddy (${header.readUInt32LE(8)})`;
    const body = file.subarray(headerLength);
    if (header.readBigUInt64LE(16) !== BigInt(body.length)) return "damaged";
    if (!createHash("sha256").update(body).digest().equals(header.subarray(24))) return "damaged";
    return {payload: deserialize(body), bytes: file.length};
  } catch (error) {
    return `cannot be read (${(error as NodeJS.ErrnoException).code ?? (error as Error).message})`;
  } finally {
    await handle.close();
  }
}

// As JSON, so that options are compared by what they say; those that are not given are left out.
function spelled(options: MeaningfulOptions): Record<string, string> {
  const texts = Object.entries(options).map(([name, value]) => [name, JSON.stringify(sortedKeys(value))] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, sortedKeys(part)])
  );
}

function refuseOtherOptions(path: string, kept: Record<string, string>, given: Record<string, string>): void {
  for (const name of Object.keys({...kept, ...given})) {
    if (kept[name] === given[name]) continue;
    const words = `${name} was ${kept[name] ?? "not given"} and is ${given[name] ?? "not given"}`;
    throw new InputError(`${path}: ${words}; start with the same, or with --fresh to forget what was learned`);
  }
}
