import {createHash} from "node:crypto";
import {mkdir, open, readFile, rename} from "node:fs/promises";
import {dirname, join} from "node:path";
import {writeFault} from "../writeFault.js";
import type {Output} from "./output.js";
import type {SavedSilence} from "./silence.js";

/** How far an output is. */
export interface Cursor {
  /** The last event that it has dealt with. */
  readonly sequence: number;
  readonly delivered: number;
  readonly silenced: number;
  readonly lost: number;
  readonly silence: SavedSilence;
}

/** The file in the state folder that remembers how far an output is; its name tells nothing of a secret in an address. */
export function cursorPath(folder: string, {kind, identity}: Output): string {
  const hash = createHash("sha256").update(identity).digest("hex").slice(0, 16);
  return join(folder, "outputs", `${kind}-${hash}.json`);
}

/** What was remembered; null where there is nothing whole. */
export async function readCursor(path: string): Promise<Cursor | null> {
  try {
    const cursor = JSON.parse(await readFile(path, "utf8"));
    return Number.isSafeInteger(cursor.sequence) && Array.isArray(cursor.silence.clients) ? cursor : null;
  } catch {
    return null;
  }
}

/** Replaces the file, all or nothing; throws an InputError where that is not possible. */
export async function writeCursor(path: string, cursor: Cursor): Promise<void> {
  try {
    await mkdir(dirname(path), {recursive: true, mode: 0o700});
    const handle = await open(`${path}.part`, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify(cursor));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${path}.part`, path);
  } catch (error) {
    throw writeFault(error, path);
  }
}
