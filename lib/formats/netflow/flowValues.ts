import {writeIpv4, writeIpv6} from "../capture/addressText.js";
import {u32} from "../capture/endian.js";
import {isWellKnown} from "../capture/services.js";
import {FlowRecord, flowText} from "../flowRecord.js";
import {isIcmp} from "../protocolIn.js";
import {slot, slots} from "./elements.js";
import {type Message, timeOfUptime} from "./message.js";

/** The values of one flow, and the record that they make. */
export class FlowValues {
  /** By their slots; NaN where they are missing. */
  readonly values = new Float64Array(slots.length);
  /** Whether the record’s time is that of the export, since the flow states none that can be. */
  isTimedByExport = false;
  private readonly record = new FlowRecord();
  private readonly text = new Uint8Array(2 * longestAddress);
  private readonly words = new Uint32Array(4);

  /**
   * The record of these values, which holds until the next; null without addresses. `bootTime` is what counts for uptimes
   * where the values have none of their own.
   */
  flow({bytes, exportTime}: Message, bootTime: number, isTwoWay: boolean): FlowRecord | null {
    const {values, record} = this;
    const isIpv6 = this.isIpv6(bytes);
    const source = values[isIpv6 ? slot.source6 : slot.source4]!;
    const destination = values[isIpv6 ? slot.destination6 : slot.destination4]!;
    if (Number.isNaN(source) || Number.isNaN(destination)) return null;
    record.clear();
    record.bytes = this.text;
    const end = this.setAddress(flowText.source, 0, bytes, source, isIpv6);
    this.setAddress(flowText.destination, end, bytes, destination, isIpv6);
    this.setTime(exportTime, bootTime);
    const protocol = upTo(255, values[slot.protocol]!);
    record.protocol = protocol;
    this.setPorts(protocol);
    record.isOneWay = !isTwoWay;
    record.sourceBytes = values[slot.bytes]!;
    record.sourcePackets = values[slot.packets]!;
    if (protocol === tcp) record.sourceFlags = flagsOf(values[slot.flags]!);
    if (!isTwoWay) return record;
    record.destinationBytes = values[slot.reverseBytes]!;
    record.destinationPackets = values[slot.reversePackets]!;
    if (protocol === tcp) record.destinationFlags = flagsOf(values[slot.reverseFlags]!);
    if (this.isFromServer()) this.turn();
    return record;
  }

  /**
   * Whether the source of a flow of both directions is the server. Where the exporter does not say who began (RFC 5103, section
   * 6.3), some take the lower address for the source.
   */
  private isFromServer(): boolean {
    const {values, record} = this;
    const {sourceFlags, destinationFlags, sourcePort, destinationPort} = record;
    const direction = values[slot.biflowDirection]!;
    if (direction === 1 || direction === 2) return direction === 2;
    const isSilent = record.sourcePackets === 0 && record.destinationPackets > 0;
    if (!hasPorts(record.protocol)) return isSilent;
    const isSyn = isOnlySyn(sourceFlags);
    if (isSyn !== isOnlySyn(destinationFlags)) return !isSyn;
    return !isWellKnown(destinationPort) && (isWellKnown(sourcePort) || isSilent);
  }

  /** Makes the destination the source. */
  private turn(): void {
    const {values, record} = this;
    const {source, destination} = flowText;
    for (const ends of [record.starts, record.ends])
      [ends[source], ends[destination]] = [ends[destination]!, ends[source]!];
    [record.sourceBytes, record.destinationBytes] = [record.destinationBytes, record.sourceBytes];
    [record.sourcePackets, record.destinationPackets] = [record.destinationPackets, record.sourcePackets];
    [record.sourceFlags, record.destinationFlags] = [record.destinationFlags, record.sourceFlags];
    if (isIcmp(record.protocol)) {
      setTypeAndCode(record, values[slot.reverseIcmp]!);
    } else {
      [record.sourcePort, record.destinationPort] = [record.destinationPort, record.sourcePort];
    }
  }

  /** Of the addresses of both versions, one may be 0. */
  private isIpv6(bytes: Uint8Array): boolean {
    const {values} = this;
    const version = values[slot.ipVersion]!;
    const [source4, destination4] = [values[slot.source4]!, values[slot.destination4]!];
    if (Number.isNaN(source4) || Number.isNaN(values[slot.source6]!)) return Number.isNaN(source4);
    if (version === 4 || version === 6) return version === 6;
    return u32(bytes, source4) === 0 && u32(bytes, destination4) === 0;
  }

  private setAddress(text: number, start: number, bytes: Uint8Array, at: number, isIpv6: boolean): number {
    const {record, words} = this;
    let end: number;
    if (isIpv6) {
      for (let i = 0; i < 4; ++i) words[i] = u32(bytes, at + 4 * i);
      end = writeIpv6(this.text, start, words, 0);
    } else end = writeIpv4(this.text, start, u32(bytes, at));
    record.starts[text] = start;
    record.ends[text] = end;
    return end;
  }

  private setTime(exportTime: number, bootTime: number): void {
    const {values, record} = this;
    const boot = Number.isNaN(values[slot.bootTime]!) ? bootTime : values[slot.bootTime]!;
    const [uptimeStart, uptimeEnd] = [values[slot.uptimeStart]!, values[slot.uptimeEnd]!];
    let start = values[slot.start]!;
    let end = values[slot.end]!;
    if (Number.isNaN(start)) start = timeOfUptime(uptimeStart, boot, exportTime);
    if (Number.isNaN(end)) end = timeOfUptime(uptimeEnd, boot, exportTime);
    const uptimes = uptimeEnd - uptimeStart;
    const stated = values[slot.duration]!;
    const duration = Number.isNaN(stated) && !Number.isNaN(uptimes) ? uptimes | 0 : stated;
    if (Number.isNaN(end)) end = start + duration;
    if (Number.isNaN(start)) start = end - duration;
    if (values[slot.reverseStart]! < start) start = values[slot.reverseStart]!;
    if (values[slot.reverseEnd]! > end) end = values[slot.reverseEnd]!;
    this.isTimedByExport = !(start >= 0 && start <= exportTime + mostAhead);
    if (this.isTimedByExport) {
      start = Math.max(0, exportTime - (duration > 0 ? duration : 0));
      end = start + duration;
    }
    record.time = start;
    record.duration = end > exportTime + mostAhead ? Number.NaN : Math.max(0, end - start) / 1000;
  }

  /** Of ICMP, type and code; those of NetFlow v5, and of many others, stand in the destination’s port. */
  private setPorts(protocol: number): void {
    const {values, record} = this;
    const source = upTo(0xffff, values[slot.sourcePort]!);
    const destination = upTo(0xffff, values[slot.destinationPort]!);
    if (!isIcmp(protocol)) {
      if (!hasPorts(protocol)) return;
      record.sourcePort = source;
      record.destinationPort = destination;
      return;
    }
    const type = upTo(255, values[slot.icmpType]!);
    if (!Number.isNaN(type)) {
      record.sourcePort = type;
      record.destinationPort = upTo(255, values[slot.icmpCode]!);
      return;
    }
    record.sourcePort = source;
    record.destinationPort = destination;
    setTypeAndCode(record, Number.isNaN(values[slot.icmp]!) && !(source > 0) ? destination : values[slot.icmp]!);
  }
}

const tcp = 6;
const longestAddress = 45;
// A flow that began after its export has a wrong time, of which a clock that never falls must hear nothing. Some headers are
// a day behind, such as those of nfreplay.
const mostAhead = 172_800_000;

/** Sets both from one number; leaves them where it is none. */
function setTypeAndCode(record: FlowRecord, typeAndCode: number): void {
  if (!(typeAndCode <= 0xffff)) return;
  record.sourcePort = typeAndCode >>> 8;
  record.destinationPort = typeAndCode & 255;
}

function flagsOf(value: number): number {
  return Number.isNaN(value) ? value : value & 0xff;
}

function isOnlySyn(flags: number): boolean {
  return (flags & 0x12) === 0x02;
}

function upTo(most: number, value: number): number {
  return value <= most ? value : Number.NaN;
}

/** TCP, UDP, DCCP, SCTP, UDP-Lite. */
function hasPorts(protocol: number): boolean {
  return protocol === 6 || protocol === 17 || protocol === 33 || protocol === 132 || protocol === 136;
}
