import {createCipheriv} from "node:crypto";
import fc from "fast-check";
import {expect, test} from "vitest";
import {formatAddress, parseAddress} from "../../../lib/geo/address.js";
import {cryptoPan} from "../../../lib/traffic/anonymizing/cryptoPan.js";
import {sharedBits} from "../../../lib/traffic/anonymizing/keptBits.js";

// Key and trace of the sample that comes with the authors’ Crypto-PAn 1.0.
const key = Uint8Array.of(
  ...[21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16],
  ...[216, 152, 143, 131, 121, 121, 101, 39, 98, 87, 76, 45, 42, 132, 34, 2]
);
const pan = cryptoPan(key);

test.each([
  ["128.11.68.132", "135.242.180.132"],
  ["129.118.74.4", "134.136.186.123"],
  ["130.132.252.244", "133.68.164.234"],
  ["141.223.7.43", "141.167.8.160"],
  ["141.233.145.108", "141.129.237.235"],
  ["152.163.225.39", "151.140.114.167"],
  ["156.29.3.236", "147.225.12.42"],
  ["165.247.96.84", "162.9.99.234"],
  ["166.107.77.190", "160.132.178.185"],
  ["192.102.249.13", "252.138.62.131"],
  ["192.215.32.125", "252.43.47.189"],
  ["192.233.80.103", "252.25.108.8"],
  ["192.41.57.43", "252.222.221.184"],
  ["193.150.244.223", "253.169.52.216"],
  ["195.205.63.100", "255.186.223.5"],
  ["198.200.171.101", "249.199.68.213"],
  ["198.26.132.101", "249.36.123.202"],
  ["198.36.213.5", "249.7.21.132"],
  ["198.51.77.238", "249.18.186.254"],
  ["199.217.79.101", "248.38.184.213"],
  ["202.49.198.20", "245.206.7.234"],
  ["203.12.160.252", "244.248.163.4"],
  ["204.184.162.189", "243.192.77.90"]
])("cryptoPan(key) gives %s the pseudonym of the authors’ sample, %s", (address, pseudonym) => {
  expect(formatAddress(pan(parseAddress(address)!))).toBe(pseudonym);
});

const pairs = fc
  .constantFrom(4, 16)
  .chain((length) => {
    const bytes = fc.uint8Array({minLength: length, maxLength: length});
    return fc.tuple(bytes, bytes, fc.nat(8 * length), fc.nat(8 * length));
  })
  // The second begins as the first does, for so many bits.
  .map(([a, other, shared, kept]) => {
    const b = other.map((byte, i) => {
      const mask = 0xff >> Math.min(8, Math.max(0, shared - 8 * i));
      return (a[i]! & ~mask) | (byte & mask);
    });
    return [a, b, kept] as const;
  });

test("cryptoPan(key) keeps as many first bits the same in two pseudonyms as in their addresses", () => {
  fc.assert(
    fc.property(pairs, ([a, b]) => {
      expect(sharedBits(pan(a), pan(b))).toBe(sharedBits(a, b));
    }),
    {numRuns: 300}
  );
});

test("cryptoPan(key) leaves the first bits that are to be kept, and the address that it is given", () => {
  fc.assert(
    fc.property(pairs, ([a, , kept]) => {
      const before = a.slice();
      expect(sharedBits(pan(a, kept), a)).toBeGreaterThanOrEqual(kept);
      expect(sharedBits(pan(a, kept), pan(a, Math.max(0, kept - 1)))).toBeGreaterThanOrEqual(kept - 1);
      expect(a).toEqual(before);
    }),
    {numRuns: 200}
  );
  expect(() => cryptoPan(new Uint8Array(16))).toThrow("expected a key of 32 bytes, got: 16");
});

test("cryptoPan(key) flips each bit by AES over the bits before it and the pad, as the paper says", () => {
  fc.assert(
    fc.property(pairs, ([a]) => {
      expect(bitsOf(pan(a))).toBe(byThePaper(a));
    }),
    {numRuns: 50}
  );
});

test("cryptoPan(key) gives each address of a network one of its own", () => {
  const pseudonyms = Array.from({length: 8192}, (_, i) => pan(Uint8Array.of(9, 8, i >> 8, i & 255)).join("."));
  expect(new Set(pseudonyms).size).toBe(8192);
});

/** f(a₁…aᵢ₋₁) is the first bit of AES over a₁…aᵢ₋₁ and the rest of the pad. */
function byThePaper(address: Uint8Array): string {
  const pad = bitsOf(aes(key.subarray(16)));
  const bits = bitsOf(address);
  const flips = Array.from(bits, (_, i) => {
    const block = bits.slice(0, i) + pad.slice(i);
    return bitsOf(aes(Uint8Array.from(block.match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2))))[0];
  });
  return Array.from(bits, (bit, i) => Number(bit !== flips[i])).join("");
}

function aes(block: Uint8Array): Uint8Array {
  return createCipheriv("aes-128-ecb", key.subarray(0, 16), null).update(block);
}

function bitsOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
}
