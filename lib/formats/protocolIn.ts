import {wholeIn} from "./asciiNumber.js";

/** The IP protocol that bytes name (`tcp`, `UDP`, `ipv6-icmp`) or number, NaN where they do neither. */
export function protocolIn(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 3) {
    const letters = ((bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]! | 0x202020) >>> 0;
    if (letters === tcp) return 6;
    if (letters === udp) return 17;
  }
  const number = wholeIn(bytes, start, end);
  if (number <= 255) return number;
  return end - start > longestName ? Number.NaN : protocolOf(String.fromCharCode(...bytes.subarray(start, end)));
}

/** Like protocolIn, of text. */
export function protocolOf(name: string): number {
  const number = protocols.get(name.toLowerCase());
  if (number !== undefined) return number;
  return /^\d{1,3}$/.test(name) && Number(name) <= 255 ? Number(name) : Number.NaN;
}

/** Whether it is ICMP of IPv4 or IPv6. */
export function isIcmp(protocol: number): boolean {
  return protocol === 1 || protocol === 58;
}

// Names as in IANA’s registry of protocol numbers, and those that nfdump, Argus and Suricata use instead. Argus tells rtp,
// rtcp and udt from other UDP.
const protocols = new Map<string, number>([
  ["hopopt", 0],
  ["icmp", 1],
  ["igmp", 2],
  ["ggp", 3],
  ["ipip", 4],
  ["ipv4", 4],
  ["ipnip", 4],
  ["st", 5],
  ["st2", 5],
  ["tcp", 6],
  ["cbt", 7],
  ["egp", 8],
  ["igp", 9],
  ["udp", 17],
  ["rtp", 17],
  ["rtcp", 17],
  ["udt", 17],
  ["idp", 22],
  ["rdp", 27],
  ["dccp", 33],
  ["ipv6", 41],
  ["sipp", 41],
  ["ipv6-route", 43],
  ["ipv6-frag", 44],
  ["rsvp", 46],
  ["gre", 47],
  ["esp", 50],
  ["ah", 51],
  ["ipv6-icmp", 58],
  ["icmp6", 58],
  ["icmpv6", 58],
  ["ipv6-no", 59],
  ["ipv6-nonxt", 59],
  ["ipv6-opts", 60],
  ["eigrp", 88],
  ["ospf", 89],
  ["ospfigp", 89],
  ["pim", 103],
  ["ipcomp", 108],
  ["vrrp", 112],
  ["l2tp", 115],
  ["sctp", 132],
  ["udplite", 136],
  ["udp-lite", 136]
]);

const longestName = 16;
const [tcp, udp] = [0x746370, 0x756470];
