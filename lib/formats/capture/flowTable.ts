import type {FlowRecord} from "../flowRecord.js";
import {FlowIndex, swapPorts} from "./flowIndex.js";
import {FlowQueues} from "./flowQueues.js";
import {ack, fin, rst, syn} from "./flowState.js";
import {FlowWriter} from "./flowWriter.js";
import {
  bytesAt,
  firstAt,
  flagsAt,
  flowNumbers,
  flowWords,
  hashAt,
  initialAt,
  keyAt,
  lastAt,
  lineAt,
  OpenFlows,
  packetsAt,
  queueAt,
  seenAt
} from "./openFlows.js";
import {hasPorts, keyWords, type Packet, portsAt, protocolAt} from "./packet.js";
import {isWellKnown} from "./services.js";

/** When flows close, in seconds of the capture’s time, and how many are open at most. */
export interface FlowTableOptions {
  /** Silence that closes a TCP flow, by default 300. */
  readonly tcpIdle?: number;
  /** Silence that closes any other flow, by default 60. */
  readonly otherIdle?: number;
  /** Silence that closes a TCP flow which both sides have ended or one has reset, by default 5. */
  readonly linger?: number;
  /** How long a flow is before it is handed over and goes on as another of the same source, by default 1,800. */
  readonly active?: number;
  /** By default 2^18, which take 36 MiB; one more closes the one that was seen longest ago. */
  readonly mostOpen?: number;
}

/**
 * Assembles packets into flows of both directions: what has the same addresses, ports and protocol without too long a
 * silence, of TCP within one connection, so far as the sequence number of a SYN tells. The source is who sends the SYN or is
 * sent the SYN ACK; without these, who sends first, unless only that port is one of servers.
 *
 * Whether a silence was too long depends on the flow’s own packets alone, so that interfaces whose clocks differ may mix.
 * Flows are handed over when they close: in the order of their last packets, and at the end in the order of their first.
 */
export class FlowTable {
  private readonly flows = new OpenFlows();
  private readonly queues = new FlowQueues(this.flows, 3);
  private readonly writer = new FlowWriter();
  private index: FlowIndex | undefined;
  private readonly idle: Float64Array;
  private readonly active: number;
  private readonly mostOpen: number;
  private clock = Number.NEGATIVE_INFINITY;
  private previousTime: number | undefined;

  constructor(
    private readonly onFlow: (record: FlowRecord) => void,
    {tcpIdle = 300, otherIdle = 60, linger = 5, active = 1800, mostOpen = 2 ** 18}: FlowTableOptions = {}
  ) {
    this.idle = Float64Array.of(1000 * linger, 1000 * otherIdle, 1000 * tcpIdle);
    this.active = 1000 * active;
    this.mostOpen = mostOpen;
  }

  /** Counts a packet, which has a key; `line` is its number within the file. */
  add(packet: Packet, line: number): void {
    const {key, time} = packet;
    this.advance(time);
    // Who captures decides the time to the microsecond, not who sends.
    this.index ??= new FlowIndex(this.flows, (4096 * time) | 0);
    const hash = this.index.hashOf(key);
    let flow = this.index.find(key, hash);
    let direction = this.index.direction;
    if (flow >= 0 && this.isOver(flow, direction, packet)) {
      this.close(flow);
      flow = -1;
    }
    if (flow < 0) {
      direction = isFromDestination(packet) ? 1 : 0;
      flow = this.open(packet, hash, direction);
      this.begin(flow, time, line);
    } else if (time - this.flows.numbers[flowNumbers * flow + firstAt]! > this.active) {
      this.write(flow);
      this.begin(flow, time, line);
    }
    this.count(flow, direction, packet);
  }

  /** Closes all flows. */
  end(): void {
    const open = new Float64Array(this.flows.count);
    let count = 0;
    for (let queue = 0; queue < this.queues.count; ++queue) {
      for (let flow = this.queues.first(queue); flow >= 0; flow = this.queues.after(flow)) {
        // Sorts by the packet, and keeps the flow: exact up to 2^53.
        open[count++] = this.flows.numbers[flowNumbers * flow + lineAt]! * this.mostOpen + flow;
      }
    }
    open.sort();
    for (const both of open) this.close(both % this.mostOpen);
  }

  /**
   * Closes flows that have been silent for too long. The clock is the latest time that two packets in a row have reached:
   * one wrong time closes nothing, and it never goes back.
   */
  private advance(time: number): void {
    const reached = Math.min(time, this.previousTime ?? time);
    this.previousTime = time;
    if (reached <= this.clock) return;
    this.clock = reached;
    const {numbers} = this.flows;
    for (let queue = 0; queue < this.queues.count; ++queue) {
      const before = reached - this.idle[queue]!;
      for (let flow = this.queues.first(queue); flow >= 0; flow = this.queues.first(queue)) {
        if (numbers[flowNumbers * flow + seenAt]! >= before) break;
        // Its packet may have been the first after a pause, which the clock followed only now.
        if (numbers[flowNumbers * flow + lastAt]! >= before) this.queues.move(flow, queue, reached);
        else this.close(flow);
      }
    }
  }

  /** Whether a packet of an open flow belongs to another that begins: after a silence, or by the SYN of a new connection. */
  private isOver(flow: number, direction: 0 | 1, {time, flags, key, sequence}: Packet): boolean {
    const {words, numbers} = this.flows;
    const at = flowWords * flow;
    const silence = Math.abs(time - numbers[flowNumbers * flow + lastAt]!);
    if (silence > this.idle[words[at + queueAt]!]!) return true;
    if ((flags & (syn | ack)) !== syn || !isTcp(key)) return false;
    const [own, other] = [words[at + flagsAt]! >>> (8 * direction), words[at + flagsAt]! >>> (8 - 8 * direction)];
    if ((own & syn) !== 0) return words[at + initialAt + direction] !== sequence[0];
    return words[at + packetsAt + direction] !== 0 || (other & syn) === 0;
  }

  private open({key}: Packet, hash: number, direction: 0 | 1): number {
    if (this.flows.count >= this.mostOpen) this.close(this.longestIdle());
    const flow = this.flows.open();
    const {words} = this.flows;
    const at = flowWords * flow;
    const sourceFrom = 4 * direction;
    for (let i = 0; i < 4; ++i) {
      words[at + keyAt + i] = key[sourceFrom + i]!;
      words[at + keyAt + 4 + i] = key[4 - sourceFrom + i]!;
    }
    words[at + keyAt + portsAt] = direction === 0 ? key[portsAt]! : swapPorts(key[portsAt]!);
    words[at + keyAt + protocolAt] = key[protocolAt]!;
    words[at + hashAt] = hash;
    this.index!.add(flow);
    this.queues.add(flow, queueOf.other, this.clock);
    return flow;
  }

  /** Sets all that is counted to nothing. */
  private begin(flow: number, time: number, line: number): void {
    const {words, numbers} = this.flows;
    const at = flowNumbers * flow;
    numbers[at + firstAt] = numbers[at + lastAt] = time;
    numbers[at + lineAt] = line;
    numbers[at + bytesAt] = numbers[at + bytesAt + 1] = 0;
    words.fill(0, flowWords * flow + keyAt + keyWords, flowWords * flow + hashAt);
  }

  private count(flow: number, direction: 0 | 1, {time, length, key, flags, sequence}: Packet): void {
    const {words, numbers} = this.flows;
    const at = flowWords * flow;
    const numbersAt = flowNumbers * flow;
    if (time > numbers[numbersAt + lastAt]!) numbers[numbersAt + lastAt] = time;
    else if (time < numbers[numbersAt + firstAt]!) numbers[numbersAt + firstAt] = time;
    numbers[numbersAt + bytesAt + direction]! += length;
    words[at + packetsAt + direction]! += 1;
    let queue: number = queueOf.other;
    if (isTcp(key)) {
      if ((flags & syn) !== 0) words[at + initialAt + direction] = sequence[0]!;
      let all = words[at + flagsAt]! | (flags << (8 * direction));
      if ((flags & rst) !== 0 && all >>> 16 === 0) all |= (1 + direction) << 16;
      words[at + flagsAt] = all;
      queue = all >>> 16 !== 0 || (all & (all >>> 8) & fin) !== 0 ? queueOf.ending : queueOf.tcp;
    }
    this.queues.move(flow, queue, this.clock);
  }

  private longestIdle(): number {
    let longest = -1;
    let seen = Number.POSITIVE_INFINITY;
    for (let queue = 0; queue < this.queues.count; ++queue) {
      const flow = this.queues.first(queue);
      if (flow < 0 || !(this.flows.numbers[flowNumbers * flow + seenAt]! < seen)) continue;
      longest = flow;
      seen = this.flows.numbers[flowNumbers * flow + seenAt]!;
    }
    return longest;
  }

  private close(flow: number): void {
    this.write(flow);
    this.index!.delete(flow);
    this.queues.delete(flow);
    this.flows.close(flow);
  }

  private write(flow: number): void {
    this.onFlow(this.writer.write(this.flows, flow));
  }
}

/** The queues, by which timeout closes their flows. */
const queueOf = {ending: 0, other: 1, tcp: 2} as const;

function isTcp(key: Uint32Array): boolean {
  return (key[protocolAt]! & 255) === 6;
}

function isFromDestination({key, flags}: Packet): boolean {
  if ((flags & syn) !== 0) return (flags & ack) !== 0;
  if ((key[protocolAt]! & hasPorts) === 0) return false;
  return isWellKnown(key[portsAt]! >>> 16) && !isWellKnown(key[portsAt]! & 0xffff);
}
