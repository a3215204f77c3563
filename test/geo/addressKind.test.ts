import fc from "fast-check";
import {expect, test} from "vitest";
import {formatAddress} from "../../lib/geo/address.js";
import {addressKind} from "../../lib/geo/addressKind.js";
import {addressKinds} from "../../lib/geo/addressKinds.js";
import {specialRanges} from "../../lib/geo/specialRanges.js";

test.each([
  ["public", ["8.8.8.8", "1.0.0.1", "172.32.0.1", "100.128.0.0", "192.175.48.6", "192.169.0.1", "223.255.255.255"]],
  [
    "public",
    ["2606:4700::1111", "2a00:1450::8", "2001:200::1", "2620:4f:8000::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
  ],
  ["private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd00::1", "fec0::1", "64:ff9b:1::1"]],
  ["private", ["::ffff:192.168.0.1", "64:ff9b::10.1.2.3", "2002:c0a8:101::1"]],
  ["shared", ["100.64.0.0", "100.127.255.255"]],
  ["loopback", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]],
  ["link-local", ["169.254.169.254", "fe80::1", "fe80::1%eth0", "febf::1"]],
  ["multicast", ["224.0.0.251", "239.255.255.250", "ff02::fb"]],
  ["broadcast", ["255.255.255.255"]],
  ["documentation", ["192.0.2.1", "198.51.100.9", "203.0.113.255", "2001:db8::1", "3fff::1"]],
  ["reserved", ["0.0.0.0", "192.0.0.170", "192.88.99.1", "198.19.0.1", "240.0.0.1", "::", "::9", "100::1", "5f00::1"]],
  ["reserved", ["2001::1", "2001:2::1", "2001:1ff::", "4000::", "::8.8.8.8", "fe00::1", "64:ff9b:0:1::"]],
  ["not an address", ["", "localhost", "example.com", "8.8.8.8:53", "[::1]", "08.8.8.8", "<script>"]]
])("addressKind(text) is %s for %j", (kind, texts) => {
  expect(texts.map(addressKind)).toEqual(texts.map(() => kind));
});

test("addressKind(text) is the range’s kind for its first and last address", () => {
  for (const {prefix, length, kind} of specialRanges) {
    const last = prefix.map((byte, i) => byte | (0xff >> Math.min(8, Math.max(0, length - 8 * i))));
    if (length > 3) expect(addressKind(formatAddress(prefix))).toBe(kind);
    if (kind === "private" || length > 23) expect(addressKind(formatAddress(last))).toBe(kind);
  }
});

test("addressKind(text) is one of the kinds, whatever the text", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => addressKinds.includes(addressKind(text)))
  );
});
