import {isIP} from "node:net";
import fc from "fast-check";
import {expect, test} from "vitest";
import {formatAddress, formatNetwork, parseAddress} from "../../lib/geo/address.js";

test.each([
  ["203.0.113.9", [203, 0, 113, 9]],
  ["0.0.0.0", [0, 0, 0, 0]],
  ["::", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ["2001:DB8::a:0", [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0]],
  ["fe80::1%eth0", [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
  ["::192.0.2.1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1]],
  ["::ffff:192.0.2.1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 192, 0, 2, 1]],
  ["1:2:3:4:5:6:7::", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]]
])("parseAddress(%j) is its bytes", (text, bytes) => {
  expect(parseAddress(text)).toEqual(Uint8Array.from(bytes));
});

const none = [
  "",
  ".",
  "1.2.3",
  "1.2.3.4.5",
  "01.2.3.4",
  "1.2.3.256",
  "1.2.3.-4",
  "1.2.3.4 ",
  "1.2.3.4:80",
  "0x7f.0.0.1"
];
const noneOfSix = [
  ":",
  ":::",
  "1::2::3",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7:8::",
  ":1::2",
  "1::2:",
  "12345::"
];
test.each([
  ...none,
  ...noneOfSix,
  "[::1]",
  "::1/64",
  "::1.2.3",
  "::01.2.3.4",
  "1:2:3:4:5:6:7:1.2.3.4",
  "fe80::1%",
  "::g",
  "-"
])("parseAddress(%j) is null", (text) => {
  expect(parseAddress(text)).toBeNull();
});

const soup = fc.string({unit: fc.constantFrom(...":::..0123456789aF%g"), maxLength: 48});
test("parseAddress(text) takes what Node takes for an address, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        soup,
        fc.ipV4(),
        fc.ipV6(),
        fc.ipV6().map((text) => text.replace(/:[^:]*$/, ":9"))
      ),
      (text) => {
        expect(parseAddress(text)?.length ?? 0).toBe([0, 4, 16][[0, 4, 6].indexOf(isIP(text))]);
      }
    ),
    {numRuns: 2000}
  );
});

// The serializer of URLs compresses as RFC 5952 does, and writes mapped addresses in hexadecimal.
const bytes16 = fc.array(fc.oneof({weight: 2, arbitrary: fc.constant(0)}, fc.nat(255)), {minLength: 16, maxLength: 16});
test("formatAddress(bytes) is the address as RFC 5952 writes it, and parseAddress takes it back", () => {
  fc.assert(
    fc.property(bytes16, (values) => {
      const bytes = Uint8Array.from(values);
      const text = formatAddress(bytes);
      expect(parseAddress(text)).toEqual(bytes);
      if (!text.startsWith("::ffff:")) expect(`[${text}]`).toBe(new URL(`http://[${text}]/`).hostname);
    }),
    {numRuns: 1000}
  );
  expect(formatAddress(parseAddress("0:0:1::1:0:0")!)).toBe("::1:0:0:1:0:0");
  expect(formatAddress(parseAddress("::ffff:c000:201")!)).toBe("::ffff:192.0.2.1");
  expect(() => formatAddress(new Uint8Array(5))).toThrow("expected 4 or 16 bytes of an address, got: 5");
});

test("formatNetwork(bytes, prefix) is the network with its host bits cleared", () => {
  const network = (text: string, prefix: number) => formatNetwork(parseAddress(text)!, prefix);
  expect(network("203.0.113.9", 24)).toBe("203.0.113.0/24");
  expect(network("203.0.113.9", 30)).toBe("203.0.113.8/30");
  expect(network("203.0.113.9", 32)).toBe("203.0.113.9/32");
  expect(network("203.0.113.9", 0)).toBe("0.0.0.0/0");
  expect(network("2001:db8:ffff::1", 33)).toBe("2001:db8:8000::/33");
});
