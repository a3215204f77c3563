import {type Text, TextRecord} from "./textRecord.js";

/** The texts of a flow, in the order of their places in a record. */
export const flowTexts = ["source", "destination", "service", "state", "history", "label", "id"] as const;

/** Where each text of a flow stands in its record. */
export const flowText = Object.fromEntries(flowTexts.map((name, place) => [name, place])) as Readonly<
  Record<(typeof flowTexts)[number], Text>
>;

/**
 * One flow of a network log or of a capture. A reader fills the same record for every flow: it holds during the call that
 * hands it over. Numbers that the log does not state are NaN, texts missing.
 *
 * - `source`, `destination`: addresses as text, IPv6 compressed as RFC 5952 where the reader writes it.
 * - `service`: what the log says is spoken (http, dns); `state`: how it went, in the log’s own words (SF, S0, REJECT, INT).
 * - `history`: what happened in order, in the log’s own letters; `label`: what the log calls it; `id`: names it within its log.
 */
export class FlowRecord extends TextRecord {
  /** UTC milliseconds of the first packet. */
  time = Number.NaN;
  /** Seconds from the first packet to the last. */
  duration = Number.NaN;
  /** IP protocol number: 6 TCP, 17 UDP, 1 ICMP. */
  protocol = Number.NaN;
  /** NaN where the protocol has none; of ICMP, type and code where the log states them as ports. */
  sourcePort = Number.NaN;
  destinationPort = Number.NaN;
  /** Of the source; of the other direction NaN where `isOneWay`. */
  sourcePackets = Number.NaN;
  sourceBytes = Number.NaN;
  destinationPackets = Number.NaN;
  destinationBytes = Number.NaN;
  /** TCP flags seen, all OR’d as in the header (FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32), source and destination apart. */
  sourceFlags = Number.NaN;
  destinationFlags = Number.NaN;
  /** Whether the log counts each direction as a flow of its own (NetFlow, VPC flow logs). */
  isOneWay = false;
  /** Whether the log itself raised an alert about this flow (Suricata); undefined where a log has no alerts. */
  isAlerted: boolean | undefined;

  constructor() {
    super(flowTexts.length);
  }

  override clear(): void {
    super.clear();
    this.time = this.duration = this.protocol = this.sourcePort = this.destinationPort = Number.NaN;
    this.sourcePackets = this.sourceBytes = this.destinationPackets = this.destinationBytes = Number.NaN;
    this.sourceFlags = this.destinationFlags = Number.NaN;
    this.isOneWay = false;
    this.isAlerted = undefined;
  }
}
