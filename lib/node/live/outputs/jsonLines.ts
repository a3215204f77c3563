import {type FileHandle, open, stat} from "node:fs/promises";
import {resolve} from "node:path";
import {InputError} from "../../../inputError.js";
import {type AlertEvent, changeKey} from "../../../live/alert.js";
import type {AlertEvents} from "../alertEvents.js";
import {writeFault} from "../writeFault.js";
import {jsonLine} from "./jsonLine.js";
import type {Output, Told} from "./output.js";

/**
 * Appends every event as a line of JSON to a file, exactly once through kills: what a kill has torn is cut off, and what stands in
 * the file is not written again. A file that is renamed or emptied, as by logrotate, is begun anew.
 */
export class JsonLines implements Output {
  readonly kind = "file";
  readonly tells = "events";
  readonly identity: string;
  private file: FileHandle | null = null;
  // Where whole lines end, after a write that failed and left more.
  private end: number | null = null;

  constructor(readonly name: string) {
    this.identity = resolve(name);
  }

  /** Where the file goes on. Throws an InputError on a file of other lines and on what is no file. */
  async start(cursor: number | null, events: AlertEvents): Promise<number> {
    const file = await this.reopened();
    const tail = await this.wholeTail(file);
    if (tail === null) return cursor ?? events.first - 1;
    // The same sequence may be of another log, where the state has been forgotten.
    const [same] = await events.after(tail.sequence - 1, 1);
    const isSame = same?.sequence === tail.sequence && changeKey(same) === changeKey(tail);
    return isSame ? Math.max(tail.sequence, cursor ?? 0) : (cursor ?? events.first - 1);
  }

  async deliver(told: readonly Told[]): Promise<void> {
    const lines = told.map(({event}) => `${jsonLine(event)}\n`);
    const file = await this.reopened();
    try {
      if (this.end !== null) await file.truncate(this.end);
      this.end = (await file.stat()).size;
      const bytes = Buffer.from(lines.join(""));
      for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
      this.end = null;
    } catch (error) {
      await this.cut(file);
      throw writeFault(error, this.name);
    }
  }

  async close(): Promise<void> {
    const {file} = this;
    this.file = null;
    await file?.close();
  }

  // The file of that name, which may be another by now.
  private async reopened(): Promise<FileHandle> {
    try {
      const named = await stat(this.name).catch((error) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      if (named !== null && !named.isFile()) throw new InputError(`${this.name}: is no file`);
      const own = await this.file?.stat();
      if (this.file !== null && own?.ino === named?.ino && own?.dev === named?.dev) {
        // Emptied by others: what was left of a failed write is gone, too.
        if (this.end !== null && own!.size < this.end) this.end = null;
        return this.file;
      }
      if (this.file !== null) await this.cut(this.file);
      await this.close();
      this.end = null;
      // Appending, so that a file that is emptied goes on at its beginning; reading, for its end.
      this.file = await open(this.name, "a+", 0o644);
      return this.file;
    } catch (error) {
      throw writeFault(error, this.name);
    }
  }

  private async cut(file: FileHandle): Promise<void> {
    if (this.end === null) return;
    try {
      await file.truncate(this.end);
      this.end = null;
    } catch {
      // It is tried again before the next write.
    }
  }

  // The last whole line; what follows it is cut off, if it can be of a line of ours.
  private async wholeTail(file: FileHandle): Promise<AlertEvent | null> {
    const {size} = await file.stat();
    for (let length = Math.min(size, 2 ** 16); length > 0; length = Math.min(size, 8 * length)) {
      const bytes = Buffer.alloc(length);
      const {bytesRead} = await file.read(bytes, 0, length, size - length);
      const end = bytes.lastIndexOf(lineEnd) + 1;
      let begin = Math.max(0, end - 1);
      while (begin > 0 && bytes[begin - 1] !== lineEnd) --begin;
      // It may begin earlier.
      if (begin === 0 && length < size && length < mostTail) continue;
      const tail = end === 0 ? null : eventOf(bytes.toString("utf8", begin, end - 1));
      const isOurs = begin === 0 && end === 0 ? length === size : tail !== null;
      if (bytesRead < length || !isOurs || !isTorn(bytes.subarray(end))) {
        throw new InputError(`${this.name}: does not end with a line of an alert; name another file`);
      }
      if (end < length) await file.truncate(size - length + end);
      return tail;
    }
    return null;
  }
}

/** Writes every event as a line of JSON to a stream, which is the standard output unless given. */
export class JsonStream implements Output {
  readonly name = "standard output";
  readonly identity = "-";
  readonly kind = "file";
  readonly tells = "events";

  constructor(private readonly stream: NodeJS.WritableStream = process.stdout) {}

  async deliver(told: readonly Told[], signal: AbortSignal): Promise<void> {
    const lines = told.map(({event}) => `${jsonLine(event)}\n`).join("");
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", reject, {once: true});
      this.stream.write(lines, (error) => {
        signal.removeEventListener("abort", reject);
        if (error) reject(writeFault(error, this.name));
        else resolve();
      });
    });
  }

  async close(): Promise<void> {}
}

function isTorn(bytes: Buffer): boolean {
  const text = bytes.toString("latin1", 0, beginning.length);
  // Zeros are what a loss of power leaves.
  return beginning.startsWith(text) || bytes.every((byte) => byte === 0);
}

const lineEnd = 0x0a;
const beginning = '{"sequence":';
// Longer lines than this are none of ours.
const mostTail = 2 ** 23;

function eventOf(line: string): AlertEvent | null {
  try {
    const event = JSON.parse(line);
    changeKey(event);
    return Number.isSafeInteger(event.sequence) ? event : null;
  } catch {
    return null;
  }
}
