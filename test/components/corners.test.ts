import fc from "fast-check";
import {expect, test} from "vitest";
import {corners} from "../../src/components/corners.js";
import {logRates} from "../../src/components/rateAxis.js";

test("corners(x, y) keeps both ends and drops what is less than a pixel away", () => {
  const x = Float64Array.from({length: 10_001}, (_, i) => i / 10_000);
  const points = corners(x, x);
  expect([points[0]!.i, points.at(-1)!.i]).toEqual([0, 10_000]);
  expect(points.length).toBeLessThan(720);
});

test("corners(x, y) of a step keeps its corner", () => {
  expect(corners(Float64Array.of(0, 0, 1), Float64Array.of(0, 1, 1))).toEqual([
    {i: 0, x: 0, y: 0},
    {i: 1, x: 0, y: 1},
    {i: 2, x: 1, y: 1}
  ]);
});

test("corners(x, y) of unknown places, or of none, is empty", () => {
  expect(corners(Float64Array.of(Number.NaN, 0), Float64Array.of(0, Number.NaN))).toEqual([]);
  expect(corners(new Float64Array(), new Float64Array())).toEqual([]);
});

test("corners(x, y) keeps on a logarithmic axis what a linear one would drop", () => {
  const x = Float64Array.from({length: 20_001}, (_, i) => i / 20_000);
  const placeX = logRates(1 / 20_000, () => 0.1).place;
  const below = (points: readonly {i: number}[]) => points.filter(({i}) => i <= 200).length;
  const points = corners(x, x, {placeX});
  expect(below(corners(x, x))).toBeLessThan(10);
  expect(below(points)).toBeGreaterThan(100);
  expect(points.length).toBeLessThan(1400);
});

test("corners(x, y) is never farther than a pixel from the curve", () => {
  const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), {minLength: 1, maxLength: 200});
  fc.assert(
    fc.property(steps, (lengths) => {
      const x = sums(lengths.map(([dx]) => dx));
      const y = sums(lengths.map(([, dy]) => dy));
      const points = corners(x, y, {resolution: 0.05});
      for (const [i] of x.entries()) {
        const kept = points.findLast((point) => point.i <= i)!;
        const isLast = i === x.length - 1 && kept.i < i;
        expect(isLast).toBe(false);
        expect(Math.max(Math.abs(kept.x - x[i]!), Math.abs(kept.y - y[i]!))).toBeLessThan(0.05);
      }
    })
  );
});

function sums(steps: readonly number[]): Float64Array {
  const total = steps.reduce((a, b) => a + b, 0) || 1;
  let sum = 0;
  return Float64Array.from([0, ...steps], (step) => {
    sum += step;
    return sum / total;
  });
}
