import {setTimeout} from "node:timers/promises";
import type {AlertEvent} from "../../../live/alert.js";
import type {Fault, OutputState} from "../../../live/liveState.js";
import type {AlertEvents} from "../alertEvents.js";
import {type Cursor, cursorPath, readCursor, writeCursor} from "./cursor.js";
import {DeliveryFault, type Output, type Told} from "./output.js";
import {Silence} from "./silence.js";

export interface DeliveryOptions {
  /** The state folder. */
  readonly folder: string;
  /** Minutes of the traffic’s time in which no second alert of a client is told; 15 by default, 0 for none. */
  readonly silence?: number;
  /** The first wait after a failure, doubled after each further one, and the longest; milliseconds, by default 1 s and 5 min. */
  readonly firstWait?: number;
  readonly longestWait?: number;
  /** After how many refusals an event is given up; 8 by default. */
  readonly refusals?: number;
  /** In [0, 1): spreads attempts of several senders. */
  readonly random?: () => number;
  /** Is told what is lost. */
  readonly warn?: (message: string) => void;
}

/**
 * Tells an output what the event log holds, in order, from where it was the last time. What fails is tried again, with waits that
 * grow, until it works; nothing is held in memory meanwhile. An event is given up only where the receiver refuses that very event
 * again and again, and that is counted; so are those that left the log before they could be told.
 */
export class Delivery {
  private readonly stopping = new AbortController();
  private readonly done: Promise<void>;
  private readonly faults = new DeliveryFaults();
  private isSaved = true;
  private wake: () => void = () => {};

  private constructor(
    private readonly output: Output,
    private readonly events: AlertEvents,
    private readonly options: Required<DeliveryOptions>,
    private readonly path: string,
    private readonly silence: Silence,
    private cursor: Omit<Cursor, "silence">
  ) {
    const unsubscribe = events.subscribe(() => this.wake());
    this.done = this.run().finally(unsubscribe);
  }

  /** Begins to deliver. Throws an InputError where the state folder cannot be written or the output must not be written to. */
  static async open(output: Output, events: AlertEvents, options: DeliveryOptions): Promise<Delivery> {
    const all = withDefaults(options);
    const path = cursorPath(all.folder, output);
    const saved = await readCursor(path);
    // Sequences that the log has lost are given again.
    const known = saved === null ? null : Math.min(saved.sequence, events.last);
    const sequence = await startOf(output, known, events);
    const {silenced = 0, lost = 0} = saved ?? {};
    // What an output knows to have been told after the cursor was last saved.
    const delivered = (saved?.delivered ?? 0) + Math.max(0, sequence - (known ?? sequence));
    const silence = new Silence(60_000 * all.silence, saved?.silence);
    const cursor = {sequence, delivered, silenced, lost};
    await writeCursor(path, {...cursor, silence: silence.save()});
    return new Delivery(output, events, all, path, silence, cursor);
  }

  state(): OutputState {
    const {name, kind} = this.output;
    const {sequence, delivered, silenced, lost} = this.cursor;
    const waiting = Math.max(0, this.events.last - sequence);
    return {name, kind, sequence, waiting, delivered, silenced, lost, fault: this.faults.latest?.what ?? null};
  }

  /** What goes on being wrong; null when nothing is. */
  fault(): Fault | null {
    const {latest} = this.faults;
    return latest === null ? null : {where: this.output.name, ...latest};
  }

  /** Tells what waits, for at most so many milliseconds, then stops. */
  async close(patience = 2000): Promise<void> {
    const end = Date.now() + patience;
    const isBusy = () => this.state().fault === null && (this.state().waiting > 0 || !this.isSaved);
    while (isBusy() && Date.now() < end) await setTimeout(10);
    this.stopping.abort();
    this.wake();
    await this.done;
    await this.output.close();
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.isStopping; ) {
      try {
        const isIdle = !(await this.step());
        this.faults.set("own", null);
        failures = 0;
        if (isIdle) await this.more();
      } catch (error) {
        this.faults.set("own", (error as Error).message);
        await this.wait(++failures);
      }
    }
  }

  // Waits for an event; those that have come since the log was read are not missed.
  private async more(): Promise<void> {
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    if (this.state().waiting === 0 && !this.isStopping) await woken;
  }

  // Whether there was anything to do.
  private async step(): Promise<boolean> {
    await this.save();
    // Taken before the log is read: what is missing up to here is missing for good.
    const {last} = this.events;
    const batch = withoutGap(await this.events.after(this.cursor.sequence, mostAtOnce));
    const next = batch[0]?.sequence ?? last + 1;
    if (next > this.cursor.sequence + 1) this.skip(next - 1);
    if (batch.length === 0) return false;
    if (this.output.tells === "events") {
      if (await this.tell(batch.map((event) => ({event, silenced: 0})))) await this.save();
      return true;
    }
    for (const event of batch) if (!(await this.tellAlert(event))) return true;
    await this.save();
    return true;
  }

  private skip(to: number): void {
    const lost = to - this.cursor.sequence;
    this.moveTo(to, {lost: this.cursor.lost + lost});
    this.options.warn(`${this.output.name}: ${lost} events are no longer kept and could not be told`);
  }

  // Whether it is dealt with. Where it is not, the silence already takes it for told, and must not be saved.
  private async tellAlert(event: AlertEvent): Promise<boolean> {
    const decision = this.silence.take(event);
    if (!decision.tell) {
      this.moveTo(event.sequence, {silenced: this.cursor.silenced + Number(decision.isSilenced)});
      return !this.isStopping;
    }
    if (!(await this.tell([{event, silenced: decision.silenced}]))) return false;
    // At once, as the receiver would be told again.
    await this.save();
    return true;
  }

  // Whether they are told or given up; not when nothing more is to be done.
  private async tell(told: readonly Told[]): Promise<boolean> {
    const {name} = this.output;
    const {sequence} = told.at(-1)!.event;
    // An output waits for a signal that comes, not for one that has come.
    for (let failures = 0, refusals = 0; !this.isStopping; ) {
      try {
        await this.output.deliver(told, this.stopping.signal);
        this.faults.set("output", null);
        this.moveTo(sequence, {delivered: this.cursor.delivered + told.length});
        return true;
      } catch (error) {
        if (this.isStopping) return false;
        const {message} = error as Error;
        const {wait, isRefused = false} = error instanceof DeliveryFault ? error.more : {};
        if (isRefused && ++refusals >= this.options.refusals) {
          this.options.warn(`${name}: event ${sequence} is given up after ${refusals} attempts: ${message}`);
          this.faults.set("output", `event ${sequence} was given up: ${message}`);
          this.moveTo(sequence, {lost: this.cursor.lost + told.length});
          return true;
        }
        this.faults.set("output", message);
        await this.wait(++failures, wait);
      }
    }
    return false;
  }

  private moveTo(sequence: number, counts: Partial<Cursor>): void {
    this.cursor = {...this.cursor, ...counts, sequence};
    this.isSaved = false;
  }

  private async save(): Promise<void> {
    if (this.isSaved) return;
    await writeCursor(this.path, {...this.cursor, silence: this.silence.save()});
    this.isSaved = true;
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  // Half of the wait is left to chance, so that senders that failed together do not come back together.
  private async wait(failures: number, asked = 0): Promise<void> {
    const {firstWait, longestWait, random} = this.options;
    const grown = Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 30)) * (0.5 + random() / 2);
    const milliseconds = Math.max(grown, Math.min(asked, longestAsked));
    await setTimeout(milliseconds, undefined, {signal: this.stopping.signal}).catch(() => {});
  }
}

/** What is wrong: `own` with the log or the state folder, `output` with the receiver; and since when. */
class DeliveryFaults {
  private readonly faults = new Map<"own" | "output", {what: string; since: number}>();

  get latest(): {what: string; since: number} | null {
    return this.faults.get("own") ?? this.faults.get("output") ?? null;
  }

  set(of: "own" | "output", what: string | null): void {
    if (what === null) this.faults.delete(of);
    else this.faults.set(of, {what, since: this.faults.get(of)?.since ?? Date.now()});
  }
}

async function startOf(output: Output, known: number | null, events: AlertEvents): Promise<number> {
  try {
    return output.start === undefined ? (known ?? events.last) : await output.start(known, events);
  } catch (error) {
    await output.close();
    throw error;
  }
}

// Up to the first sequence that is missing.
function withoutGap(batch: readonly AlertEvent[]): readonly AlertEvent[] {
  const end = batch.findIndex(({sequence}, i) => sequence !== batch[0]!.sequence + i);
  return end < 0 ? batch : batch.slice(0, end);
}

const mostAtOnce = 500;
// What a receiver may ask for at most, an hour.
const longestAsked = 3_600_000;

function withDefaults(options: DeliveryOptions): Required<DeliveryOptions> {
  const {folder, silence = 15, firstWait = 1000, longestWait = 300_000, refusals = 8} = options;
  const {random = Math.random, warn = () => {}} = options;
  return {folder, silence, firstWait, longestWait, refusals, random, warn};
}
