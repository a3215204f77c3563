import {closeSync, openSync, statSync} from "node:fs";
import {basename, dirname, join} from "node:path";
import {InputError} from "../../inputError.js";
import {readFault} from "../readFault.js";
import {FamilyFollower} from "./familyFollower.js";
import {familyName} from "./familyName.js";
import {FollowedLogs} from "./followedLogs.js";
import {LogFolder, type NamedFile} from "./logFolder.js";
import {Pace} from "./pace.js";
import type {OpenSource} from "./source.js";
import {SourceTotals} from "./sourceTotals.js";

export interface ReplayOptions {
  /** How many times as fast as it happened; Infinity, as fast as it goes, unless given. */
  readonly speed?: number;
  /** Milliseconds that never fall; those of this process unless given. */
  readonly now?: () => number;
}

/**
 * Hands on what is in files, and in the logs of folders, no earlier than its own times allow, and ends with them. Lines of
 * several logs are handed on in the order of their times, whatever the speed. Throws a RangeError where speed is not above 0,
 * and an InputError on a file that cannot be read.
 */
export function replay(
  paths: readonly string[],
  {speed = Number.POSITIVE_INFINITY, now}: ReplayOptions = {}
): OpenSource {
  const pace = new Pace(speed, now);
  return async (receiver) => {
    const totals = new SourceTotals();
    const followers = Array.from(logsAt(paths), ([path, files]) => {
      const log = {path, isOptional: true, list: () => ({files, version: ""})};
      return new FamilyFollower(log, {name: path, receiver, totals}, {from: "start", isReplay: true});
    });
    const fault = () => {
      const faults = followers.map((log) => log.fault ?? log.contentFault);
      const hasEnded = followers.every((log) => log.hasEnded);
      const nothing = hasEnded && totals.records === 0 ? "holds no requests or flows that can be read" : null;
      return faults.find((text) => text !== null) ?? nothing;
    };
    const name = paths.join(", ");
    return new FollowedLogs({followers: () => followers, fault, save: () => null}, {name, totals, pace, now});
  };
}

/** The files at paths by the log of which they are. */
function logsAt(paths: readonly string[]): Map<string, readonly NamedFile[]> {
  const logs = new Map<string, NamedFile[]>();
  for (const path of paths) {
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) {
        const folder = new LogFolder(path);
        folder.refresh();
        for (const base of folder.bases().sort()) add(join(path, base), ...folder.filesOf(base));
      } else {
        if (!stats.isFile()) throw new InputError(`${path}: is no regular file`);
        closeSync(openSync(path, "r"));
        const {base, suffix} = familyName(basename(path));
        add(join(dirname(path), base), {path, suffix});
      }
    } catch (error) {
      throw readFault(error, path);
    }
  }
  return new Map(Array.from(logs, ([path, files]) => [files.length === 1 ? files[0]!.path : path, files]));

  function add(path: string, ...files: NamedFile[]): void {
    logs.set(path, [...(logs.get(path) ?? []), ...files]);
  }
}
