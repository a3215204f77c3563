import fc from "fast-check";
import {expect, test} from "vitest";
import {logTicks} from "../../src/components/logTicks.js";

test.each([
  [0, 950, [0, 1, 10, 100]],
  [0, 1e4, [0, 1, 10, 100, 1000, 10_000]],
  [0, 3e9, [0, 1, 1000, 1e6, 1e9]],
  [0, 8, [0, 1, 2, 5]],
  [3, 80, [5, 10, 20, 50]],
  [0, 0.8, [0, 0.2, 0.4, 0.6, 0.8]],
  [4100, 4900, [4200, 4400, 4600, 4800]],
  [1e16, 1e16 + 2, [1e16]],
  [1e308, Number.POSITIVE_INFINITY, [1e308]]
])("logTicks(%d, %d) gives numbers that people read easily", (low, high, ticks) => {
  expect(logTicks(low, high)).toEqual(ticks);
});

test("logTicks(low, high) gives few numbers within any range, ascending", () => {
  fc.assert(
    fc.property(fc.double({min: 0, noNaN: true}), fc.double({min: 0, noNaN: true}), (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      const ticks = logTicks(low, high);
      expect(ticks.length).toBeLessThanOrEqual(12);
      expect(ticks.every((x, i) => Number.isFinite(x) && (i === 0 || x > ticks[i - 1]!))).toBe(true);
    })
  );
});
