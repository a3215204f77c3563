import fc from "fast-check";
import {expect, test} from "vitest";
import {writeIpv4, writeIpv6} from "../../../lib/formats/capture/addressText.js";

test("writeIpv6 compresses as RFC 5952 has it", () => {
  expect(text6([0, 0, 0, 0])).toBe("::");
  expect(text6([0, 0, 0, 1])).toBe("::1");
  expect(text6([0x20010db8, 0, 0, 0])).toBe("2001:db8::");
  expect(text6([0x20010db8, 0, 0x00010000, 1])).toBe("2001:db8::1:0:0:1");
  expect(text6([0x20010db8, 0x00000001, 0x00010001, 0x00010001])).toBe("2001:db8:0:1:1:1:1:1");
  expect(text6([0xfe800000, 0, 0xabcdef01, 0x00100200])).toBe("fe80::abcd:ef01:10:200");
  expect(text6([0, 0, 0xffff, 0xc0000201])).toBe("::ffff:192.0.2.1");
});

test("writeIpv6 agrees with the URL standard, of which it differs in IPv4 addresses alone", () => {
  const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
  fc.assert(
    fc.property(fc.array(group, {minLength: 8, maxLength: 8}), (groups) => {
      fc.pre(groups.slice(0, 5).some((value) => value > 0) || groups[5] !== 0xffff);
      const words = [0, 2, 4, 6].map((i) => groups[i]! * 65536 + groups[i + 1]!);
      const url = new URL(`http://[${groups.map((value) => value.toString(16)).join(":")}]`);
      expect(`[${text6(words)}]`).toBe(url.hostname);
    })
  );
});

test("writeIpv4 writes four decimals", () => {
  fc.assert(
    fc.property(fc.uint8Array({minLength: 4, maxLength: 4}), (parts) => {
      const bytes = new Uint8Array(15);
      const end = writeIpv4(bytes, 0, new DataView(parts.buffer).getUint32(0));
      expect(new TextDecoder().decode(bytes.subarray(0, end))).toBe(parts.join("."));
    })
  );
});

function text6(words: readonly number[]): string {
  const bytes = new Uint8Array(40);
  const end = writeIpv6(bytes, 1, Uint32Array.of(7, ...words), 1);
  return new TextDecoder().decode(bytes.subarray(1, end));
}
