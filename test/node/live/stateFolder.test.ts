import {once} from "node:events";
import {existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {expect, it} from "vitest";
import {writeCheckpoint} from "../../../lib/node/live/checkpoint.js";
import {EventLog} from "../../../lib/node/live/eventLog.js";
import {openStateFolder} from "../../../lib/node/live/stateFolder.js";
import {changes} from "./alerts.js";
import {run} from "./children.js";
import {emptyFolder} from "./folders.js";

it("openStateFolder(path) makes a folder that one process at a time may use", async () => {
  const path = join(emptyFolder(), "a", "state");
  const child = run("holdFolder.ts", [path]);
  expect(await firstLine(child)).toBe("held");
  const {pid} = JSON.parse(readFileSync(join(path, "lock"), "utf8"));
  await expect(openStateFolder(path)).rejects.toThrow(
    `${join(path, "lock")}: the folder is in use by process ${pid}; end it, or name another folder`
  );
  child.kill("SIGKILL");
  await once(child, "close");
  const own = await openStateFolder(path);
  await expect(openStateFolder(path)).rejects.toThrow(`in use by process ${process.pid};`);
  expect(await firstLine(run("holdFolder.ts", [path]))).toContain(`in use by process ${process.pid};`);
  await own.release();
  expect(readdirSync(path)).toEqual([]);
  await (await openStateFolder(path)).release();
});

it("openStateFolder(path) lets one of several take over a stale lock", async () => {
  const path = emptyFolder();
  for (const stale of [
    "",
    "{}",
    "x".repeat(5000),
    "[]",
    "0",
    "null",
    JSON.stringify({pid: process.pid, start: "0", host: "h"})
  ]) {
    writeFileSync(join(path, "lock"), stale);
    utimesSync(join(path, "lock"), 0, 0);
    const all = await Promise.allSettled(Array.from({length: 24}, () => openStateFolder(path)));
    const open = all.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(open.length).toBe(1);
    await open[0]!.release();
    expect(readdirSync(path)).toEqual([]);
  }
});

it("openStateFolder(path) goes on where a process was killed that took a lock over", async () => {
  const path = emptyFolder();
  writeFileSync(join(path, "lock"), "");
  mkdirSync(join(path, "lock.takeover"));
  utimesSync(join(path, "lock.takeover"), 0, 0);
  await (await openStateFolder(path)).release();
  expect(readdirSync(path)).toEqual([]);
});

it("openStateFolder(path) believes a lock of another machine as long as it shows signs of life", async () => {
  const path = emptyFolder();
  const lock = join(path, "lock");
  writeFileSync(lock, JSON.stringify({pid: 1, start: null, host: "elsewhere"}));
  await expect(openStateFolder(path)).rejects.toThrow("in use by process 1 of elsewhere, or was");
  const before = Date.now() / 1000 - 60;
  utimesSync(lock, before, before);
  await (await openStateFolder(path)).release();
});

it("openStateFolder(path) names a path that cannot be a folder", async () => {
  const path = join(emptyFolder(), "file");
  writeFileSync(path, "");
  await expect(openStateFolder(path)).rejects.toThrow(/file: cannot be written \(EEXIST/);
});

it("clear() removes what is kept, and nothing else", async () => {
  const path = emptyFolder();
  const folder = await openStateFolder(path);
  const log = await EventLog.open(path);
  await log.append(changes(2));
  await log.close();
  await writeCheckpoint(path, 1);
  await writeCheckpoint(path, 2);
  mkdirSync(join(path, "outputs"));
  writeFileSync(join(path, "outputs", "x.json"), "{}");
  writeFileSync(join(path, "notes.txt"), "mine");
  await folder.clear();
  expect(readdirSync(path).sort()).toEqual(["lock", "notes.txt"]);
  await folder.release();
  expect(existsSync(join(path, "lock"))).toBe(false);
});

async function firstLine({stdout}: ReturnType<typeof run>): Promise<string> {
  const [line] = await once(createInterface(stdout!), "line");
  return line;
}
