import {parseAddress} from "./address.js";
import type {AddressKind} from "./addressKinds.js";
import {innermostAddress} from "./embeddedIpv4.js";
import {specialRangeOf} from "./specialRanges.js";

/**
 * The kind of an address by IANA’s registries, see `specialRanges`; IPv6 that carries IPv4 (mapped, NAT64, 6to4) is of the
 * kind of the address that it carries.
 */
export function addressKind(text: string): AddressKind {
  const bytes = parseAddress(text);
  if (bytes === null) return "not an address";
  return specialRangeOf(innermostAddress(bytes))?.kind ?? "public";
}
