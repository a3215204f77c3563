import type {AddressBytes} from "./address.js";

/**
 * Where an IPv6 address carries an IPv4 address that says more about it: the byte at which it begins, −1 where it carries
 * none. Mapped addresses `::ffff:0:0/96` and NAT64 `64:ff9b::/96` (RFC 6052) have it at the end, 6to4 `2002::/16` (RFC 3056)
 * behind the prefix.
 */
export function embeddedIpv4At(bytes: AddressBytes): number {
  if (bytes.length !== 16) return -1;
  if (bytes[0] === 0x20) return bytes[1] === 2 ? 2 : -1;
  if (bytes[0] !== 0) return -1;
  const isNat64 = bytes[1] === 0x64 && bytes[2] === 0xff && bytes[3] === 0x9b;
  if (!isNat64 && (bytes[1] !== 0 || bytes[2] !== 0 || bytes[3] !== 0)) return -1;
  for (let i = 4; i < 10; ++i) if (bytes[i] !== 0) return -1;
  const end = isNat64 ? 0 : 0xff;
  return bytes[10] === end && bytes[11] === end ? 12 : -1;
}

/** The address itself, or the IPv4 address that it carries. */
export function innermostAddress(bytes: AddressBytes): AddressBytes {
  const at = embeddedIpv4At(bytes);
  return at < 0 ? bytes : bytes.subarray(at, at + 4);
}
