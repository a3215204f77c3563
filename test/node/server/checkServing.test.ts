import {expect, it} from "vitest";
import {checkServing, isLoopback} from "../../../lib/node/server/checkServing.js";
import {UsageError} from "../../../lib/node/usageError.js";

const token = "0123456789abcdef";

it("checkServing() is for this machine only", () => {
  expect(checkServing({})).toEqual({host: "127.0.0.1", port: 5000, token: null});
});

it.each([
  [{port: "0"}, {port: 0}],
  [{port: 65535}, {port: 65535}],
  [{host: "localhost"}, {token: null}],
  [{host: "::1"}, {token: null}],
  [{host: "127.9.9.9"}, {token: null}],
  [{token}, {host: "127.0.0.1", token}],
  [
    {host: "0.0.0.0", token},
    {host: "0.0.0.0", token}
  ],
  [{host: "::", token}, {host: "::"}]
])("checkServing(%j) takes it", (options, expected) => {
  expect(checkServing(options)).toMatchObject(expected);
});

it.each([
  [{port: "x"}, "invalid port: x"],
  [{port: "65536"}, "invalid port: 65536"],
  [{port: "-1"}, "invalid port: -1"],
  [{port: "1.5"}, "invalid port: 1.5"],
  [{port: ""}, "invalid port: "],
  [{host: ""}, "missing host"],
  [{token: ""}, "token too short: expected 16 characters or more, got 0"],
  [{token: "0123456789abcde"}, "token too short: expected 16 characters or more, got 15"],
  [
    {token: "0123456789 abcdef"},
    "invalid token: expected at most 256 letters, digits and signs of ASCII, without spaces"
  ],
  [{token: "ä".repeat(16)}, "invalid token: expected at most 256 letters, digits and signs of ASCII, without spaces"],
  [{token: "a".repeat(257)}, "invalid token: expected at most 256 letters, digits and signs of ASCII, without spaces"],
  [{host: "0.0.0.0"}, "missing token: others can reach 0.0.0.0, so it takes --token with 16 characters or more"],
  [{host: "::"}, "missing token: others can reach ::, so it takes --token with 16 characters or more"],
  [{host: "10.0.0.1"}, "missing token: others can reach 10.0.0.1, so it takes --token with 16 characters or more"],
  [{host: "eddy.test"}, "missing token: others can reach eddy.test, so it takes --token with 16 characters or more"]
])("checkServing(%j) throws a UsageError", (options, message) => {
  expect(() => checkServing(options)).toThrow(new UsageError(message));
});

it.each([
  "127.0.0.1.example.com",
  "localhost.example.com",
  "128.0.0.1",
  "0.0.0.0",
  "::",
  "::2",
  "1",
  "0x7f.1",
  "example.com"
])("isLoopback(%s) is false", (host) => {
  expect(isLoopback(host)).toBe(false);
});
