import type {SpecialKind} from "./specialRanges.js";

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
