import {FlowRecord, flowText} from "../flowRecord.js";
import {writeIpv4, writeIpv6} from "./addressText.js";
import {exchangeState, flowStates, tcpState} from "./flowState.js";
import {
  bytesAt,
  firstAt,
  flagsAt,
  flowNumbers,
  flowWords,
  keyAt,
  lastAt,
  lineAt,
  type OpenFlows,
  packetsAt
} from "./openFlows.js";
import {hasPorts, isIpv6, portsAt, protocolAt} from "./packet.js";
import {services} from "./services.js";

/** Writes flows of a capture into one record, whose texts are bytes that hold until the next. */
export class FlowWriter {
  private readonly record = new FlowRecord();
  private readonly bytes = new Uint8Array(fixedTexts.length + 80);

  constructor() {
    this.bytes.set(fixedTexts);
  }

  /**
   * The record of a flow. Bytes are those of its IP packets from the IP header on, as on the wire, of the innermost where
   * there are tunnels. Without ports, these are NaN; flags are NaN except for TCP.
   */
  write({words, numbers}: OpenFlows, flow: number): FlowRecord {
    const {record, bytes} = this;
    const at = flowWords * flow;
    const numbersAt = flowNumbers * flow;
    const meta = words[at + keyAt + protocolAt]!;
    const ports = words[at + keyAt + portsAt]!;
    const hasPort = (meta & hasPorts) !== 0;
    record.clear();
    record.bytes = bytes;
    record.line = numbers[numbersAt + lineAt]!;
    record.time = numbers[numbersAt + firstAt]!;
    record.duration = (numbers[numbersAt + lastAt]! - record.time) / 1000;
    record.protocol = meta & 255;
    record.sourcePort = hasPort ? ports >>> 16 : Number.NaN;
    record.destinationPort = hasPort ? ports & 0xffff : Number.NaN;
    record.sourcePackets = words[at + packetsAt]!;
    record.destinationPackets = words[at + packetsAt + 1]!;
    record.sourceBytes = numbers[numbersAt + bytesAt]!;
    record.destinationBytes = numbers[numbersAt + bytesAt + 1]!;
    const end = this.setAddress(flowText.source, fixedTexts.length, words, at + keyAt, meta);
    this.setAddress(flowText.destination, end, words, at + keyAt + 4, meta);
    if (hasPort) this.setFixed(flowText.service, servicePlaces[ports & 0xffff]!);
    if (record.protocol === 6) {
      const flags = words[at + flagsAt]!;
      record.sourceFlags = flags & 255;
      record.destinationFlags = (flags >>> 8) & 255;
      const resetBy = flags >>> 16 === 0 ? null : flags >>> 16 === 1 ? "source" : "destination";
      this.setFixed(flowText.state, places[tcpState(record.sourceFlags, record.destinationFlags, resetBy)]!);
    } else {
      this.setFixed(flowText.state, places[exchangeState(record.sourcePackets > 0, record.destinationPackets > 0)]!);
    }
    return record;
  }

  private setAddress(text: number, start: number, words: Uint32Array, at: number, meta: number): number {
    const {record, bytes} = this;
    const end = (meta & isIpv6) === 0 ? writeIpv4(bytes, start, words[at]!) : writeIpv6(bytes, start, words, at);
    record.starts[text] = start;
    record.ends[text] = end;
    return end;
  }

  private setFixed(text: number, place: number): void {
    this.record.starts[text] = fixedStarts[place]!;
    this.record.ends[text] = fixedStarts[place + 1]!;
  }
}

// The first of the fixed texts is empty: a service that no port tells.
const names = ["", ...flowStates, ...Object.keys(services)];
const fixedTexts = new TextEncoder().encode(names.join(""));
const fixedStarts = Uint32Array.from([...names, ""], (_, i) => names.slice(0, i).join("").length);
const places = Object.fromEntries(names.map((name, place) => [name, place]));
const servicePlaces = new Uint8Array(2 ** 16);
for (const [name, ports] of Object.entries(services)) for (const port of ports) servicePlaces[port] = places[name]!;
