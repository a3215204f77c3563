import {stat} from "node:fs/promises";
import {resolve} from "node:path";
import type {WatchReceiver} from "../../live/watch.js";
import {folderSource, isOfFolder} from "../sources/folderSource.js";
import {logSource} from "../sources/logSource.js";
import {netflowSource} from "../sources/netflowSource.js";
import {Pace} from "../sources/pace.js";
import {replay} from "../sources/replay.js";
import type {OpenSource, Source} from "../sources/source.js";
import {standardInput} from "../sources/standardInput.js";
import type {LiveOptions} from "./liveOptions.js";

/** Opens all that options name; each goes on from what was saved of it, however its path was spelled then. */
export async function openSources(
  options: LiveOptions,
  receiver: () => WatchReceiver,
  saved: Readonly<Record<string, unknown>> = {}
): Promise<Source[]> {
  const sources: Source[] = [];
  const found = new Map(Object.entries(saved).map(([name, state]) => [resolve(name), state]));
  const savedOf = (name: string) => found.get(resolve(name));
  for (const [name, open] of await sourcesOf(options, savedOf)) sources.push(await open(receiver(), savedOf(name)));
  return sources;
}

async function sourcesOf(
  {logs, netflow = [], from, replay: isReplay, speed}: LiveOptions,
  savedOf: (name: string) => unknown
) {
  const sources = new Map<string, OpenSource>();
  const files = logs.filter((log) => log !== "-");
  if (isReplay && files.length > 0) sources.set(files.join(", "), replay(files, {speed}));
  else
    for (const log of files)
      sources.set(log, (await isFolder(log, savedOf(log))) ? folderSource(log, {from}) : logSource(log, {from}));
  if (logs.includes("-")) sources.set("-", standardInput({pace: isReplay && speed ? new Pace(speed) : undefined}));
  for (const address of netflow) sources.set(address, netflowSource(address));
  return sources;
}

// A log that is not there yet is waited for; what was followed before is what it was, whatever stands in its place now.
async function isFolder(path: string, saved: unknown): Promise<boolean> {
  if (saved !== undefined) return isOfFolder(saved);
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false
  );
}
