import {expect, test} from "vitest";
import {parseListenAddress} from "../../../lib/node/sources/listenAddress.js";
import {UsageError} from "../../../lib/node/usageError.js";

test("parseListenAddress(text) takes an address and a port", () => {
  expect(parseListenAddress("127.0.0.1:2055")).toEqual({host: "127.0.0.1", port: 2055, isIpv6: false});
  expect(parseListenAddress("0.0.0.0:65535")).toEqual({host: "0.0.0.0", port: 65535, isIpv6: false});
  expect(parseListenAddress("localhost:1")).toEqual({host: "127.0.0.1", port: 1, isIpv6: false});
  expect(parseListenAddress("[::1]:4739")).toEqual({host: "::1", port: 4739, isIpv6: true});
});

test("parseListenAddress(text) says what is wrong", () => {
  for (const text of ["", "2055", "127.0.0.1", "::1:2055", "[::1]2055", "127.0.0.1:2055x", "127.0.0.1:-1"]) {
    expect(() => parseListenAddress(text), text).toThrow(/^expected host:port, such as .*, got: /);
  }
  for (const text of [":2055", "example.org:2055", "127.0.0.256:2055", "[127.0.0.1]:2055", "[]:2055", "127.1:2055"]) {
    expect(() => parseListenAddress(text), text).toThrow(new UsageError(`invalid address: ${text}`));
  }
  for (const text of ["127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:", "[::1]:000002055"]) {
    expect(() => parseListenAddress(text), text).toThrow(new UsageError(`invalid port: ${text}`));
  }
});
