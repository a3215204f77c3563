import {FamilyFollower} from "./familyFollower.js";
import {filesOfLog} from "./filesOfLog.js";
import {FollowedLogs, type SavedLogs} from "./followedLogs.js";
import type {OpenSource} from "./source.js";
import {SourceTotals} from "./sourceTotals.js";

/** How logs are followed. */
export interface LogOptions {
  /** `start`, the default: what is there, predecessors included, is read first; `end`: only what comes from now on. */
  readonly from?: "start" | "end";
  /** Milliseconds by which quiet files are told; those of this process unless given. */
  readonly now?: () => number;
}

/**
 * Follows a log that grows, whatever becomes of its file: renamed, compressed, copied and cut, deleted and made again, also
 * while nobody looks. Each of its lines is handed on once, in the order in which they were written.
 */
export function logSource(path: string, {from = "start", now}: LogOptions = {}): OpenSource {
  return async (receiver, saved) => {
    const {totals: savedTotals, followed} = (saved ?? {}) as Partial<SavedLogs>;
    const totals = new SourceTotals(savedTotals);
    const follower = new FamilyFollower(
      filesOfLog(path),
      {name: path, receiver, totals},
      {from, isReplay: false},
      followed
    );
    return new FollowedLogs(
      {
        followers: () => [follower],
        fault: () => follower.fault ?? follower.contentFault,
        save: () => follower.save()
      },
      {name: path, totals, now}
    );
  };
}
