import {type AddressBytes, parseAddress} from "./address.js";

/** What a range of addresses is kept for. */
export type SpecialKind =
  | "private"
  | "shared"
  | "loopback"
  | "link-local"
  | "multicast"
  | "broadcast"
  | "documentation"
  | "reserved";

/** A range of addresses with a purpose of its own: those that begin with the first `length` bits of `prefix`. */
export interface SpecialRange {
  readonly prefix: AddressBytes;
  readonly length: number;
  readonly kind: SpecialKind;
}

/**
 * Ranges that are nobody’s on the public internet, from IANA’s registries of special-purpose addresses
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry), of multicast, and of the
 * IPv6 address space. Ranges that the registries call globally reachable (AS112, AMT) are left out, but for single anycast
 * addresses of protocols in 192.0.0.0/24 and 2001::/23, which are no hosts’. Of IPv6, only 2000::/3 is given out. Where
 * ranges overlap, the longer comes first.
 */
export const specialRanges: readonly SpecialRange[] = [
  range("255.255.255.255", 32, "broadcast"),
  range("192.0.2.0", 24, "documentation"),
  range("198.51.100.0", 24, "documentation"),
  range("203.0.113.0", 24, "documentation"),
  range("192.0.0.0", 24, "reserved"), // IETF protocols
  range("192.88.99.0", 24, "reserved"), // 6to4 relays, deprecated
  range("169.254.0.0", 16, "link-local"),
  range("192.168.0.0", 16, "private"),
  range("198.18.0.0", 15, "reserved"), // benchmarks
  range("172.16.0.0", 12, "private"),
  range("100.64.0.0", 10, "shared"), // carrier-grade NAT
  range("0.0.0.0", 8, "reserved"), // this network
  range("10.0.0.0", 8, "private"),
  range("127.0.0.0", 8, "loopback"),
  range("224.0.0.0", 4, "multicast"),
  range("240.0.0.0", 4, "reserved"),
  range("::1", 128, "loopback"),
  range("64:ff9b:1::", 48, "private"), // NAT64 of local use
  range("2001:db8::", 32, "documentation"),
  range("2001::", 23, "reserved"), // IETF protocols, Teredo
  range("3fff::", 20, "documentation"),
  range("fe80::", 10, "link-local"),
  range("fec0::", 10, "private"), // site-local, deprecated
  range("ff00::", 8, "multicast"),
  range("fc00::", 7, "private"), // unique local
  range("::", 3, "reserved"),
  range("4000::", 2, "reserved"),
  range("8000::", 1, "reserved")
];

/** The range that an address is in, null for public addresses. */
export function specialRangeOf(bytes: AddressBytes): SpecialRange | null {
  const near = bytes.length === 4 ? nearIpv4 : nearIpv6;
  return near[bytes[0]!]!.find((range) => isWithin(bytes, range)) ?? null;
}

// Most public addresses have a first byte with which no special range begins.
const [nearIpv4, nearIpv6] = [rangesByFirstByte(4), rangesByFirstByte(16)];

function rangesByFirstByte(length: number): readonly (readonly SpecialRange[])[] {
  const ranges = specialRanges.filter(({prefix}) => prefix.length === length);
  return Array.from({length: 256}, (_, byte) =>
    ranges.filter((range) => isWithin(Uint8Array.of(byte), {...range, length: Math.min(8, range.length)}))
  );
}

function range(prefix: string, length: number, kind: SpecialKind): SpecialRange {
  return {prefix: parseAddress(prefix)!, length, kind};
}

function isWithin(bytes: AddressBytes, {prefix, length}: SpecialRange): boolean {
  const whole = length >> 3;
  for (let i = 0; i < whole; ++i) if (bytes[i] !== prefix[i]) return false;
  const rest = length & 7;
  return rest === 0 || (bytes[whole]! ^ prefix[whole]!) >> (8 - rest) === 0;
}
