import fc from "fast-check";
import {expect, test} from "vitest";
import {holm} from "../../lib/evaluation/holm.js";

const chances = fc.array(fc.double({min: 0, max: 1, noNaN: true}), {maxLength: 15});

test("holm(p) is R’s p.adjust", () => {
  // R 4.2.2: p.adjust(c(0.01, 0.04, 0.03, NA, 0.005), "holm")
  const adjusted = holm([0.01, 0.04, 0.03, NaN, 0.005]);
  for (const [i, expected] of [0.03, 0.06, 0.06, NaN, 0.02].entries()) {
    if (Number.isNaN(expected)) expect(adjusted[i]).toBeNaN();
    else expect(adjusted[i]).toBeCloseTo(expected, 14);
  }
  // R 4.2.2: p.adjust(c(0.5, 0.9, 0.001, 0.5), "holm")
  expect([...holm([0.5, 0.9, 0.001, 0.5])]).toEqual([1, 1, 0.004, 1]);
});

test("holm(p) lies between the p-value and Bonferroni’s, in the same order", () => {
  fc.assert(
    fc.property(chances, (p) => {
      const adjusted = holm(p);
      for (const [i, value] of p.entries()) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(value);
        expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p.length * value));
        for (const [j, other] of p.entries()) if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
      }
    })
  );
});

test("holm(p) leaves one p-value and none as they are, and throws on what is none", () => {
  expect([...holm([0.2])]).toEqual([0.2]);
  expect([...holm([])]).toEqual([]);
  expect(() => holm([0.2, 1.5])).toThrow("invalid p: 1.5");
  expect(() => holm([-0.1])).toThrow("invalid p: -0.1");
});
