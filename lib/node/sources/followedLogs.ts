import type {SourceState} from "../../live/liveState.js";
import {faultText} from "./faultText.js";
import type {Follower} from "./follower.js";
import type {LogContent} from "./logContent.js";
import type {Pace} from "./pace.js";
import type {Source} from "./source.js";
import type {SourceTotals} from "./sourceTotals.js";

/** The logs that a source follows. */
export interface Followed {
  /** Those that there are now. Throws where that cannot be told. */
  followers(): readonly Follower[];
  /** What is wrong with them; null when nothing is. */
  fault(): string | null;
  save(): unknown;
}

export interface FollowedOptions {
  readonly name: string;
  readonly kind?: SourceState["kind"];
  readonly totals: SourceTotals;
  readonly pace?: Pace;
  /** Milliseconds by which quiet files are told; those of this process unless given. */
  readonly now?: () => number;
}

/**
 * A source of one log or several. Where several have lines at once, these are handed on in the order of their times, however
 * the files are read.
 */
export class FollowedLogs implements Source {
  readonly name: string;
  private active: LogContent | null = null;
  private reader: Follower | null = null;
  private hasMore = false;
  private hasEnded = false;
  private problem: string | null = null;
  private fault: string | null = null;
  private since: number | null = null;
  private readonly now: () => number;

  constructor(
    private readonly followed: Followed,
    private readonly options: FollowedOptions
  ) {
    this.name = options.name;
    this.now = options.now ?? (() => performance.now());
  }

  async read(most: number): Promise<"more" | "idle" | "ended"> {
    if (this.hasEnded) return "ended";
    const handed = this.handOn(most);
    const followers = this.list();
    this.hasEnded = followers.length > 0 && followers.every(({hasEnded}) => hasEnded);
    this.setFault();
    return this.hasEnded ? "ended" : this.hasMore || handed > 0 ? "more" : "idle";
  }

  state(): SourceState {
    const {fault, since} = this;
    const {kind = "log", name, totals} = this.options;
    const followers = this.list();
    const reader = this.reader ?? followers.find(({format}) => format !== null);
    const behind = followers.reduce((sum, follower) => sum + follower.behind, 0);
    const file = reader?.name ?? null;
    const format = reader?.format ?? null;
    return {name, kind, status: this.status(), fault, since, file, format, behind, ...totals.state()};
  }

  save(): unknown {
    return {totals: this.options.totals.save(), followed: this.followed.save()} satisfies SavedLogs;
  }

  async close(): Promise<void> {
    for (const follower of this.list()) follower.close();
  }

  private handOn(most: number): number {
    const {pace} = this.options;
    const now = this.now();
    const followers = this.list();
    const ready = followers.filter((follower) => follower.fill(now));
    const isInStep = pace !== undefined && pace.speed < Number.POSITIVE_INFINITY;
    let handed = 0;
    while (ready.length > 0 && handed < most) {
      const isLine = isInStep || ready.length > 1;
      const follower = isLine ? earliest(ready) : ready[0]!;
      if (isInStep && !pace.allows(follower.peek())) {
        this.hasMore = false;
        return handed;
      }
      this.reader = follower;
      handed += follower.hand(isLine, this.turnTo);
      if (!follower.fill(now)) ready.splice(ready.indexOf(follower), 1);
    }
    this.hasMore = ready.length > 0 || followers.some(({isBusy}) => isBusy);
    return handed;
  }

  private readonly turnTo = (content: LogContent): void => {
    if (this.active === content) return;
    this.active = content;
    content.begin();
  };

  private status(): SourceState["status"] {
    const {fault} = this;
    if (this.hasEnded) return "ended";
    if (fault !== null && !this.list().some(isFollowed)) return fault === "no such file" ? "waiting" : "fault";
    if (this.hasMore) return "catching up";
    return this.options.totals.files === 0 ? "waiting" : "following";
  }

  private list(): readonly Follower[] {
    try {
      const followers = this.followed.followers();
      this.problem = null;
      return followers;
    } catch (error) {
      this.problem = faultText(error);
      return [];
    }
  }

  private setFault(): void {
    this.list();
    const fault = this.problem ?? this.followed.fault();
    if (fault !== this.fault) this.since = fault === null ? null : Date.now();
    this.fault = fault;
  }
}

/** What is saved of a source of logs. */
export interface SavedLogs {
  readonly totals: unknown;
  readonly followed: unknown;
}

function earliest(followers: readonly Follower[]): Follower {
  let first = followers[0]!;
  for (const follower of followers) if (follower.peek() < first.peek()) first = follower;
  return first;
}

function isFollowed({fault, contentFault, format}: Follower): boolean {
  return fault === null && contentFault === null && format !== null;
}
