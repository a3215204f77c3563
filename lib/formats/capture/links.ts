import {u16, u16Little} from "./endian.js";
import type {Packet} from "./packet.js";
import type {Step} from "./step.js";

/** Takes off an Ethernet header. */
export function readEthernet(packet: Packet): Step {
  return readType(packet, 12, 14);
}

/** Takes off a VLAN tag, after the EtherType that announces it. */
export function readVlan(packet: Packet): Step {
  return readType(packet, 2, 4);
}

/** Takes off a virtual interface’s tag (VN-Tag), after the EtherType that announces it. */
export function readTagged(packet: Packet): Step {
  return readType(packet, 4, 6);
}

/** The layer that an EtherType announces. */
export function etherStep(type: number): Step {
  switch (type) {
    case 0x0800:
      return "ipv4";
    case 0x86dd:
      return "ipv6";
    case 0x8100:
    case 0x88a8:
    case 0x9100:
    case 0x9200:
      return "vlan";
    case 0x8926:
      return "tagged";
    case 0x8847:
    case 0x8848:
      return "mpls";
    case 0x8864:
      return "pppoe";
    case 0x6558:
      return "ethernet";
    case 0x880b:
      return "ppp";
    case 0x0806:
      return "ARP packet";
    default:
      return "not IP";
  }
}

/** Takes off LLC, and SNAP in it. */
export function readLlc(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 8) return end - start < 3 ? "header cut short" : "LLC frame";
  if (bytes[start] === 0xaa && bytes[start + 1] === 0xaa && bytes[start + 2] === 3) {
    const organisation = (u16(bytes, start + 3) << 8) | bytes[start + 5]!;
    // 0000f8: EtherTypes bridged from Ethernet, RFC 1042 and IEEE 802.1H.
    if (organisation !== 0 && organisation !== 0xf8) return "LLC frame";
    packet.start = start + 8;
    return etherStep(u16(bytes, start + 6));
  }
  if (bytes[start] === 6 && bytes[start + 1] === 6 && bytes[start + 2] === 3) {
    packet.start = start + 3;
    return "ipv4";
  }
  return "LLC frame";
}

/** Takes off BSD’s loopback header: an address family in the byte order of who captured (NULL) or of networks (LOOP). */
export function readNull(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 4) return "header cut short";
  const family = u16(bytes, start) === 0 ? u16(bytes, start + 2) : u16Little(bytes, start);
  packet.start = start + 4;
  if (family === 2) return "ipv4";
  // AF_INET6 is 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on Darwin.
  return [10, 24, 28, 30].includes(family) ? "ipv6" : "not IP";
}

/** Takes off the header of Linux’s “any” interface. */
export function readSll(packet: Packet): Step {
  return readType(packet, 14, 16);
}

/** Takes off the header of Linux’s “any” interface, version 2. */
export function readSll2(packet: Packet): Step {
  return readType(packet, 0, 20);
}

/** Takes off the attributes of Linux’s netfilter log: finds the one that is the packet. */
export function readNflog(packet: Packet): Step {
  const {bytes, end} = packet;
  let at = packet.start + 4;
  // Attributes are in the byte order of who captured; their types are small.
  const number = at + 4 <= end && bytes[at + 3] !== 0 ? u16 : u16Little;
  while (at + 4 <= end) {
    const length = number(bytes, at);
    if (number(bytes, at + 2) === nflogPayload) {
      packet.start = at + 4;
      return "ip";
    }
    if (length < 4) break;
    at += (length + 3) & ~3;
  }
  return "header cut short";
}

const nflogPayload = 9;

/** Takes off the header of BSD’s packet filter log, which states its length. */
export function readPflog(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 4) return "header cut short";
  packet.start = start + ((bytes[start]! + 3) & ~3);
  return "ip";
}

/** Takes off an FDDI header. */
export function readFddi(packet: Packet): Step {
  const {bytes, start, end} = packet;
  if (end - start < 13) return "header cut short";
  // Frame control CLFFxxxx: FF is 01 for LLC.
  if ((bytes[start]! & 0x30) !== 0x10) return "not IP";
  packet.start = start + 13;
  return "llc";
}

/** Takes off a header of so many bytes that has an EtherType, or the length of an LLC frame, at a place. */
function readType(packet: Packet, at: number, header: number): Step {
  const {bytes, start, end} = packet;
  if (end - start < header) return "header cut short";
  packet.start = start + header;
  const type = u16(bytes, start + at);
  return type < leastType ? "llc" : etherStep(type);
}

const leastType = 0x600;
