import {setImmediate, setTimeout} from "node:timers/promises";
import type {AlertChanged} from "../../live/alert.js";
import type {CheckpointState, Fault, LiveState, OutputState} from "../../live/liveState.js";
import type {Watch} from "../../live/watch.js";
import type {Source} from "../sources/source.js";
import {version} from "../version.js";
import type {EventLog} from "./eventLog.js";

/** What to follow, and where to keep what outlives this process. */
export interface FollowOptions {
  readonly watch: Watch;
  readonly sources: readonly Source[];
  readonly events: EventLog;
  /**
   * Writes a checkpoint, which it takes before it first waits, and gives its size in bytes; `kept` settles when the events
   * that it covers are on the disk. Null where none is kept, as in a replay.
   */
  readonly checkpoint: ((data: Checkpoint, kept: Promise<void>) => Promise<number>) | null;
  /** Milliseconds from one checkpoint to the next; longer where taking one holds up reading for more than a 200th of it. */
  readonly every: number;
  /** Whether the traffic is a recording, and how many times as fast as it happened it passes, Infinity as fast as it goes. */
  readonly replay: {readonly speed: number} | null;
  /** Who is told of alerts. */
  readonly outputs?: readonly {state(): OutputState; fault(): Fault | null}[];
}

/** All that is needed to go on as if nothing had happened. */
export interface Checkpoint {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly watch: unknown;
  /** The last event of those that the watch has caused. */
  readonly sequence: number;
}

/**
 * Reads sources in turn, a piece of each at a time, judges what has come and keeps the changes of alerts before it reads on.
 * Where they cannot be kept, as on a full disk, it stops reading and tries again, so that nothing is lost.
 */
export class FollowedTraffic {
  private readonly started = Date.now();
  private readonly stopping = new AbortController();
  private readonly faultOf = new Map<string, Fault>();
  private hasEnded = false;
  private bytesSaved = 0;
  private written: Omit<CheckpointState, "fault"> = {written: null, bytes: 0, sequence: 0};
  private writing: Promise<void> | null = null;
  private nextAt: number;

  constructor(private readonly options: FollowOptions) {
    this.nextAt = this.started + options.every;
  }

  /** Settles when all sources have ended or `stop` was called; leaves a checkpoint, and closes the sources. */
  async run(): Promise<void> {
    const {sources, watch} = this.options;
    const open = new Set(sources);
    const keep = (changes: readonly AlertChanged[]) => this.keep(changes);
    try {
      while (open.size > 0 && !this.isStopping) {
        let isIdle = true;
        for (const source of open) {
          if (this.isStopping) break;
          const progress = await source.read(pieceBytes);
          await this.keep(await watch.flush(keep));
          if (progress === "ended") open.delete(source);
          if (progress === "more") isIdle = false;
        }
        this.checkpointWhenDue();
        await (isIdle ? this.sleep(pollMilliseconds) : setImmediate());
      }
      if (open.size === 0) {
        await this.keep(await watch.end(keep));
        this.hasEnded = true;
      }
      await this.writing;
      await this.writeCheckpoint();
    } finally {
      await Promise.all(sources.map((source) => source.close()));
    }
  }

  /** Ends `run` after the piece that is being read. */
  stop(): void {
    this.stopping.abort();
  }

  state(): LiveState {
    const {watch, sources, checkpoint, replay, outputs: told = []} = this.options;
    const speed = replay !== null && Number.isFinite(replay.speed) ? replay.speed : null;
    const states = sources.map((source) => source.state());
    const sourceFaults = states.flatMap(({name, fault, since}) =>
      fault === null ? [] : [{where: name, what: fault, since: since ?? this.started}]
    );
    const outputs = told.map((output) => output.state());
    const outputFaults = told.flatMap((output) => output.fault() ?? []);
    const faults = [...sourceFaults, ...this.faultOf.values(), ...outputFaults].sort((a, b) => a.since - b.since);
    return {
      ...watch.state(),
      started: this.started,
      now: Date.now(),
      version: version(),
      replay: replay === null ? null : {speed, hasEnded: this.hasEnded},
      sources: states,
      checkpoint: checkpoint === null ? null : {...this.written, fault: this.faultOf.get("checkpoint")?.what ?? null},
      outputs,
      faults
    };
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async keep(changes: readonly AlertChanged[]): Promise<void> {
    while (changes.length > 0) {
      try {
        await this.options.events.append(changes);
        this.setFault("alerts", null);
        return;
      } catch (error) {
        this.setFault("alerts", (error as Error).message);
        if (this.isStopping) throw error;
        await this.sleep(retryMilliseconds);
      }
    }
  }

  // Reading goes on while a checkpoint is written: what it holds was copied before.
  private checkpointWhenDue(): void {
    if (this.writing !== null || Date.now() < this.nextAt) return;
    this.nextAt = Date.now() + this.options.every;
    if (this.bytesRead() === this.bytesSaved && !this.faultOf.has("checkpoint")) return;
    this.writing = this.writeCheckpoint().finally(() => {
      this.writing = null;
    });
  }

  private async writeCheckpoint(): Promise<void> {
    const {checkpoint, events, watch, sources} = this.options;
    if (checkpoint === null) return;
    try {
      const sequence = events.settled;
      const bytesRead = this.bytesRead();
      const saved = sources.map((source) => [source.name, source.save()]);
      const start = performance.now();
      const writing = checkpoint({sources: Object.fromEntries(saved), watch: watch.save(), sequence}, events.sync());
      this.nextAt = Date.now() + Math.max(this.options.every, 200 * (performance.now() - start));
      const bytes = await writing;
      events.covered(sequence);
      this.bytesSaved = bytesRead;
      this.written = {written: Date.now(), bytes, sequence};
      this.setFault("checkpoint", null);
    } catch (error) {
      this.setFault("checkpoint", (error as Error).message);
    }
  }

  private bytesRead(): number {
    return this.options.sources.reduce((sum, source) => sum + source.state().bytes, 0);
  }

  private setFault(where: string, what: string | null): void {
    if (what === null) {
      this.faultOf.delete(where);
      return;
    }
    const since = this.faultOf.get(where)?.since ?? Date.now();
    this.faultOf.set(where, {where, what, since});
  }

  private sleep(milliseconds: number): Promise<void> {
    return setTimeout(milliseconds, undefined, {signal: this.stopping.signal}).catch(() => {});
  }
}

const pieceBytes = 2 ** 16;
const pollMilliseconds = 50;
const retryMilliseconds = 500;
