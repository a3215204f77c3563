import {expect, test} from "vitest";
import {Pace} from "../../../lib/node/sources/pace.js";

const start = Date.UTC(2026, 10, 28);

test("Pace lets what happened within a minute pass in a second at speed 60", () => {
  let now = 5;
  const pace = new Pace(60, () => now);
  expect(pace.allows(start)).toBe(true);
  expect(pace.allows(start + 60_000)).toBe(false);
  now += 999;
  expect(pace.allows(start + 60_000)).toBe(false);
  now += 1;
  expect([pace.allows(start + 60_000), pace.allows(start + 60_001), pace.allows(start + 59_000)]).toEqual([
    true,
    false,
    true
  ]);
});

test("Pace is not held up by a time that no other is near, nor by what has none", () => {
  let now = 0;
  const pace = new Pace(1, () => now);
  expect(pace.allows(start)).toBe(true);
  expect(pace.allows(Number.NEGATIVE_INFINITY)).toBe(true);
  expect([pace.allows(Date.UTC(2099, 0)), pace.allows(start + 1000), pace.allows(start + 2000)]).toEqual([
    true,
    true,
    false
  ]);
  now = 1000;
  expect(pace.allows(start + 2000)).toBe(true);
});

test("Pace of Infinity lets all pass at once, and no other speed than above 0 is one", () => {
  const pace = new Pace(Number.POSITIVE_INFINITY, () => 0);
  expect([start, start + 1e9, start].map((time) => pace.allows(time))).toEqual([true, true, true]);
  for (const speed of [0, -1, Number.NaN]) expect(() => new Pace(speed)).toThrow(`invalid speed: ${speed}`);
});
