import {parseAddress} from "../geo/address.js";
import {innermostAddress} from "../geo/embeddedIpv4.js";
import {specialRangeOf} from "../geo/specialRanges.js";
import {mixed} from "../traffic/sessions/textHash.js";

/**
 * A hash of 32 bits of the network that a client belongs to: the /24 of its public IPv4 address or the /48 of its IPv6
 * address. An address of no public network, such as 10.0.0.7, and what is no address are networks of their own.
 */
export function networkOf(client: string | null): number {
  if (client === null) return 0;
  const parsed = parseAddress(client);
  if (parsed === null) return hashOf(client.length, (i) => client.charCodeAt(i));
  const address = innermostAddress(parsed);
  const isOwn = specialRangeOf(address) !== null;
  const bytes = isOwn ? address.length : address.length === 4 ? 3 : 6;
  return hashOf(bytes, (i) => address[i]!);
}

/** FNV-1a over units of up to 16 bits, spread over all bits. */
function hashOf(length: number, unitAt: (i: number) => number): number {
  let hash = 0x811c9dc5 ^ length;
  for (let i = 0; i < length; ++i) hash = Math.imul(hash ^ unitAt(i), 0x01000193);
  return mixed(hash) >>> 0;
}
