import {stat} from "node:fs/promises";
import type {WatchReceiver} from "../../live/watch.js";
import {logSource} from "../sources/logSource.js";
import {netflowSource} from "../sources/netflowSource.js";
import type {OpenSource, Source} from "../sources/source.js";
import type {LiveOptions} from "./liveOptions.js";

/** Opens all that options name; each goes on from what was saved under its name. */
export async function openSources(
  options: LiveOptions,
  receiver: () => WatchReceiver,
  saved: Readonly<Record<string, unknown>> = {}
): Promise<Source[]> {
  const {logs, netflow = []} = options;
  const named: (readonly [string, OpenSource])[] = [];
  for (const log of logs) named.push([log, await logOf(log, options)]);
  for (const address of netflow) named.push([address, netflowSource(address)]);
  return Promise.all(named.map(([name, open]) => open(receiver(), saved[name])));
}

async function logOf(path: string, {from}: LiveOptions): Promise<OpenSource> {
  const isFolder = await stat(path).then((stats) => stats.isDirectory(), () => false);
  void isFolder;
  return logSource(path, {from});
}
