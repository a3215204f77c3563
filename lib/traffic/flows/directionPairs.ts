import {isWellKnown} from "../../formats/capture/services.js";
import {FlowRecord, flowText} from "../../formats/flowRecord.js";
import {restoreState, type SavedState, type Saves, saveState} from "../../savedState.js";

/** Takes a flow and the number of its file. The record holds during the call. */
export type OnFlow = (record: FlowRecord, file: number) => void;

/**
 * Joins the two directions that NetFlow and VPC flow logs count apart. Holds the last 8,192 flows of one direction and looks
 * among them for the partner of each: the same addresses and ports the other way round, TCP or UDP, at the same time or
 * within five seconds, of the same state and label. Both become one flow with bytes each way, handed on where the first
 * stood; flows without a partner are handed on as they are. Order is kept, nothing is lost: flows taken = flows handed on
 * + `joined`. What came first is the client, unless flags or, of two that began within a second, ports tell better.
 */
export class DirectionPairs implements Saves {
  /** Flows that became part of another. */
  joined = 0;
  private readonly held: FlowRecord[] = [];
  private readonly files = new Int32Array(mostHeld);
  /** The clock when each came. */
  private readonly came = new Float64Array(mostHeld);
  private readonly buckets = new Int32Array(mostHeld);
  private readonly heads = new Int32Array(2 * mostHeld).fill(-1);
  private readonly older = new Int32Array(mostHeld);
  private readonly newer = new Int32Array(mostHeld);
  private first = 0;
  private count = 0;

  constructor(private readonly onFlow: OnFlow) {}

  /** Takes a flow of one direction; hands on that which has waited longest. `clock` is what `releaseBefore` goes by. */
  flow(record: FlowRecord, file: number, clock = 0): void {
    const bucket = bucketOf(record);
    const partner = this.partnerOf(record, bucket);
    if (partner >= 0) {
      this.unchain(partner);
      join(this.held[partner]!, record);
      ++this.joined;
      return;
    }
    if (bytesOf(record) > mostBytes) {
      this.end();
      this.onFlow(record, file);
      return;
    }
    if (this.count === mostHeld) this.release();
    const place = (this.first + this.count++) % mostHeld;
    this.held[place] ??= new FlowRecord();
    copy(record, this.held[place]);
    this.files[place] = file;
    this.came[place] = clock;
    if (canJoin(record)) this.chain(place, bucket);
    else this.buckets[place] = -1;
  }

  /** Hands on all that is held. */
  end(): void {
    while (this.count > 0) this.release();
  }

  /** Hands on what came before the clock was there. */
  releaseBefore(clock: number): void {
    while (this.count > 0 && this.came[this.first]! < clock) this.release();
  }

  save(): SavedPairs {
    return {records: this.held.length, state: saveState(this)};
  }

  restore({records, state}: SavedPairs): void {
    while (this.held.length < records) this.held.push(new FlowRecord());
    restoreState(this, state);
  }

  private release(): void {
    const place = this.first;
    this.first = (this.first + 1) % mostHeld;
    --this.count;
    this.unchain(place);
    this.onFlow(this.held[place]!, this.files[place]!);
  }

  private partnerOf(record: FlowRecord, bucket: number): number {
    if (!canJoin(record)) return -1;
    let place = this.heads[bucket]!;
    for (let steps = 0; place >= 0 && steps < mostSteps; ++steps) {
      if (arePartners(this.held[place]!, record)) return place;
      place = this.older[place]!;
    }
    return -1;
  }

  private chain(place: number, bucket: number): void {
    const head = this.heads[bucket]!;
    this.buckets[place] = bucket;
    this.older[place] = head;
    this.newer[place] = -1;
    if (head >= 0) this.newer[head] = place;
    this.heads[bucket] = place;
  }

  private unchain(place: number): void {
    const bucket = this.buckets[place]!;
    if (bucket < 0) return;
    const [older, newer] = [this.older[place]!, this.newer[place]!];
    if (older >= 0) this.newer[older] = newer;
    if (newer >= 0) this.older[newer] = older;
    else this.heads[bucket] = older;
    this.buckets[place] = -1;
  }
}

interface SavedPairs {
  readonly records: number;
  readonly state: SavedState;
}

const mostHeld = 8192;
// Flows of the same addresses and ports that are looked at for a partner.
const mostSteps = 16;
// Bytes of texts that are held of a flow, what a record has room for at first; one with more is not joined.
const mostBytes = 1024;
const mostPause = 5000;
const {source, destination, state, label} = flowText;

function canJoin(record: FlowRecord): boolean {
  const {protocol, sourcePort, destinationPort, time} = record;
  return (protocol === 6 || protocol === 17) && sourcePort >= 0 && destinationPort >= 0 && Number.isFinite(time);
}

function arePartners(a: FlowRecord, b: FlowRecord): boolean {
  return (
    a.sourcePort === b.destinationPort &&
    a.destinationPort === b.sourcePort &&
    a.protocol === b.protocol &&
    a.time - mostPause <= endOf(b) &&
    b.time - mostPause <= endOf(a) &&
    isSameText(a, source, b, destination) &&
    isSameText(a, destination, b, source) &&
    isSameText(a, state, b, state) &&
    isSameText(a, label, b, label)
  );
}

function bytesOf({starts, ends}: FlowRecord): number {
  let bytes = 0;
  for (let text = 0; text < starts.length; ++text) bytes += ends[text]! - starts[text]!;
  return bytes;
}

/** When a flow ended, UTC milliseconds: when it began, where its log does not say. */
export function endOf({time, duration}: FlowRecord): number {
  return duration > 0 ? time + 1000 * duration : time;
}

function isSameText(a: FlowRecord, textA: number, b: FlowRecord, textB: number): boolean {
  const startA = a.starts[textA]!;
  const startB = b.starts[textB]!;
  const length = a.ends[textA]! - startA;
  if (length !== b.ends[textB]! - startB) return false;
  for (let i = 0; i < length; ++i) if (a.bytes[startA + i] !== b.bytes[startB + i]) return false;
  return true;
}

// a sum of both ends, so that both directions have the same
function bucketOf(record: FlowRecord): number {
  const hash = endHash(record, source, record.sourcePort) + endHash(record, destination, record.destinationPort);
  return (hash ^ (hash >>> 15)) & (2 * mostHeld - 1);
}

function endHash(record: FlowRecord, text: number, port: number): number {
  let hash = Math.imul(port | 0, 0x9e3779b1);
  for (let i = record.starts[text]!; i < record.ends[text]!; ++i) {
    hash = Math.imul(hash ^ record.bytes[i]!, 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}

function copy(from: FlowRecord, to: FlowRecord): void {
  to.begin();
  let end = 0;
  for (let text = 0; text < from.starts.length; ++text) {
    to.starts[text] = end;
    for (let i = from.starts[text]!; i < from.ends[text]!; ++i) to.bytes[end++] = from.bytes[i]!;
    to.ends[text] = end;
  }
  to.line = from.line;
  to.time = from.time;
  to.duration = from.duration;
  to.protocol = from.protocol;
  to.sourcePort = from.sourcePort;
  to.destinationPort = from.destinationPort;
  to.sourcePackets = from.sourcePackets;
  to.sourceBytes = from.sourceBytes;
  to.destinationPackets = from.destinationPackets;
  to.destinationBytes = from.destinationBytes;
  to.sourceFlags = from.sourceFlags;
  to.destinationFlags = from.destinationFlags;
  to.isOneWay = from.isOneWay;
  to.isAlerted = from.isAlerted;
}

function join(held: FlowRecord, other: FlowRecord): void {
  const isForward = isFromClient(held, other);
  const start = Math.min(held.time, other.time);
  const end = Math.max(endOf(held), endOf(other));
  held.duration = Number.isNaN(held.duration) && Number.isNaN(other.duration) ? Number.NaN : (end - start) / 1000;
  held.time = start;
  if (isForward) {
    held.destinationPackets = other.sourcePackets;
    held.destinationBytes = other.sourceBytes;
    held.destinationFlags = other.sourceFlags;
  } else {
    held.destinationPackets = held.sourcePackets;
    held.destinationBytes = held.sourceBytes;
    held.destinationFlags = held.sourceFlags;
    held.sourcePackets = other.sourcePackets;
    held.sourceBytes = other.sourceBytes;
    held.sourceFlags = other.sourceFlags;
    [held.sourcePort, held.destinationPort] = [held.destinationPort, held.sourcePort];
    for (const ends of [held.starts, held.ends]) {
      [ends[source], ends[destination]] = [ends[destination]!, ends[source]!];
    }
  }
  held.isOneWay = false;
  if (other.isAlerted !== undefined) held.isAlerted = other.isAlerted || held.isAlerted;
}

function isFromClient(a: FlowRecord, b: FlowRecord): boolean {
  const isSyn = isOnlySyn(a.sourceFlags);
  if (isSyn !== isOnlySyn(b.sourceFlags)) return isSyn;
  if (Math.abs(a.time - b.time) > 1000) return a.time < b.time;
  const isToSystem = a.destinationPort < 1024;
  if (isToSystem !== a.sourcePort < 1024) return isToSystem;
  const isToService = isWellKnown(a.destinationPort);
  if (isToService !== isWellKnown(a.sourcePort)) return isToService;
  return a.time <= b.time;
}

function isOnlySyn(flags: number): boolean {
  return (flags & 0x12) === 0x02;
}
