import {isIPv4, isIPv6} from "node:net";
import {UsageError} from "../usageError.js";

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
  readonly isIpv6: boolean;
}

/**
 * The address that `host:port` states: IPv4, IPv6 in brackets, or `localhost`, which is 127.0.0.1. Throws a UsageError for
 * anything else: other names are not looked up, and an address is never left to be guessed.
 */
export function parseListenAddress(text: string): ListenAddress {
  const [, ipv6, other, digits] = /^(?:\[([^\]]*)\]|([^:]*)):(\d*)$/.exec(text) ?? [];
  if (digits === undefined)
    throw new UsageError(`expected host:port, such as 127.0.0.1:2055 or [::1]:2055, got: ${text}`);
  const host = ipv6 ?? (other === "localhost" ? "127.0.0.1" : other!);
  if (ipv6 === undefined ? !isIPv4(host) : !isIPv6(host)) throw new UsageError(`invalid address: ${text}`);
  const port = Number(digits);
  if (!(digits.length <= 5 && port >= 1 && port <= 65535)) throw new UsageError(`invalid port: ${text}`);
  return {host, port, isIpv6: ipv6 !== undefined};
}
