import type {LiveRows} from "../traffic/liveRows.js";
import {numberIn, textIn} from "./cells.js";
import type {Watched} from "./liveState.js";

/**
 * The sessions or hosts whose latest scores are the highest. Up to 1,024 are kept; when there are more, the lower half is let
 * go, and comes back only with a row that is above what was kept. So the first twenty are exact as long as fewer than 512
 * above them have ended since.
 */
export class WatchedRows {
  private readonly entries = new Map<number, Entry>();
  private floor = Number.NEGATIVE_INFINITY;

  /** Takes a row that was scored and whose session or host goes on; `since`: those that changed before are let go first. */
  add(rows: LiveRows, row: number, score: number, since: number): void {
    const {entries} = this;
    const subject = rows.subject[row]!;
    const {table} = rows;
    let entry = entries.get(subject);
    if (entry === undefined) {
      if (entries.size >= most / 2 && score <= this.floor) return;
      if (entries.size >= most) this.letGo(since);
      const [client, agent] = [textIn(table, "client", row) ?? "", textIn(table, "user_agent", row)];
      entry = {subject, client, agent, score, records: 0, began: numberIn(table, "timestamp", row), changed: 0};
      entries.set(subject, entry);
    }
    const requests = numberIn(table, "requests", row);
    entry.score = score;
    entry.records = Number.isNaN(requests) ? entry.records + 1 : requests;
    entry.changed = rows.clock[row]!;
  }

  /** Forgets all, where scores are no more comparable with those that come. */
  clear(): void {
    this.entries.clear();
    this.floor = Number.NEGATIVE_INFINITY;
  }

  remove(subject: number): void {
    this.entries.delete(subject);
  }

  /** At most 20, the highest first, of those that changed after `since`; `alertOf` gives the id of a subject’s alert. */
  top(since: number, alertOf: (subject: number) => string | null): Watched[] {
    return this.highest(since)
      .slice(0, mostTold)
      .map(({subject, ...entry}) => ({...entry, alert: alertOf(subject)}));
  }

  private letGo(since: number): void {
    const {entries} = this;
    const kept = this.highest(since).slice(0, most / 2);
    entries.clear();
    for (const entry of kept) entries.set(entry.subject, entry);
    this.floor = kept.length < most / 2 ? Number.NEGATIVE_INFINITY : kept.at(-1)!.score;
  }

  private highest(since: number): Entry[] {
    return [...this.entries.values()]
      .filter(({changed}) => changed > since)
      .sort((a, b) => b.score - a.score || b.records - a.records || a.subject - b.subject);
  }
}

interface Entry {
  readonly subject: number;
  readonly client: string;
  readonly agent: string | null;
  score: number;
  records: number;
  readonly began: number;
  changed: number;
}

const most = 1024;
const mostTold = 20;
