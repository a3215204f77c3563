import {randomBytes} from "node:crypto";
import {readFileSync} from "node:fs";
import {link, mkdir, readdir, readFile, rm, rmdir, stat, unlink, utimes, writeFile} from "node:fs/promises";
import {hostname} from "node:os";
import {join} from "node:path";
import {setTimeout} from "node:timers/promises";
import {InputError} from "../../inputError.js";
import {checkpointFiles} from "./checkpoint.js";
import {writeFault} from "./writeFault.js";

/** A folder in which one process keeps what it must not forget. */
export interface StateFolder {
  readonly path: string;
  /** Removes what `eddy live` has kept in it, and nothing else. */
  clear(): Promise<void>;
  /** Lets other processes use it. */
  release(): Promise<void>;
}

/**
 * Opens a folder for this process alone; makes it if there is none. The lock of a process that has ended, however it did, is
 * taken over. Throws an InputError where another process uses it, or where it cannot be written.
 */
export async function openStateFolder(path: string): Promise<StateFolder> {
  const lock = join(path, "lock");
  const own = JSON.stringify({...holder(), token: randomBytes(8).toString("hex")});
  try {
    await mkdir(path, {recursive: true, mode: 0o700});
    await take(lock, own);
  } catch (error) {
    throw writeFault(error, path);
  }
  const beat = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => {}), beatEvery).unref();
  return {
    path,
    async clear() {
      for (const name of await readdir(path)) {
        if (!checkpointFiles.includes(name) && name !== "outputs" && !/^events-\d{16}\.jsonl$/.test(name)) continue;
        await rm(join(path, name), {recursive: true, force: true});
      }
    },
    async release() {
      clearInterval(beat);
      held.delete(own);
      if ((await textOf(lock)) === own) await unlink(lock).catch(() => {});
    }
  };
}

/** Who holds a lock. The start tells a process from a later one of the same number, as in containers, where it is often 1. */
interface Holder {
  readonly pid: number;
  readonly start: string | null;
  readonly host: string;
}

const held = new Set<string>();

async function take(lock: string, own: string): Promise<void> {
  const part = `${lock}.${process.pid}.${randomBytes(4).toString("hex")}`;
  await writeFile(part, own, {flag: "wx", mode: 0o600});
  held.add(own);
  let isTaken = false;
  try {
    for (let tries = 0; tries < mostTries; ++tries) {
      isTaken = await linked(part, lock);
      if (isTaken) return;
      const other = await textOf(lock);
      if (other === null) continue;
      if (await isHeld(lock, other)) throw inUse(lock, other);
      await removeStale(lock, other);
    }
    throw inUse(lock, "");
  } finally {
    if (!isTaken) held.delete(own);
    await rm(part, {force: true});
  }
}

// More than enough for a right to a takeover to become too old.
const mostTries = 1000;

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// One process at a time removes a lock, and looks again before, so that it cannot be the new lock of another. Its right to do so
// is a folder for a moment, which is not believed when it is older.
async function removeStale(lock: string, stale: string): Promise<void> {
  const right = `${lock}.takeover`;
  if (!(await hasMade(right))) {
    const {mtimeMs = Date.now()} = (await stat(right).catch(() => null)) ?? {};
    if (Math.abs(Date.now() - mtimeMs) > beatEvery) await rmdir(right).catch(() => {});
    await setTimeout(20);
    return;
  }
  try {
    if ((await textOf(lock)) === stale) await unlink(lock);
  } finally {
    await rmdir(right).catch(() => {});
  }
}

async function hasMade(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    (error) => {
      if (error.code === "EEXIST") return false;
      throw error;
    }
  );
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}

async function isHeld(lock: string, text: string): Promise<boolean> {
  const other = parseHolder(text);
  if (other === null) return false;
  const {pid, start, host} = other;
  // Processes of other machines and containers cannot be seen.
  if (host !== hostname()) return Math.abs(Date.now() - ((await stat(lock).catch(() => null))?.mtimeMs ?? 0)) < silence;
  if (pid === process.pid && (start === null || start === startOf("self"))) return held.has(text);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not permitted: there is such a process, of somebody else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return start === null || startOf(pid) === start;
}

/** Milliseconds between signs of life of a lock, and after how many without one it is stale. */
const beatEvery = 10_000;
const silence = 30_000;

function inUse(lock: string, text: string): InputError {
  const other = parseHolder(text);
  const at = other === null || other.host === hostname() ? "" : ` of ${other.host}, or was less than 30 seconds ago`;
  const by = other === null ? "another process" : `process ${other.pid}${at}`;
  return new InputError(`${lock}: the folder is in use by ${by}; end it, or name another folder`);
}

function parseHolder(text: string): Holder | null {
  try {
    const {pid, start, host} = JSON.parse(text);
    return Number.isSafeInteger(pid) && pid > 0 ? {pid, start: start ?? null, host: String(host)} : null;
  } catch {
    return null;
  }
}

function holder(): Holder {
  return {pid: process.pid, start: startOf("self"), host: hostname()};
}

/** When a process started, in ticks since which boot; null where it has ended or the system does not tell. */
function startOf(pid: number | "self"): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? null : `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}
