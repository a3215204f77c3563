import type {FlowRecord} from "../formats/flowRecord.js";
import type {Format} from "../formats/format.js";
import type {RequestRecord} from "../formats/requestRecord.js";
import {restoreState, type SavedState, saveState} from "../savedState.js";
import {endOf} from "../traffic/flows/directionPairs.js";
import {type FlowOptions, Flows} from "../traffic/flows.js";
import {type RowKind, rowKindOf} from "../traffic/ingest.js";
import {type SessionOptions, Sessions} from "../traffic/sessions.js";
import type {Table} from "../traffic/table.js";
import type {AlertChanged} from "./alert.js";
import {Alerts} from "./alerts.js";
import {clientPlace, knownPlace, type PlaceOf} from "./clientPlace.js";
import {FileNumbers} from "./fileNumbers.js";
import {type Judges, judgeRows, type KeepChanges} from "./judgeRows.js";
import {LiveModel, type LiveModelOptions, type Train} from "./liveModel.js";
import type {WatchState} from "./liveState.js";
import {type ModelScorer, modelScorer} from "./modelScorer.js";
import {halfHour, Tally} from "./tally.js";

/** What is watched, and how. */
export interface WatchOptions {
  /** What to make of a log that holds both requests and flows, by default flows. */
  readonly rows?: RowKind;
  /** How requests become sessions; their tolerance is `late` unless it is given. */
  readonly sessions?: SessionOptions;
  readonly flows?: FlowOptions;
  readonly model?: LiveModelOptions;
  /** Minutes that a record, of a flow its end, may be late before it is counted as such; 5 unless told. */
  readonly late?: number;
  /**
   * The latest time that a record may have, UTC milliseconds: later ones are left out and counted, as a single one would move
   * the clock ahead for good. Any that a date can have unless given; no record is taken with a time beyond those.
   */
  readonly latest?: () => number;
  /** Where an address is; nowhere unless given. */
  readonly place?: PlaceOf;
}

/** Takes the records of one source. */
export interface WatchReceiver {
  /**
   * A file begins, or goes on after another. What rows are is settled by the first of all; throws an InputError where a file
   * does not hold records of that kind.
   */
  begin(file: string, format: Format): void;
  request(record: RequestRecord): void;
  flow(record: FlowRecord): void;
  /** Nothing more has come for some seconds: flows that wait for their other direction are judged without it. */
  quiet(): void;
}

/**
 * Watches traffic: makes sessions or flows of its records, scores them as they grow, follows alerts and keeps count. All that
 * it tells follows from the records and their order alone, not from how often `flush` is called. Its memory is bounded.
 */
export class Watch implements WatchReceiver {
  private readonly late: number;
  private readonly files = new FileNumbers();
  private file = 0;
  private firstFile: string | null = null;
  private following: Following | null = null;

  /** Throws a RangeError where an option is out of range. */
  constructor(
    private readonly options: WatchOptions,
    private readonly train: Train
  ) {
    const {late = 5, rows} = options;
    if (!(late >= 0)) throw new RangeError(`invalid minutes of lateness: ${late}`);
    this.late = late * 60_000;
    if (rows !== undefined) this.following = this.follow(rows);
  }

  begin(file: string, format: Format): void {
    const before = this.firstFile === null ? null : {kind: this.following!.kind, file: this.firstFile};
    const kind = rowKindOf(file, format, this.options.rows, before);
    this.following ??= this.follow(kind);
    this.firstFile ??= file;
    this.file = this.files.begin(file);
  }

  request(record: RequestRecord): void {
    const {following} = this;
    if (following?.kind !== "sessions" || this.isAhead(following, record.time)) return;
    following.builder.file = this.file;
    following.builder.request(record);
    this.count(following, record.time);
  }

  flow(record: FlowRecord): void {
    const {following} = this;
    if (following?.kind !== "flows" || this.isAhead(following, endOf(record))) return;
    following.builder.file = this.file;
    following.builder.flow(record);
    this.count(following, endOf(record));
  }

  /** Hands on what waits for its other direction. Alone of all, it depends on when it is called: of use where traffic cannot come again. */
  quiet(): void {
    if (this.following?.kind === "flows") this.following.builder.release();
  }

  /** Takes the records of one of several sources that are read in turn, each in the midst of its own file. */
  receiver(): WatchReceiver {
    let {file} = this;
    return {
      begin: (name, format) => {
        this.begin(name, format);
        file = this.file;
      },
      request: (record) => {
        this.file = file;
        this.request(record);
      },
      flow: (record) => {
        this.file = file;
        this.flow(record);
      },
      quiet: () => this.quiet()
    };
  }

  /**
   * Judges all that has become due since the last call, and gives the changes of alerts in order. Where there are many, such as
   * when thousands of sessions end at once, all but the last are handed to `keep` about 1,000 at a time, so that they need not
   * be held at once; without it, all are given.
   */
  async flush(keep?: KeepChanges): Promise<AlertChanged[]> {
    const changes: AlertChanged[] = [];
    if (this.following === null) return changes;
    const {builder} = this.following;
    for (let rows = builder.takeLive(); rows !== null; rows = builder.takeLive()) {
      await judgeRows(this.following, rows, changes, keep);
    }
    return changes;
  }

  /** The traffic has ended: open sessions become final, and alerts close. Gives changes as `flush` does. */
  async end(keep?: KeepChanges): Promise<AlertChanged[]> {
    this.following?.builder.end();
    const changes = await this.flush(keep);
    this.following?.alerts.end(this.clock ?? 0, changes);
    return changes;
  }

  /** The newest time of a record, UTC milliseconds; null before the first. It never falls. */
  get clock(): number | null {
    const clock = this.following?.builder.clock ?? Number.NEGATIVE_INFINITY;
    return Number.isFinite(clock) ? clock : null;
  }

  /** What is known as of the last flush. */
  state(): WatchState {
    const {clock} = this;
    if (this.following === null) return waiting(this.options.model, this.train);
    const {kind, builder, model, alerts, tally} = this.following;
    const since = kind === "flows" && clock !== null ? clock - halfHour : Number.NEGATIVE_INFINITY;
    return {
      rows: this.firstFile === null ? null : kind,
      clock,
      records: tally.records,
      open: kind === "flows" ? tally.hosts.size : builder.openSessions,
      late: tally.late,
      ahead: tally.ahead,
      model: model.state(),
      alerts: {raised: alerts.raised, open: alerts.open, lastHour: tally.minutes.alerts},
      minutes: tally.minutes.list(),
      watched: tally.watched.top(since, (subject) => alerts.idOf(subject)),
      arrivals: clock === null ? [] : tally.arrivals.list(clock)
    };
  }

  /** Scores other rows as the present model does; null while nothing is judged. */
  scorer(): ModelScorer | null {
    return this.following?.model.isWatching ? modelScorer(this.following.model) : null;
  }

  /** All that a watch of the same options needs to go on exactly so: data for `v8.serialize`. */
  save(): unknown {
    const {file, firstFile, files, following} = this;
    const saved: SavedWatch = {file, firstFile, files: saveState(files), following: following && savedOf(following)};
    return saved;
  }

  /** Goes on from where a watch of the same options was saved; to be called before anything else. */
  restore(saved: unknown): void {
    const {file, firstFile, files, following} = saved as SavedWatch;
    this.file = file;
    this.firstFile = firstFile;
    restoreState(this.files, files);
    if (following === null) return;
    this.following = this.follow(following.kind);
    restoreState(this.following.builder, following.builder);
    restoreState(this.following.alerts, following.alerts);
    restoreState(this.following.tally, following.tally);
    this.following.model.restore(following.model);
  }

  private follow(kind: RowKind): Following {
    const {sessions, flows, model: modelOptions = {}, late = 5, place = () => null} = this.options;
    const model = new LiveModel(kind, modelOptions, this.train);
    const placeIn = (table: Table, row: number) => clientPlace(table, row, place);
    const alerts = new Alerts(
      kind,
      () => model,
      placeIn,
      (file) => this.files.nameOf(file)
    );
    const tally = new Tally(kind);
    if (kind === "flows") return {kind, builder: new Flows({...flows, live: true}), model, alerts, tally, placeIn};
    const builder = new Sessions({tolerance: late, ...sessions, live: true});
    builder.onBegin = (client) => tally.addClient(knownPlace(client, place), builder.clock);
    return {kind, builder, model, alerts, tally, placeIn};
  }

  private isAhead({tally}: Following, time: number): boolean {
    const {latest = () => farthest} = this.options;
    if (!(time > latest()) && !(Math.abs(time) > farthest)) return false;
    ++tally.ahead;
    return true;
  }

  private count({builder, tally}: Following, time: number): void {
    tally.addRecord(builder.clock, builder.clock - time > this.late);
  }
}

/** The last time of a Date; the first is as far before 1970. Beyond, a minute more may be the same number. */
const farthest = 8.64e15;

type Following = Judges &
  ({readonly kind: "sessions"; readonly builder: Sessions} | {readonly kind: "flows"; readonly builder: Flows});

interface SavedWatch {
  readonly file: number;
  readonly firstFile: string | null;
  readonly files: SavedState;
  readonly following: {
    readonly kind: RowKind;
    readonly builder: SavedState;
    readonly alerts: SavedState;
    readonly tally: SavedState;
    readonly model: unknown;
  } | null;
}

function waiting({model: _, features: __, ...options}: LiveModelOptions = {}, train: Train): WatchState {
  return {
    rows: null,
    clock: null,
    records: 0,
    open: 0,
    late: 0,
    ahead: 0,
    model: new LiveModel("sessions", options, train).state(),
    alerts: {raised: 0, open: 0, lastHour: 0},
    minutes: [],
    watched: [],
    arrivals: []
  };
}

function savedOf({kind, builder, alerts, tally, model}: Following): SavedWatch["following"] {
  return {
    kind,
    builder: saveState(builder),
    alerts: saveState(alerts),
    tally: saveState(tally),
    model: model.save()
  };
}
