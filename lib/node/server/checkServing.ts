import {BlockList, isIP} from "node:net";
import {UsageError} from "../usageError.js";

/** Where to listen, and what whoever asks must know: null where only this machine can ask. */
export interface Serving {
  readonly host: string;
  readonly port: number;
  readonly token: string | null;
}

/**
 * What a command was told about serving, checked: host 127.0.0.1 and port 5000 by default. Throws a UsageError on a port that
 * is none, on a token that is short or cannot stand in a header, and where others could reach the host and there is no token.
 */
export function checkServing(options: {host?: string; port?: string | number; token?: string}): Serving {
  const {host = "127.0.0.1", port = 5000, token = null} = options;
  if (!/^\d{1,5}$/.test(`${port}`) || Number(port) > 65535) throw new UsageError(`invalid port: ${port}`);
  if (!host) throw new UsageError("missing host");
  if (token !== null) checkToken(token);
  if (token === null && !isLoopback(host)) {
    throw new UsageError(`missing token: others can reach ${host}, so it takes --token with 16 characters or more`);
  }
  return {host, port: Number(port), token};
}

/** Whether nobody but this machine can reach a host. */
export function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0 ? host.toLowerCase() === "localhost" : loopback.check(host, family === 4 ? "ipv4" : "ipv6");
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

function checkToken(token: string): void {
  if (token.length < 16) throw new UsageError(`token too short: expected 16 characters or more, got ${token.length}`);
  if (!/^[\x21-\x7e]{1,256}$/.test(token)) {
    throw new UsageError("invalid token: expected at most 256 letters, digits and signs of ASCII, without spaces");
  }
}
