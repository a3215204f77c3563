import {expect, test} from "vitest";
import {exp2} from "../../lib/forest/exp2.js";

test("exp2(x) is exact for whole x", () => {
  for (let x = -1000; x <= 1000; ++x) expect(exp2(x)).toBe(2 ** x);
});

test("exp2(x) is within 2 units in the last place of 2 ** x", () => {
  let worst = 0;
  for (let i = -100_000; i <= 100_000; ++i) worst = Math.max(worst, unitsApart(exp2(i / 99.7), 2 ** (i / 99.7)));
  for (let i = -50_000; i <= 50_000; ++i) worst = Math.max(worst, unitsApart(exp2(i / 49_999), 2 ** (i / 49_999)));
  expect(worst).toBeLessThanOrEqual(2);
});

test("exp2(x) ascends from −1 to 0, where scores are", () => {
  const values = Array.from({length: 100_001}, (_, i) => exp2(i / 100_000 - 1));
  expect(values.every((value, i) => i === 0 || value > values[i - 1]!)).toBe(true);
});

// Neighbouring positive doubles have neighbouring bits.
function unitsApart(a: number, b: number): number {
  const bits = new BigInt64Array(Float64Array.of(a, b).buffer);
  return Math.abs(Number(bits[0]! - bits[1]!));
}
