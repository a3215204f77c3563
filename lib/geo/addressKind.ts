import {parseAddress} from "./address.js";
import {innermostAddress} from "./embeddedIpv4.js";
import {type SpecialKind, specialRangeOf} from "./specialRanges.js";

/** What an address is for; names of hosts and all other texts are not an address. */
export type AddressKind = "public" | SpecialKind | "not an address";

/** Every kind of address, as they are listed. */
export const addressKinds: readonly AddressKind[] = [
  "public",
  "private",
  "shared",
  "loopback",
  "link-local",
  "multicast",
  "broadcast",
  "documentation",
  "reserved",
  "not an address"
];

/**
 * The kind of an address by IANA’s registries, see `specialRanges`; IPv6 that carries IPv4 (mapped, NAT64, 6to4) is of the
 * kind of the address that it carries.
 */
export function addressKind(text: string): AddressKind {
  const bytes = parseAddress(text);
  if (bytes === null) return "not an address";
  return specialRangeOf(innermostAddress(bytes))?.kind ?? "public";
}
