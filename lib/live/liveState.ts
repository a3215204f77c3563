import type {RowKind} from "../traffic/ingest.js";

/** What `eddy live` is doing, as the page, `/api/state` and `/metrics` tell it. */
export interface LiveState extends WatchState {
  /** Wall-clock times, UTC milliseconds. */
  readonly started: number;
  readonly now: number;
  readonly version: string;
  /**
   * Whether what passes is a recording, and how many times as fast as it happened, null for as fast as it
   * goes; null for live traffic.
   */
  readonly replay: {readonly speed: number | null; readonly hasEnded: boolean} | null;
  readonly sources: readonly SourceState[];
  readonly checkpoint: CheckpointState | null;
  readonly outputs: readonly OutputState[];
  /** Faults that go on, the oldest first: what cannot be read or written, and since when. None when all is well. */
  readonly faults: readonly Fault[];
}

/** What is known from the traffic alone; times are the traffic’s, UTC milliseconds. */
export interface WatchState {
  /** What rows are; null before the first record. */
  readonly rows: RowKind | null;
  /** The newest time of a record; null before the first. */
  readonly clock: number | null;
  /** Requests or flows taken so far. */
  readonly records: number;
  /** Sessions open, or hosts with flows in the last half hour. */
  readonly open: number;
  /** Records that came later than the bound for late ones. */
  readonly late: number;
  /** Records that were left out, as their times lie more than a day ahead of the clock on the wall. */
  readonly ahead: number;
  readonly model: ModelState;
  readonly alerts: AlertCounts;
  /** The last 60 minutes of the traffic, oldest first, the last of them unfinished; minutes without records are there too. */
  readonly minutes: readonly Minute[];
  /** The open sessions or hosts with the highest scores, at most 20, highest first. */
  readonly watched: readonly Watched[];
  /** Where clients came from in the last ten minutes, at most 200 places, the most clients first. */
  readonly arrivals: readonly Arrival[];
}

export interface ModelState {
  /** `waiting`: nothing has come; `warming up`: rows are gathered, nothing is judged; `watching`: rows are judged. */
  readonly phase: "waiting" | "warming up" | "watching";
  /** Rows gathered of those that a first model needs. */
  readonly gathered: number;
  readonly needed: number;
  /** Counts models from 1; 0 before the first. */
  readonly generation: number;
  /** When the model was put to work; null before. */
  readonly since: number | null;
  readonly isRetraining: boolean;
  /** When the next one is due; null where it is never retrained. */
  readonly nextAt: number | null;
  readonly preset: string;
  readonly features: readonly string[];
  /** The rule as people read it, and as the command line spells it. */
  readonly rule: string;
  readonly threshold: number | null;
  /** Alerts an hour that the rule was given; null where it is another rule. */
  readonly budget: number | null;
  /** The rows that the next model learns from, and how many were left out of it, by reason. */
  readonly window: {
    readonly hours: number;
    readonly rows: number;
    readonly leftOut: readonly {readonly reason: string; readonly count: number}[];
  };
  readonly drift: Drift | null;
}

/** How far the rows of the last window are from those of the first model: population stability index, the most of any feature. */
export interface Drift {
  readonly index: number;
  /** Below 0.1 none, up to 0.25 some, above strong. */
  readonly level: "none" | "some" | "strong";
  /** The features that moved most, at most five. */
  readonly features: readonly {readonly feature: string; readonly index: number}[];
}

export interface AlertCounts {
  readonly raised: number;
  readonly open: number;
  /** Raised in the last hour of the traffic. */
  readonly lastHour: number;
}

export interface Minute {
  /** Its beginning. */
  readonly time: number;
  readonly records: number;
  /** Rows scored, also several times each, and alerts raised. */
  readonly scored: number;
  readonly alerts: number;
  /** Scored rows by score, in 20 equal parts of [0, 1]. */
  readonly scores: readonly number[];
}

export interface Watched {
  readonly client: string;
  /** User agent of a session, null for hosts. */
  readonly agent: string | null;
  readonly score: number;
  readonly records: number;
  readonly began: number;
  readonly changed: number;
  /** The alert’s id, null while it is below the threshold. */
  readonly alert: string | null;
}

export interface Arrival {
  readonly latitude: number;
  readonly longitude: number;
  readonly country: string | null;
  readonly clients: number;
  readonly alerts: number;
}

export interface SourceState {
  /** As the user named it. */
  readonly name: string;
  readonly kind: "log" | "standard input" | "netflow";
  /** `catching up` while there is more to read than is read at once; `waiting` for a file or a first record. */
  readonly status: "waiting" | "catching up" | "following" | "ended" | "fault";
  /** What is wrong in words, and since when by the wall clock; null when nothing is. */
  readonly fault: string | null;
  readonly since: number | null;
  /** The file that is read now and its format; null where there is none yet. */
  readonly file: string | null;
  readonly format: string | null;
  /** Files begun, bytes read of them (as they are on disk), bytes that are there and not yet read. */
  readonly files: number;
  readonly bytes: number;
  readonly behind: number;
  /** Lines, packets or datagrams that became records or parts of them. */
  readonly records: number;
  readonly rejected: number;
  /** By reason, the most frequent first, at most ten. */
  readonly rejects: readonly {readonly reason: string; readonly count: number}[];
  readonly passedOver: number;
  /** What was lost before it could be read: datagrams, or bytes of a file that was cut before they were read. */
  readonly dropped: number;
  /** What else a source counts, such as templates of NetFlow. */
  readonly more: readonly {readonly what: string; readonly count: number}[];
}

export interface CheckpointState {
  /** Wall-clock time of the last one written; null before the first. */
  readonly written: number | null;
  readonly bytes: number;
  /** The sequence of the last event that it covers. */
  readonly sequence: number;
  readonly fault: string | null;
}

export interface OutputState {
  readonly name: string;
  readonly kind: "file" | "webhook" | "syslog";
  /** The sequence of the last event that it has dealt with, and how many wait. */
  readonly sequence: number;
  readonly waiting: number;
  readonly delivered: number;
  /** Not told since their client was within its window of silence. */
  readonly silenced: number;
  /** Given up, as the receiver refuses them for good, or gone from the event log before they could be told. */
  readonly lost: number;
  readonly fault: string | null;
}

export interface Fault {
  /** What it is about: a source, the checkpoint, the events or an output. */
  readonly where: string;
  readonly what: string;
  readonly since: number;
}
