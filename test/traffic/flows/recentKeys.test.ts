import fc from "fast-check";
import {expect, test} from "vitest";
import {RecentKeys} from "../../../lib/traffic/flows/recentKeys.js";

test("RecentKeys numbers keys as a map does that forgets what was used longest ago", () => {
  const key = fc.tuple(fc.constantFrom(0, 1, -1, 2 ** 31 - 1), fc.integer({min: -40, max: 40}));
  fc.assert(
    fc.property(fc.integer({min: 1, max: 100}), fc.array(key, {maxLength: 400}), (most, keys) => {
      const recent = new RecentKeys(most);
      const known = new Map<string, number>();
      for (const [high, low] of keys) {
        const name = `${high},${low}`;
        const place = recent.placeOf(high, low);
        const expected = known.get(name) ?? (known.size < most ? known.size : [...known.values()][0]!);
        expect([place, recent.isNew]).toEqual([expected, !known.has(name)]);
        if (known.size === most && !known.has(name)) known.delete([...known.keys()][0]!);
        known.delete(name);
        known.set(name, place);
        expect(recent.size).toBe(known.size);
        expect(recent.capacity).toBeLessThanOrEqual(most);
      }
    })
  );
});

test("RecentKeys takes constant time for keys that are made to collide", () => {
  const recent = new RecentKeys(2 ** 14);
  const colliding = (i: number) => [i << 16, collidingLow(i << 16)] as const;
  for (let round = 0; round < 2; ++round) {
    for (let i = 0; i < 10_000; ++i) recent.placeOf(...colliding(i));
  }
  expect(recent.size).toBeLessThanOrEqual(64);
  recent.placeOf(...colliding(9999));
  expect(recent.isNew).toBe(false);
});

// the low half with which a key hashes to 0: multiplication by an odd number and x ^ (x >>> 16) have inverses
function collidingLow(high: number): number {
  const product = Math.imul(high ^ (high >>> 15), 0x9e3779b1);
  let inverse = 0x85ebca6b;
  for (let i = 0; i < 5; ++i) inverse = Math.imul(inverse, 2 - Math.imul(0x85ebca6b, inverse));
  const mixed = Math.imul(product, inverse);
  return mixed ^ (mixed >>> 16);
}
