import fc from "fast-check";
import {expect, test} from "vitest";
import {randomSource} from "../lib/random.js";

const seeds = fc.maxSafeNat();
const streams = fc.nat();

test("randomSource(seed, stream) gives the same numbers for the same seed and stream", () => {
  fc.assert(
    fc.property(seeds, streams, (seed, stream) => {
      expect(take(randomSource(seed, stream), 20)).toEqual(take(randomSource(seed, stream), 20));
    })
  );
});

test("randomSource(seed, stream) gives other numbers for another seed or stream", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 2 ** 31}), streams, (seed, stream) => {
      const numbers = take(randomSource(seed, stream), 4);
      expect(take(randomSource(seed + 1, stream), 4)).not.toEqual(numbers);
      expect(take(randomSource(seed + 2 ** 32, stream), 4)).not.toEqual(numbers);
      expect(take(randomSource(seed, stream + 1), 4)).not.toEqual(numbers);
    })
  );
});

test("randomSource(seed, stream) keeps its numbers: a change here changes every stored experiment", () => {
  const digits = [randomSource(1), randomSource(1, 7), randomSource(2 ** 40 + 3, 1)].map((random) => {
    return take(random, 3).map((u) => (u * 2 ** 32).toString(16));
  });
  expect(digits).toMatchInlineSnapshot(`
    [
      [
        "2f3d1c4a",
        "bfa66005",
        "98cf040",
      ],
      [
        "1debe95f",
        "28b7a81a",
        "d2ccb0a3",
      ],
      [
        "1006f3d7",
        "ae097c6d",
        "6bcb5a36",
      ],
    ]
  `);
});

test("randomSource(seed, stream) gives numbers in [0, 1) in steps of 2^−32", () => {
  fc.assert(
    fc.property(seeds, streams, (seed, stream) => {
      for (const u of take(randomSource(seed, stream), 100)) {
        expect(u >= 0 && u < 1 && Number.isInteger(u * 2 ** 32)).toBe(true);
      }
    })
  );
});

test("randomSource(seed) is uniform: chi-square of 100 bins", () => {
  for (const seed of [1, 2, 3]) {
    const count = new Float64Array(100);
    const random = randomSource(seed);
    for (let i = 0; i < 100_000; ++i) count[Math.floor(random() * 100)]! += 1;
    const chiSquare = count.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    // 99 degrees of freedom: 1 in 1000 below 60, 1 in 1000 above 149.
    expect(chiSquare).toBeGreaterThan(60);
    expect(chiSquare).toBeLessThan(149);
  }
});

test("randomSource(seed, stream) has streams and seeds whose first numbers are uniform and do not correlate", () => {
  const n = 20_000;
  const byStream = Array.from({length: n}, (_, stream) => randomSource(1, stream)());
  const bySeed = Array.from({length: n}, (_, seed) => randomSource(seed)());
  for (const u of [byStream, bySeed]) {
    expect(Math.abs(mean(u) - 1 / 2)).toBeLessThan(4 / Math.sqrt(12 * n));
    const lagged = u.slice(1).map((x, i) => (x - 1 / 2) * (u[i]! - 1 / 2) * 12);
    expect(Math.abs(mean(lagged))).toBeLessThan(4 / Math.sqrt(n));
  }
});

test("randomSource(seed) throws on seeds that are no whole numbers of 0 or more", () => {
  for (const seed of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(() => randomSource(seed)).toThrow(`invalid seed: ${seed}`);
  }
});

function take(random: () => number, count: number): number[] {
  return Array.from({length: count}, random);
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}
