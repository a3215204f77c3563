import {u16} from "./endian.js";
import {etherStep} from "./links.js";
import type {Packet} from "./packet.js";
import type {Step} from "./step.js";

/** Takes off a stack of MPLS labels. What is below is told by its first half byte, as nothing states it. */
export function readMpls(packet: Packet): Step {
  const {bytes, end} = packet;
  let at = packet.start;
  let isBottom = false;
  while (!isBottom) {
    if (at + 5 > end) return "header cut short";
    isBottom = (bytes[at + 2]! & 1) !== 0;
    at += 4;
  }
  packet.start = at;
  switch (bytes[at]! >> 4) {
    case 4:
      return "ipv4";
    case 6:
      return "ipv6";
    case 0:
      // The control word of a pseudowire, RFC 4385, most often of Ethernet.
      packet.start = at + 4;
      return "ethernet";
    default:
      return "not IP";
  }
}

/** Takes off the header of a PPPoE session. */
export function readPppoe(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 6) return "header cut short";
  packet.start = start + 6;
  return bytes[start + 1] === 0 ? "ppp" : "not IP";
}

/** Takes off a PPP header, with or without address and control, with a protocol of one byte or two. */
export function readPpp(packet: Packet): Step {
  const {bytes, end} = packet;
  let at = packet.start;
  // HDLC framing, or Cisco’s with an EtherType.
  if (end - at >= 4 && bytes[at] === 0xff && bytes[at + 1] === 3) at += 2;
  else if (end - at >= 4 && (bytes[at] === 0x0f || bytes[at] === 0x8f) && bytes[at + 1] === 0) {
    packet.start = at + 4;
    return etherStep(u16(bytes, at + 2));
  }
  if (end - at < 2) return "header cut short";
  const isShort = (bytes[at]! & 1) !== 0;
  const protocol = isShort ? bytes[at]! : u16(bytes, at);
  packet.start = at + (isShort ? 1 : 2);
  switch (protocol) {
    case 0x21:
      return "ipv4";
    case 0x57:
      return "ipv6";
    case 0x281:
    case 0x283:
      return "mpls";
    default:
      return "not IP";
  }
}

/** Takes off the direction that stands before a PPP header. */
export function readDirected(packet: Packet): Step {
  ++packet.start;
  return "ppp";
}

/**
 * Takes off a GRE header, RFC 2784 and 2890, or that of PPTP, RFC 2637. A packet without anything to unpack counts into the
 * flow of the tunnel itself.
 */
export function readGre(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 4) return "header cut short";
  const flags = u16(bytes, start);
  const version = flags & 7;
  const type = u16(bytes, start + 2);
  const has = (flag: number) => ((flags & flag) === 0 ? 0 : 4);
  const [checksum, routing, key, sequence, acknowledgement] = [0x8000, 0x4000, 0x2000, 0x1000, 0x80];
  if (version > 1 || has(routing)) return "flow";
  const header = 4 + has(checksum) + has(key) + has(sequence) + (version === 1 ? has(acknowledgement) : 0);
  if (end - start < header + 1 || (version === 1 && !has(sequence))) return "flow";
  const mirrored = type === erspan && has(sequence) ? 8 : 0;
  const step = type === erspan ? "ethernet" : etherStep(type);
  if (step === "not IP" || step === "ARP packet") return "flow";
  packet.start = start + header + mirrored;
  return step;
}

const erspan = 0x88be;

/**
 * Takes off a VXLAN (RFC 7348), GENEVE (RFC 8926) or GTP-U (3GPP TS 29.281) header, from `start` on; null, and nothing is
 * taken off, where the bytes are no such header.
 */
export function readOverlay(packet: Packet, port: number, start: number): Step | null {
  const {bytes, end} = packet;
  if (port === gtp) return readGtp(packet, start);
  if (end - start < 8 + 14) return null;
  if (port === geneve) {
    // Version 0, and the bits that are reserved.
    if (bytes[start]! >> 6 !== 0 || (bytes[start + 1]! & 0x3f) !== 0) return null;
    const step = etherStep(u16(bytes, start + 2));
    if (step === "not IP") return null;
    packet.start = start + 8 + 4 * (bytes[start]! & 0x3f);
    return step;
  }
  if (bytes[start] !== 8 || bytes[start + 7] !== 0) return null;
  packet.start = start + 8;
  return "ethernet";
}

/** Takes off the header of a user’s packet in GTP-U, version 1, with its extensions. */
function readGtp(packet: Packet, start: number): Step | null {
  const {bytes, end} = packet;
  if (end - start < 8 + 20 || (bytes[start]! & 0xf0) !== 0x30 || bytes[start + 1] !== userPacket) return null;
  const [hasExtension, hasMore] = [(bytes[start]! & 4) !== 0, (bytes[start]! & 7) !== 0];
  let at = start + (hasMore ? 12 : 8);
  // Each extension begins with its length in words, and ends with the type of the next.
  while (hasExtension && at < end && bytes[at - 1] !== 0) {
    if (bytes[at] === 0) return null;
    at += 4 * bytes[at]!;
  }
  const version = at < end ? bytes[at]! >> 4 : 0;
  if (version !== 4 && version !== 6) return null;
  packet.start = at;
  return "ip";
}

/** Whether a UDP destination port is that of a tunnel: VXLAN (also Linux’s older one), GENEVE or GTP-U. */
export function isOverlay(port: number): boolean {
  return port === 4789 || port === geneve || port === 8472 || port === gtp;
}

const [geneve, gtp] = [6081, 2152];
const userPacket = 255;
