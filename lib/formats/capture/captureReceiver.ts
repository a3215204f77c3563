import type {RecordReceiver} from "../recordReader.js";
import {decode} from "./decode.js";
import {FlowTable, type FlowTableOptions} from "./flowTable.js";
import {Fragments} from "./fragments.js";
import {Packet} from "./packet.js";
import {isPacketReject} from "./step.js";

/** Takes the packets that are cut out of a capture, numbers them, and hands over the flows that they make. */
export class CaptureReceiver {
  private line = 0;
  private readonly packet = new Packet();
  private readonly fragments = new Fragments();
  private readonly table: FlowTable;

  constructor(
    private readonly receiver: RecordReceiver,
    options?: FlowTableOptions
  ) {
    this.table = new FlowTable((record) => receiver.flow(record), options);
  }

  /**
   * Takes the next packet: its captured bytes, which are not kept, how many more there were on the wire, UTC milliseconds
   * and the link type that it begins with.
   */
  take(bytes: Uint8Array, start: number, end: number, missing: number, time: number, linkType: number): void {
    const {packet, receiver} = this;
    if (!(Math.abs(time) <= latest)) {
      this.reject("no time");
      return;
    }
    packet.begin(bytes, start, end, missing, time);
    const line = ++this.line;
    const outcome = decode(packet, linkType);
    if (outcome === "flow" || outcome === "later fragment") {
      if (outcome === "later fragment") this.fragments.resolve(packet);
      else if (packet.isFirstFragment) this.fragments.remember(packet);
      this.table.add(packet, line);
      receiver.packet();
    } else if (isPacketReject(outcome)) receiver.reject(line, outcome, "");
    else receiver.passOver(outcome);
  }

  /** Takes a packet, or whatever else stands in its place, that cannot be cut out. */
  reject(reason: CaptureReject): void {
    this.receiver.reject(++this.line, reason, "");
  }

  end(): void {
    this.table.end();
  }
}

/** Why a packet could not be cut out. */
export type CaptureReject = "cut short" | "broken framing" | "bad packet length" | "unknown interface" | "no time";

/** The latest time that a Date can be. */
const latest = 8.64e15;
