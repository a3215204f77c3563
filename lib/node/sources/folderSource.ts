import {join} from "node:path";
import {FamilyFollower} from "./familyFollower.js";
import {type Followed, FollowedLogs, type SavedLogs} from "./followedLogs.js";
import {LogFolder} from "./logFolder.js";
import type {LogOptions} from "./logSource.js";
import type {OpenSource, SourceReceiver} from "./source.js";
import {SourceTotals} from "./sourceTotals.js";

/**
 * Follows all logs in a folder, also those that appear later, each with its predecessors as `logSource` does. Files that are
 * no logs are passed over and counted. At most 256 logs are followed.
 */
export function folderSource(path: string, {from = "start", now}: LogOptions = {}): OpenSource {
  return async (receiver, saved) => {
    const {totals: savedTotals, followed} = (saved ?? {}) as Partial<SavedLogs>;
    const totals = new SourceTotals(savedTotals);
    const logs = new LogsOfFolder(path, receiver, totals, from, followed);
    return new FollowedLogs(logs, {name: path, totals, now});
  };
}

/** Whether it is a folder of logs of which this was saved, not a log. */
export function isOfFolder(saved: unknown): boolean {
  return Array.isArray((saved as Partial<SavedLogs>).followed);
}

class LogsOfFolder implements Followed {
  private readonly folder: LogFolder;
  private readonly logs = new Map<string, FamilyFollower>();
  private readonly saved: Map<string, unknown>;
  private list: readonly FamilyFollower[] = [];
  private version = 0;
  /** Where the first logs are read from; those that come later are read from their start. */
  private from: "start" | "end";
  private left = 0;

  constructor(
    path: string,
    private readonly receiver: SourceReceiver,
    private readonly totals: SourceTotals,
    from: "start" | "end",
    saved: unknown
  ) {
    this.folder = new LogFolder(path);
    this.saved = new Map(saved as [string, unknown][] | undefined);
    this.from = saved === undefined ? from : "start";
  }

  followers(): readonly FamilyFollower[] {
    const {folder} = this;
    folder.refresh();
    if (folder.version === this.version) return this.list;
    const bases = new Set(folder.bases());
    for (const [base, log] of this.logs) {
      if (bases.has(base) || log.behind > 0) continue;
      log.close();
      this.logs.delete(base);
    }
    const others = [...bases].filter((base) => !this.logs.has(base));
    const added = others.slice(0, Math.max(0, mostLogs - this.logs.size));
    for (const base of added) this.logs.set(base, this.follow(base));
    this.left = others.length - added.length;
    this.from = "start";
    this.version = folder.version;
    this.list = [...this.logs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, log]) => log);
    return this.list;
  }

  fault(): string | null {
    const {left, list} = this;
    const faulty = list.find(({fault}) => fault !== null);
    if (faulty !== undefined)
      return faulty.fault!.includes(faulty.name) ? faulty.fault : `${faulty.name}: ${faulty.fault}`;
    if (left > 0) return `holds ${mostLogs + left} logs, of which ${mostLogs} are followed`;
    const unread = list.find(({contentFault}) => contentFault !== null);
    if (unread === undefined || list.some(({format}) => format !== null)) return null;
    return `holds no log that is read: ${unread.name} ${unread.contentFault}`;
  }

  save(): unknown {
    return [...this.saved, ...Array.from(this.logs, ([base, log]) => [base, log.save()])];
  }

  private follow(base: string): FamilyFollower {
    const {folder, from, receiver, saved, totals} = this;
    const path = join(folder.path, base);
    const files = {
      path,
      isOptional: true,
      list: () => {
        folder.refresh();
        return {files: folder.filesOf(base), version: String(folder.version)};
      }
    };
    // Of many logs, not each is looked at all the time.
    const rest = () => (this.logs.size > fewLogs ? this.logs.size / 2 : 0);
    const log = new FamilyFollower(
      files,
      {name: path, receiver, totals},
      {from, isReplay: false, rest},
      saved.get(base)
    );
    saved.delete(base);
    return log;
  }
}

const [fewLogs, mostLogs] = [16, 256];
