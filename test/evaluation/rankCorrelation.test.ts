import fc from "fast-check";
import {expect, test} from "vitest";
import {rankCorrelation, ranks} from "../../lib/evaluation/rankCorrelation.js";
import {tolerance} from "./goldens.js";

test('rankCorrelation(a, b) is R’s cor(a, b, method = "spearman")', () => {
  // IQ and hours of television of ten people, the example of Wikipedia’s article; R gives −0.1757576.
  const iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
  expect(Math.abs(rankCorrelation(iq, hours) + 29 / 165)).toBeLessThan(tolerance);
});

test("rankCorrelation(a, b) lets ties share the mean of their ranks", () => {
  expect([...ranks([3, 1, 3, 2, 3])]).toEqual([4, 1, 4, 2, 4]);
  expect([...ranks([0, -0])]).toEqual([1.5, 1.5]);
  // The correlation of the ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4 is 4.5 / √(4.5 · 5).
  expect(Math.abs(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4]) - 4.5 / Math.sqrt(22.5))).toBeLessThan(tolerance);
});

test("ranks(values) counts those below and half of those that are equal", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({min: 0, max: 4}), fc.double({noNaN: true}))), (values) => {
      const expected = values.map(
        (x) => values.filter((y) => y < x).length + (values.filter((y) => y === x).length + 1) / 2
      );
      expect([...ranks(values)]).toEqual(expected);
    })
  );
});

test("rankCorrelation(a, b) is 1 under a rising map, −1 under a falling one, and symmetric", () => {
  const distinct = fc.uniqueArray(fc.integer(), {minLength: 2});
  fc.assert(
    fc.property(distinct, (values) => {
      expect(
        rankCorrelation(
          values,
          values.map((x) => x * 3 + 1)
        )
      ).toBe(1);
      expect(
        rankCorrelation(
          values,
          values.map((x) => -x)
        )
      ).toBeCloseTo(-1, 12);
      const shuffled = [...values].reverse();
      expect(rankCorrelation(values, shuffled)).toBe(rankCorrelation(shuffled, values));
    })
  );
});

test("rankCorrelation(a, b) is undefined where there is nothing to rank", () => {
  expect([rankCorrelation([], []), rankCorrelation([1], [2]), rankCorrelation([1, 1], [1, 2])]).toEqual([
    NaN,
    NaN,
    NaN
  ]);
  expect(() => rankCorrelation([1], [])).toThrow(RangeError);
});
