import {once} from "node:events";
import {createWriteStream, realpathSync, renameSync, rmSync, statSync} from "node:fs";
import type {Writable} from "node:stream";
import {finished} from "node:stream/promises";
import {InputError} from "../../inputError.js";
import {removeAtExit} from "../temporaryFile.js";

/** Where bytes go, in order. */
export interface Output {
  /** Whether nobody reads what is written, as behind head; writing then does nothing. */
  readonly isClosed: boolean;
  /** Resolves when there is room for more. */
  write(chunk: string | Uint8Array): Promise<void>;
  /** Puts the file in its place; without it, there is none. */
  end(): Promise<void>;
}

/**
 * An output to a file, which gets its name when it is complete, or to the given stream if there is no path. Throws an
 * InputError that names a file that cannot be written.
 */
export async function openOutput(path: string | undefined, stdout: Writable = process.stdout): Promise<Output> {
  if (path === undefined) return streamOutput(stdout);
  const existing = statSync(path, {throwIfNoEntry: false});
  if (existing?.isDirectory()) throw new InputError(`${path}: is a folder`);
  // A device or a pipe is written to as it is.
  const target = existing ? realpathSync(path) : path;
  const place = existing && !existing.isFile() ? target : `${target}.${process.pid}.part`;
  const stream = createWriteStream(place);
  const fault = (error: unknown) => {
    const {code} = error as NodeJS.ErrnoException;
    return new InputError(`${path}: ${code === "ENOENT" ? "no such folder" : `cannot be written (${code})`}`);
  };
  let failure: InputError | undefined;
  stream.on("error", (error) => {
    failure = fault(error);
  });
  if (place !== target) removeAtExit(place);
  await once(stream, "open").catch((error) => {
    throw fault(error);
  });
  return {
    isClosed: false,
    async write(chunk) {
      if (failure) throw failure;
      await writeTo(stream, chunk).catch((error) => {
        throw fault(error);
      });
    },
    async end() {
      stream.end();
      await finished(stream).catch((error) => {
        if (place !== target) rmSync(place, {force: true});
        throw fault(error);
      });
      if (place !== target) renameSync(place, target);
    }
  };
}

/** Writes a whole file, all or nothing, or to the standard output if there is no path. */
export async function writeOutput(path: string | undefined, content: string | Uint8Array): Promise<void> {
  const output = await openOutput(path);
  await output.write(content);
  await output.end();
}

function streamOutput(stream: Writable): Output {
  return {
    get isClosed() {
      return stream.destroyed;
    },
    async write(chunk) {
      if (stream.destroyed) return;
      // The owner of the stream hears of its errors.
      await writeTo(stream, chunk).catch(() => {});
    },
    end: async () => {}
  };
}

async function writeTo(stream: Writable, chunk: string | Uint8Array): Promise<void> {
  if (!stream.write(chunk)) await once(stream, "drain");
}
