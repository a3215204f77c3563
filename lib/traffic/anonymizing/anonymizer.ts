import {cmac} from "@noble/ciphers/aes.js";
import {type AddressBytes, formatAddress, parseAddress} from "../../geo/address.js";
import {embeddedIpv4At} from "../../geo/embeddedIpv4.js";
import {cryptoPan} from "./cryptoPan.js";
import {hidePath} from "./hidePath.js";
import {keptBits} from "./keptBits.js";

/** Pseudonyms by one seed: the same text always gets the same, and only who has the seed can tell which. */
export interface Anonymizer {
  /** An address’s pseudonym, of its kind and prefix-preserving; a host’s for all other texts. */
  address(text: string): string;
  /** The pseudonym of a host, `host-3f1c…`, or of an address; a port behind it stays. */
  host(text: string): string;
  /** A request’s target without what may tell who somebody is, see `hidePath`. */
  path(text: string): string;
  /** A pseudonym of what has no form: `user-3f1c…` for the kind `user`. */
  name(kind: string, text: string): string;
}

/**
 * Pseudonyms by a seed, of addresses by Crypto-PAn. Without the seed they cannot be undone, but for what is known of
 * prefix-preserving pseudonyms: who can place a few addresses in the published traffic learns the first bits of all others.
 * The seed is the secret: one that can be guessed (1, `test`, a year) protects nobody. Throws a RangeError on an empty one.
 */
export function anonymizer(seed: string | number): Anonymizer {
  const text = `${seed}`;
  if (text.trim() === "") throw new RangeError("expected a seed to anonymize by, got none");
  const key = keyOf(text);
  const pan = cryptoPan(Uint8Array.from([...key("address"), ...key("pad")]));
  const names = key("names");
  const name = (kind: string, value: string) => `${kind}-${hexOf(cmac(encoder.encode(`${kind}\0${value}`), names))}`;
  const address = remembered((value) => {
    const bytes = parseAddress(value);
    return bytes === null ? null : formatAddress(pseudonymOf(bytes, pan));
  });
  const host = (value: string): string => {
    const port = /^(?:\[([^\]]*)\]|([^:]*))(:\d{1,5})$/.exec(value);
    if (port === null) return address(bare(value)) ?? name("host", value.toLowerCase());
    const inner = host(port[1] ?? port[2]!);
    return `${inner.includes(":") ? `[${inner}]` : inner}${port[3]}`;
  };
  return {
    address: (value) => address(value) ?? name("host", value.toLowerCase()),
    host,
    path: (value) => hidePath(value, host),
    name
  };
}

/** Keys of 16 bytes for several uses, from a seed of any length: AES-CMAC-PRF-128, RFC 4615. */
function keyOf(seed: string): (use: string) => Uint8Array {
  const bytes = encoder.encode(seed);
  const key = bytes.length === 16 ? bytes : cmac(bytes, new Uint8Array(16));
  return (use) => cmac(encoder.encode(`Eddy: ${use}`), key);
}

function pseudonymOf(bytes: AddressBytes, pan: (address: AddressBytes, kept: number) => AddressBytes): AddressBytes {
  const pseudonym = pan(bytes, keptBits(bytes));
  const at = embeddedIpv4At(bytes);
  if (at >= 0) pseudonym.set(pseudonymOf(bytes.subarray(at, at + 4), pan), at);
  return pseudonym;
}

function bare(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}

// 48 bits: with a million names, two get the same in one of 560 runs.
function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The function with its latest answers kept, so that clients who come again cost nothing; within bounds. */
function remembered<T>(make: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size === mostAnswers) answers.clear();
    const answer = make(text);
    answers.set(text, answer);
    return answer;
  };
}

const mostAnswers = 65_536;
const encoder = new TextEncoder();
