import type {RequestRecord} from "../../formats/requestRecord.js";
import type {Agent} from "./agent.js";
import type {RequestFacts} from "./requestFacts.js";

/**
 * Requests that wait to be handed on in the order of their times. Log lines are written when a request ends, so that they
 * are late by as long as it took; a request waits until the newest time seen is `tolerance` ahead of it. Those of one second
 * wait in one bucket, so that neither lateness nor load costs more than a few steps a request.
 *
 * `add` gives a free entry, which is free again when its delivery has returned.
 */
export class Arrivals {
  /** Texts that may become those of a session, null where they will not. */
  readonly target: (string | null)[] = [];
  readonly host: (string | null)[] = [];
  /** The agent, where a client may have several. */
  readonly agent: Agent[] = [];

  /** The newest time handed over so far. */
  newest = Number.NEGATIVE_INFINITY;
  /** All of this second, and what was before it, has been delivered. */
  private delivered = Number.NEGATIVE_INFINITY;
  private waiting = 0;
  /** The numbers of an entry stand together, so that each takes one line of the cache. */
  private values: Float64Array = new Float64Array(firstCapacity * stride);
  private next: Int32Array = new Int32Array(firstCapacity);
  private free = -1;
  private used = 0;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;

  /** Tolerance in milliseconds, up to an hour. `deliver` takes entries in ascending time, equal times as they were added. */
  constructor(
    private readonly tolerance: number,
    private readonly deliver: (entry: number) => void
  ) {
    const buckets = 2 ** Math.ceil(Math.log2(tolerance / 1000 + 3));
    this.heads = new Int32Array(buckets).fill(-1);
    this.tails = new Int32Array(buckets).fill(-1);
  }

  time(entry: number): number {
    return this.values[entry * stride]!;
  }

  line(entry: number): number {
    return this.values[entry * stride + 1]!;
  }

  file(entry: number): number {
    return this.values[entry * stride + 2]!;
  }

  /** Whose request it is. */
  client(entry: number): number {
    return this.values[entry * stride + 3]!;
  }

  size(entry: number): number {
    return this.values[entry * stride + 4]!;
  }

  /** The hash of its path, the bits of its facts, and the length of its target. */
  path(entry: number): number {
    return this.values[entry * stride + 5]!;
  }

  bits(entry: number): number {
    return this.values[entry * stride + 6]!;
  }

  length(entry: number): number {
    return this.values[entry * stride + 7]!;
  }

  set(
    entry: number,
    client: number,
    time: number,
    file: number,
    {line, size}: RequestRecord,
    facts: RequestFacts
  ): void {
    const {values} = this;
    const o = entry * stride;
    values[o] = time;
    values[o + 1] = line;
    values[o + 2] = file;
    values[o + 3] = client;
    values[o + 4] = size;
    values[o + 5] = facts.path;
    values[o + 6] = facts.bits;
    values[o + 7] = facts.length;
  }

  /** Everything before this time has been delivered. */
  get horizon(): number {
    return 1000 * (this.delivered + 1);
  }

  /** Whether a request of this time comes too late to be handed on in order. */
  isLate(time: number): boolean {
    return Math.floor(time / 1000) <= this.delivered;
  }

  /** Moves the newest time forward, and delivers what has waited long enough. */
  advance(time: number): void {
    if (!(time > this.newest)) return;
    const until = Math.floor((time - this.tolerance) / 1000) - 1;
    if (until > this.delivered) this.deliverUntil(until);
    this.newest = time;
  }

  /** Delivers all that waits. */
  flush(): void {
    if (this.waiting > 0) this.deliverUntil(Math.floor(this.newest / 1000));
  }

  /** Forgets the times seen, after a flush: the next request may be of any time. */
  restart(): void {
    this.newest = this.delivered = Number.NEGATIVE_INFINITY;
  }

  /** A free entry, to be filled and then given to `wait` or `deliverNow`. Delivers the oldest where too many wait. */
  add(): number {
    if (this.waiting === mostWaiting) this.deliverOldest();
    const entry = this.free;
    if (entry < 0) {
      if (this.used === this.next.length) this.grow();
      this.target[this.used] = this.host[this.used] = null;
      return this.used++;
    }
    this.free = this.next[entry]!;
    return entry;
  }

  /** Lets an entry wait that is not late. */
  wait(entry: number): void {
    const bucket = this.bucketOf(Math.floor(this.time(entry) / 1000));
    this.next[entry] = -1;
    if (this.heads[bucket]! < 0) this.heads[bucket] = entry;
    else this.next[this.tails[bucket]!] = entry;
    this.tails[bucket] = entry;
    ++this.waiting;
  }

  /** Delivers an entry that is late. */
  deliverNow(entry: number): void {
    this.deliver(entry);
    this.release(entry);
  }

  private deliverUntil(second: number): void {
    for (let i = this.firstWaiting(); i <= second && this.waiting > 0; ++i) this.deliverSecond(i);
    this.delivered = second;
  }

  private deliverOldest(): void {
    let second = this.firstWaiting();
    while (this.heads[this.bucketOf(second)]! < 0) ++second;
    this.deliverUntil(second);
  }

  // No request waits that is of an earlier second.
  private firstWaiting(): number {
    return Math.max(this.delivered + 1, Math.floor(this.newest / 1000) - this.heads.length + 1);
  }

  private deliverSecond(second: number): void {
    const bucket = this.bucketOf(second);
    let entry = this.heads[bucket]!;
    if (entry < 0) return;
    this.heads[bucket] = -1;
    this.delivered = second;
    for (entry = this.ordered(entry); entry >= 0; ) {
      const next = this.next[entry]!;
      --this.waiting;
      this.deliver(entry);
      this.release(entry);
      entry = next;
    }
  }

  // The head of the same list with its times in order.
  private ordered(head: number): number {
    const {next} = this;
    let last = head;
    for (;;) {
      const following = next[last]!;
      if (following < 0) return head;
      if (this.time(following) < this.time(last)) break;
      last = following;
    }
    const entries: number[] = [];
    for (let entry = head; entry >= 0; entry = next[entry]!) entries.push(entry);
    entries.sort((a, b) => this.time(a) - this.time(b));
    for (let i = 0; i < entries.length; ++i) next[entries[i]!] = entries[i + 1] ?? -1;
    return entries[0]!;
  }

  private release(entry: number): void {
    this.target[entry] = this.host[entry] = null;
    this.next[entry] = this.free;
    this.free = entry;
  }

  // Seconds that may wait together differ by less than the number of buckets, a power of two.
  private bucketOf(second: number): number {
    return second & (this.heads.length - 1);
  }

  private grow(): void {
    const {values, next} = this;
    this.values = new Float64Array(2 * values.length);
    this.values.set(values);
    this.next = new Int32Array(2 * next.length);
    this.next.set(next);
  }
}

const firstCapacity = 1024;
const stride = 8;

/** Requests that wait at most; where a log has more within the tolerance, it is less. */
const mostWaiting = 2 ** 17;
