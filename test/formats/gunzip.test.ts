import {gunzipSync, gzipSync} from "node:zlib";
import fc from "fast-check";
import {expect, test} from "vitest";
import {Gunzip, isGzip} from "../../lib/formats/gunzip.js";

const text = Buffer.from(Array.from({length: 3000}, (_, i) => `${i} ${(i * 7919) % 1000}\n`).join(""));
const one = gzipSync(text);

test("Gunzip inflates the same as zlib, however the bytes come in pieces", () => {
  const whole = Buffer.concat([one, gzipSync(""), gzipSync(text.subarray(0, 100))]);
  const expected = gunzipSync(whole);
  fc.assert(
    fc.property(fc.array(fc.nat(whole.length), {maxLength: 8}), (cuts) => {
      const {bytes, fault} = inflated(whole, cuts);
      expect([bytes.equals(expected), fault]).toEqual([true, null]);
    })
  );
  expect(inflated(Buffer.concat([one, one]), [one.length])).toEqual({bytes: Buffer.concat([text, text]), fault: null});
});

test("Gunzip gives all that a file holds that is cut short", () => {
  expect(inflated(one.subarray(0, -8), [])).toEqual({bytes: text, fault: "gzip ends early"});
  const {bytes, fault} = inflated(one.subarray(0, one.length / 2), [100]);
  expect(fault).toBe("gzip ends early");
  expect(bytes.length).toBeGreaterThan(text.length / 4);
  expect(text.subarray(0, bytes.length).equals(bytes)).toBe(true);
});

test("Gunzip gives what stands before the damage, and never throws or hangs", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: one.length - 1}), fc.integer({min: 1, max: 255}), (place, change) => {
      const broken = Buffer.from(one);
      broken[place] = broken[place]! ^ change;
      const {bytes, fault} = inflated(broken, [place]);
      // Names, times and flags of the header may be anything.
      if (place >= 10) expect(fault).not.toBeNull();
      expect(bytes.length).toBeLessThan(2 ** 24);
    })
  );
});

test("Gunzip takes zeros behind a gzip for padding, and tells of other bytes", () => {
  expect(inflated(Buffer.concat([one, Buffer.alloc(20)]), [])).toEqual({bytes: text, fault: null});
  const {bytes, fault} = inflated(Buffer.concat([one, Buffer.from("GET / HTTP/1.1\r\n")]), []);
  expect({bytes, fault}).toEqual({bytes: text, fault: "bytes after gzip are none"});
  expect(inflated(Buffer.alloc(0), [])).toEqual({bytes: Buffer.alloc(0), fault: null});
});

test("Gunzip inflates a little at a time, however much its bytes hold", () => {
  const [first] = new Gunzip().push(gzipSync(Buffer.alloc(2 ** 24)));
  expect(first!.length).toBe(2 ** 17);
});

test("isGzip(head) knows gzip by its first bytes", () => {
  expect([one, text, Buffer.alloc(0)].map(isGzip)).toEqual([true, false, false]);
});

function inflated(bytes: Uint8Array, cuts: readonly number[]) {
  const parts: Uint8Array[] = [];
  const gunzip = new Gunzip();
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  for (const [i, end] of places.slice(1).entries()) parts.push(...gunzip.push(bytes.subarray(places[i], end)));
  gunzip.end();
  return {bytes: Buffer.concat(parts), fault: gunzip.fault};
}
