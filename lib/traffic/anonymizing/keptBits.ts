import {type AddressBytes, parseAddress} from "../../geo/address.js";
import {specialRanges} from "../../geo/specialRanges.js";

/**
 * How many of an address’s first bits its pseudonym must keep, so that it stays in its special range, or out of all: the
 * bits that it shares with the range that it is in or nearest to, and one more outside. Of public IPv4 addresses, 97 % keep
 * 8 bits or fewer and 99.9 % keep 13 or fewer; the neighbours of a documentation range keep up to 24.
 */
export function keptBits(address: AddressBytes): number {
  let kept = 0;
  for (const {prefix, length} of ranges) {
    if (prefix.length !== address.length) continue;
    const shared = sharedBits(address, prefix);
    kept = Math.max(kept, Math.min(shared + 1, length));
  }
  return kept;
}

/** How many first bits two addresses of one version share. */
export function sharedBits(a: AddressBytes, b: AddressBytes): number {
  for (let i = 0; i < a.length; ++i) {
    const difference = a[i]! ^ b[i]!;
    if (difference !== 0) return 8 * i + Math.clz32(difference) - 24;
  }
  return 8 * a.length;
}

// IPv6 that carries IPv4 must keep on doing so, see `embeddedIpv4At`, and no other may begin to.
const carriers = [
  {prefix: parseAddress("::ffff:0:0")!, length: 96},
  {prefix: parseAddress("64:ff9b::")!, length: 96},
  {prefix: parseAddress("2002::")!, length: 16}
];
const ranges = [...specialRanges, ...carriers];
