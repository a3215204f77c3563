import {u16, u32} from "./endian.js";
import {isIpv6, type Packet, portsAt, protocolAt} from "./packet.js";
import type {Step} from "./step.js";

/** Tells the IP version by the first half byte. */
export function readIp({bytes, start, end}: Packet): Step {
  if (start >= end) return "header cut short";
  const version = bytes[start]! >> 4;
  return version === 4 ? "ipv4" : version === 6 ? "ipv6" : "bad IP version";
}

/** Takes off an IPv4 header. */
export function readIpv4(packet: Packet): Step {
  const {bytes, start, end, key} = packet;
  if (end - start < 20) return "header cut short";
  if (bytes[start]! >> 4 !== 4) return "bad IP version";
  const header = 4 * (bytes[start]! & 15);
  if (header < 20) return "bad IP header length";
  if (header > end - start) return "header cut short";
  // 0 is what segmentation by the network card leaves.
  const total = u16(bytes, start + 2) || end - start + packet.missing;
  if (total < header) return "bad IP length";
  key[0] = u32(bytes, start + 12);
  key[4] = u32(bytes, start + 16);
  key[1] = key[2] = key[3] = key[5] = key[6] = key[7] = key[portsAt] = 0;
  let protocol = bytes[start + 9]!;
  key[protocolAt] = protocol;
  cutTo(packet, total);
  packet.start = start + header;
  const fragment = u16(bytes, start + 6);
  if ((fragment & 0x3fff) !== 0) {
    const isFirst = (fragment & 0x1fff) === 0;
    setFragment(packet, isFirst, u16(bytes, start + 4), protocol);
    if (!isFirst) return "later fragment";
  }
  while (protocol === authentication && packet.start + 8 <= packet.end) {
    protocol = bytes[packet.start]!;
    packet.start += 4 * (bytes[packet.start + 1]! + 2);
    key[protocolAt] = protocol;
  }
  return protocolStep(protocol);
}

/** Takes off an IPv6 header and its extensions. */
export function readIpv6(packet: Packet): Step {
  const {bytes, start, end, key} = packet;
  if (end - start < 40) return "header cut short";
  if (bytes[start]! >> 4 !== 6) return "bad IP version";
  let protocol = bytes[start + 6]!;
  const payload = u16(bytes, start + 4);
  // 0 is what jumbograms and segmentation by the network card have.
  cutTo(packet, payload === 0 && protocol !== noNextHeader ? end - start + packet.missing : 40 + payload);
  for (let i = 0; i < 8; ++i) key[i] = u32(bytes, start + 8 + 4 * i);
  key[portsAt] = 0;
  let at = start + 40;
  while (isExtension(protocol)) {
    if (at + 8 > packet.end) return "header cut short";
    const next = bytes[at]!;
    if (protocol === fragmentHeader) {
      const fragment = u16(bytes, at + 2);
      const isFirst = fragment >> 3 === 0;
      const isAtomic = isFirst && (fragment & 1) === 0;
      if (!isAtomic) setFragment(packet, isFirst, u32(bytes, at + 4), isIpv6);
      if (!isFirst) {
        key[protocolAt] = next | isIpv6;
        return "later fragment";
      }
      at += 8;
    } else at += protocol === authentication ? 4 * (bytes[at + 1]! + 2) : 8 * (bytes[at + 1]! + 1);
    protocol = next;
  }
  key[protocolAt] = protocol | isIpv6;
  packet.start = at;
  return protocolStep(protocol);
}

/** Sets the length that the header states, and leaves out what the link has padded. */
function cutTo(packet: Packet, length: number): void {
  const captured = packet.end - packet.start;
  packet.length = length;
  packet.missing = Math.max(0, length - captured);
  if (length < captured) packet.end = packet.start + length;
}

/** Of first fragments in first fragments, the outermost counts. */
function setFragment(packet: Packet, isFirst: boolean, id: number, kind: number): void {
  if (isFirst && packet.isFirstFragment) return;
  packet.isFirstFragment = isFirst;
  packet.fragmentKey.set(packet.key);
  packet.fragmentKey[portsAt] = id;
  packet.fragmentKey[protocolAt] = kind;
}

function isExtension(protocol: number): boolean {
  switch (protocol) {
    // Hop-by-hop options, routing, fragment, authentication, destination options, mobility, HIP, shim6.
    case 0:
    case 43:
    case fragmentHeader:
    case authentication:
    case 60:
    case 135:
    case 139:
    case 140:
      return true;
    default:
      return false;
  }
}

function protocolStep(protocol: number): Step {
  switch (protocol) {
    case 6:
      return "tcp";
    case 17:
      return "udp";
    case 4:
      return "ipv4";
    case 41:
      return "ipv6";
    case 47:
      return "gre";
    case 137:
      return "mpls";
    // DCCP, SCTP, UDP-Lite.
    case 33:
    case 132:
    case 136:
      return "ports";
    default:
      return "flow";
  }
}

const [fragmentHeader, authentication, noNextHeader] = [44, 51, 59] as const;
