import {expect, test} from "vitest";
import {daysOf} from "../../lib/traffic/daysOf.js";

test("daysOf(time) spans the first to the last time, in any order, without missing ones", () => {
  const day = 86_400_000;
  expect(daysOf([3 * day, NaN, day, 2 * day])).toBe(2);
  expect(daysOf(Float64Array.of(0, day / 2))).toBe(0.5);
});

test("daysOf(time) is NaN where times span nothing", () => {
  for (const time of [[], [NaN], [5], [5, 5]]) expect(daysOf(time)).toBeNaN();
});
