import type {SourceState} from "../../live/liveState.js";

/** What a source counts, over all of its files and restarts. */
export type Counts = Pick<
  SourceState,
  "files" | "bytes" | "records" | "rejected" | "rejects" | "passedOver" | "dropped" | "more"
>;

/** Counts what a source reads; names of reasons are bounded. */
export class SourceTotals {
  files = 0;
  bytes = 0;
  records = 0;
  rejected = 0;
  passedOver = 0;
  dropped = 0;
  private readonly rejects: Map<string, number>;
  private readonly more: Map<string, number>;

  constructor(saved?: unknown) {
    const {rejects, more, ...counts} = (saved ?? {}) as Partial<SavedTotals>;
    Object.assign(this, counts);
    this.rejects = new Map(rejects);
    this.more = new Map(more);
  }

  reject(reason: string): void {
    ++this.rejected;
    add(this.rejects, reason);
  }

  /** Counts something else by its name. */
  count(what: string): void {
    add(this.more, what);
  }

  state(): Counts {
    const {files, bytes, records, rejected, passedOver, dropped} = this;
    const rejects = Array.from(this.rejects, ([reason, count]) => ({reason, count}));
    const more = Array.from(this.more, ([what, count]) => ({what, count}));
    rejects.sort((a, b) => b.count - a.count);
    return {files, bytes, records, rejected, rejects: rejects.slice(0, 10), passedOver, dropped, more};
  }

  save(): unknown {
    const {files, bytes, records, rejected, passedOver, dropped} = this;
    const counts = {files, bytes, records, rejected, passedOver, dropped};
    return {...counts, rejects: [...this.rejects], more: [...this.more]} satisfies SavedTotals;
  }
}

interface SavedTotals extends Pick<Counts, "files" | "bytes" | "records" | "rejected" | "passedOver" | "dropped"> {
  readonly rejects: [string, number][];
  readonly more: [string, number][];
}

function add(counts: Map<string, number>, name: string): void {
  const key = counts.has(name) || counts.size < mostNames ? name : "other";
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const mostNames = 50;
