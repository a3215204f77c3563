import {mkdir, readdir} from "node:fs/promises";
import {join} from "node:path";
import type {Alert, AlertChanged, AlertEvent} from "../../live/alert.js";
import type {AlertEvents} from "./alertEvents.js";
import {AwaitedEvents} from "./awaitedEvents.js";
import {EventSegment, idParts} from "./eventSegment.js";
import {syncFolder} from "./syncFolder.js";
import {writeFault} from "./writeFault.js";

export interface EventLogOptions {
  /** The sequence that the checkpoint covers from which the watch goes on; 0 by default. */
  readonly covered?: number;
  /** At most how many events are kept, in how many files, of about how many bytes: 100,000 in 10 of 256 MB by default. */
  readonly events?: number;
  readonly files?: number;
  readonly bytes?: number;
  /** Is told of what is damaged. */
  readonly warn?: (message: string) => void;
}

/**
 * The changes of alerts as JSON lines in files of a folder, written before anybody is told. The oldest file goes when there are
 * too many events. A change that was written after the last checkpoint, and comes again as the watch goes on from there, is
 * recognised by its key.
 */
export class EventLog implements AlertEvents {
  private segments: EventSegment[] = [];
  private readonly awaited = new AwaitedEvents();
  private readonly listeners = new Set<(event: AlertEvent) => void>();
  private next = 1;
  private work: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly options: Required<Omit<EventLogOptions, "covered">>
  ) {}

  /** Opens the log in a folder, which is made if there is none. Throws an InputError where that is not possible. */
  static async open(folder: string, options: EventLogOptions = {}): Promise<EventLog> {
    const {covered = 0, events = 100_000, files = 10, bytes = 2 ** 28, warn = () => {}} = options;
    const log = new EventLog(folder, {events, files, bytes, warn});
    try {
      await mkdir(folder, {recursive: true});
      await log.load(covered);
    } catch (error) {
      throw writeFault(error, folder);
    }
    return log;
  }

  get first(): number {
    return this.segments.find(({count}) => count > 0)?.sequence(0) ?? this.next;
  }

  get last(): number {
    return this.next - 1;
  }

  /**
   * The sequence that a checkpoint taken now covers: `last`, but after a crash less, as long as there are events that were
   * written before it and may come again.
   */
  get settled(): number {
    const {first} = this.awaited;
    return first === null ? this.last : first - 1;
  }

  /**
   * Writes changes and calls the listeners with those that are new, which it returns. Throws an InputError where they cannot be
   * written; none of them is then, and the same changes may be tried again. What is written survives the end of this process at
   * once, and that of the machine after `sync`.
   */
  append(changes: readonly AlertChanged[]): Promise<AlertEvent[]> {
    return this.inTurn(async () => {
      const {fresh, known} = this.awaited.tell(changes);
      const events = fresh.map(({what, alert}, i) => ({sequence: this.next + i, what, alert}));
      if (events.length > 0) await this.write(events);
      this.awaited.remove(known);
      if (changes.length > 0) this.awaited.removeBefore(changes.at(-1)!);
      for (const event of events) this.tell(event);
      return events;
    });
  }

  /** Waits until all that was appended is on the disk; to be done before a checkpoint that covers it is written. */
  sync(): Promise<void> {
    return this.inTurn(async () => {
      await this.segments.at(-1)?.sync();
    });
  }

  /** A checkpoint has been written that covers all up to this sequence, which was `settled` when it was taken. */
  covered(sequence: number): void {
    this.awaited.removeTo(sequence);
  }

  /** Of at most 8 MB at once: fewer than `limit` do not tell that these are all, but none does. */
  async after(sequence: number, limit: number): Promise<AlertEvent[]> {
    if (limit < 1) return [];
    for (const segment of [...this.segments]) {
      for (let from = segment.find(sequence + 1); from < segment.count; ) {
        const to = from + segment.countWithin(from, limit, mostBytes);
        const events = await this.read(segment, from, to);
        if (events.length > 0) return events;
        from = to;
      }
    }
    return [];
  }

  /** Of at most 8 MB at once: fewer than `limit` do not tell that these are all, but none does. */
  async before(sequence: number, limit: number): Promise<AlertEvent[]> {
    if (limit < 1) return [];
    for (const segment of [...this.segments].reverse()) {
      for (let to = segment.find(sequence); to > 0; ) {
        const from = to - segment.countUntil(to, limit, mostBytes);
        const events = await this.read(segment, from, to);
        if (events.length > 0) return events.reverse();
        to = from;
      }
    }
    return [];
  }

  async find(id: string): Promise<Alert | null> {
    const parts = idParts(id);
    if (parts === null) return null;
    for (const segment of [...this.segments].reverse()) {
      const entry = segment.lastOf(...parts);
      const [event] = entry < 0 ? [] : await this.read(segment, entry, entry + 1);
      if (event !== undefined) return event.alert;
    }
    return null;
  }

  subscribe(listener: (event: AlertEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Waits until all that was appended is on the disk, and lets go of the files. */
  close(): Promise<void> {
    return this.inTurn(async () => {
      await this.segments.at(-1)?.sync();
      await this.segments.at(-1)?.close();
    });
  }

  private async load(covered: number): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => fileName.test(name)).sort();
    for (const name of names) {
      const path = join(this.folder, name);
      // A file that has lost its events still tells that there were some.
      this.next = Math.max(this.next, Number(fileName.exec(name)![1]));
      const {segment, damaged} = await EventSegment.read(path, this.next);
      this.warnOf(damaged, path);
      this.segments.push(segment);
      if (segment.count > 0) this.next = segment.sequence(segment.count - 1) + 1;
    }
    for (const segment of this.segments) await this.awaitAfter(segment, covered);
    this.next = Math.max(this.next, covered + 1);
    await this.removeOld();
  }

  private async awaitAfter(segment: EventSegment, covered: number): Promise<void> {
    const whole = new Set<number>();
    for (let from = segment.find(covered + 1); from < segment.count; ) {
      const to = from + segment.countWithin(from, segment.count, mostBytes);
      for (const event of await segment.events(from, to)) {
        this.awaited.add(event.sequence, event);
        whole.add(event.sequence);
      }
      from = to;
    }
    this.warnOf(
      segment.keepWhere((sequence) => sequence <= covered || whole.has(sequence)),
      segment.path
    );
  }

  private warnOf(damaged: number, path: string): void {
    if (damaged > 0) this.options.warn(`${path}: ${damaged} damaged line${damaged === 1 ? " is" : "s are"} left out`);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.work.then(work);
    this.work = done.catch(() => {});
    return done;
  }

  private async write(events: readonly AlertEvent[]): Promise<void> {
    const segment = await this.segmentToWrite();
    await segment.append(events);
    this.next += events.length;
    await this.removeOld();
  }

  private async segmentToWrite(): Promise<EventSegment> {
    const {events, files, bytes} = this.options;
    if (await this.segments.at(-1)?.isRemoved()) await this.beginAgain();
    const latest = this.segments.at(-1);
    const isFull = latest !== undefined && (latest.count >= events / files || latest.bytes >= bytes / files);
    if (latest !== undefined && (!isFull || latest.count === 0)) return latest;
    await latest?.sync();
    const name = `events-${String(this.next).padStart(16, "0")}.jsonl`;
    const segment = await EventSegment.create(join(this.folder, name));
    await syncFolder(this.folder);
    await latest?.close();
    this.segments.push(segment);
    return segment;
  }

  // Somebody has emptied the folder.
  private async beginAgain(): Promise<void> {
    await this.segments.at(-1)!.close();
    this.segments = [];
    await mkdir(this.folder, {recursive: true}).catch(() => {});
  }

  private async removeOld(): Promise<void> {
    const {events, bytes} = this.options;
    const isTooMuch = () =>
      this.segments.reduce((sum, {count}) => sum + count, 0) > events ||
      this.segments.reduce((sum, segment) => sum + segment.bytes, 0) > bytes;
    while (this.segments.length > 1 && isTooMuch()) {
      // What cannot be removed now is when the log is opened again.
      await this.segments
        .shift()!
        .remove()
        .catch(() => {});
    }
    this.awaited.removeTo(this.first - 1);
  }

  // A listener that fails must not make an event that has been written look as if it had not.
  private tell(event: AlertEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  private async read(segment: EventSegment, from: number, to: number): Promise<AlertEvent[]> {
    try {
      return await segment.events(from, to);
    } catch (error) {
      // The oldest file may go while it is read.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }
}

const mostBytes = 2 ** 23;
const fileName = /^events-(\d{16})\.jsonl$/;
