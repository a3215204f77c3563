import fc from "fast-check";
import {expect, test} from "vitest";
import {parseAddress} from "../../../lib/geo/address.js";
import {addressKind} from "../../../lib/geo/addressKind.js";
import {specialRangeOf, specialRanges} from "../../../lib/geo/specialRanges.js";
import {anonymizer} from "../../../lib/traffic/anonymizing/anonymizer.js";
import {keptBits, sharedBits} from "../../../lib/traffic/anonymizing/keptBits.js";

const {address, host, path, name} = anonymizer("a long secret that nobody guesses");

const special = [
  "10.0.0.1",
  "10.1.2.3",
  "192.168.7.1",
  "127.0.0.1",
  "127.9.9.9",
  "169.254.0.1",
  "100.64.3.3",
  "224.0.0.251"
];
const more = [
  "239.255.255.250",
  "203.0.113.9",
  "198.51.100.7",
  "240.0.0.9",
  "0.0.0.0",
  "fe80::1",
  "ff02::fb",
  "fd00::9"
];
const carrying = ["::ffff:10.1.2.3", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:a01:203::1", "2001:db8::1", "2001::1"];
const someAddress = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom(...special, ...more, ...carrying));

test("anonymizer(seed).address(text) stays of its kind and within its range", () => {
  fc.assert(
    fc.property(someAddress, (text) => {
      const pseudonym = address(text);
      expect(addressKind(pseudonym)).toBe(addressKind(text));
      expect(specialRangeOf(parseAddress(pseudonym)!)).toBe(specialRangeOf(parseAddress(text)!));
    }),
    {numRuns: 500}
  );
  expect(["255.255.255.255", "::1", "::"].map(address)).toEqual(["255.255.255.255", "::1", "::"]);
});

test("anonymizer(seed).address(text) keeps prefixes, in special ranges and beside them too", () => {
  const near = fc.constantFrom(...specialRanges).chain(({prefix}) =>
    fc.tuple(fc.nat(prefix.length - 1), fc.nat(255)).map(([at, byte]) => {
      const bytes = prefix.slice();
      bytes[at] = byte;
      return bytes.length === 4 ? bytes.join(".") : [...bytes].map(hextet).join("");
    })
  );
  fc.assert(
    fc.property(fc.oneof(near, someAddress), fc.oneof(near, someAddress), (a, b) => {
      const [x, y] = [parseAddress(a)!, parseAddress(b)!];
      if (x.length !== y.length) return;
      expect(sharedBits(parseAddress(address(a))!, parseAddress(address(b))!)).toBe(sharedBits(x, y));
    }),
    {numRuns: 500}
  );
});

test("anonymizer(seed).address(text) carries on the pseudonym of the IPv4 address that is carried", () => {
  const inner = address("8.8.8.8");
  expect(address("::ffff:8.8.8.8")).toBe(`::ffff:${inner}`);
  expect([...parseAddress(address("2002:808:808::1"))!.subarray(2, 6)].join(".")).toBe(inner);
  expect(address("fe80::1%eth0")).toBe(address("fe80::1"));
});

test("anonymizer(seed) gives the same by the same seed, and something else by another", () => {
  const texts = ["8.8.8.8", "2a00:1450::1", "example.com", "10.0.0.1"];
  expect(texts.map(anonymizer("a long secret that nobody guesses").address)).toEqual(texts.map(address));
  expect(texts.filter((text) => anonymizer("another").address(text) === address(text))).toEqual([]);
  expect(anonymizer(7).address("8.8.8.8")).toBe(anonymizer("7").address("8.8.8.8"));
  expect(texts.map(address)).toMatchInlineSnapshot(`
    [
      "9.244.49.29",
      "2aff:d7b3:f87b:cfef:ff0f:fe00:1f:fffe",
      "host-71daaafa8b91",
      "10.252.48.64",
    ]
  `);
  expect(() => anonymizer(" ")).toThrow("expected a seed to anonymize by, got none");
});

test("anonymizer(seed) hashes names, and keeps ports", () => {
  expect(address("example.com")).toMatch(/^host-[0-9a-f]{12}$/);
  expect(address("203.0.113.9:80")).toMatch(/^host-[0-9a-f]{12}$/);
  expect(host("Example.COM:8080")).toBe(`${address("example.com")}:8080`);
  expect(host("203.0.113.9:8080")).toBe(`${address("203.0.113.9")}:8080`);
  expect(host("[2001:db8::1]:443")).toBe(`[${address("2001:db8::1")}]:443`);
  expect(host("[2001:db8::1]")).toBe(address("2001:db8::1"));
  expect(name("user", "jane")).toMatch(/^user-[0-9a-f]{12}$/);
  expect(name("user", "jane")).not.toBe(name("user", "Jane"));
  expect(path("http://example.com/a?b=c")).toBe(`http://${address("example.com")}/a?b=*`);
});

test("keptBits(address) is few for most public addresses, and all of the range’s within a special range", () => {
  const kept = (text: string) => keptBits(parseAddress(text)!);
  expect(["10.1.2.3", "192.168.0.1", "203.0.113.9", "255.255.255.255", "fe80::1"].map(kept)).toEqual([
    8, 16, 24, 32, 10
  ]);
  expect(["32.0.0.1", "80.0.0.1", "11.0.0.1", "203.0.112.1", "2a00::1"].map(kept)).toEqual([3, 3, 8, 24, 5]);
});

function hextet(byte: number, i: number): string {
  return `${i > 0 && i % 2 === 0 ? ":" : ""}${byte.toString(16).padStart(2, "0")}`;
}
