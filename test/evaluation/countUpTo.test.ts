import fc from "fast-check";
import {expect, test} from "vitest";
import {countUpTo} from "../../lib/evaluation/countUpTo.js";

test("countUpTo(ascending, value) counts what is at most the value", () => {
  const values = fc.array(fc.integer({min: -9, max: 9}));
  fc.assert(
    fc.property(values, fc.integer({min: -10, max: 10}), (list, value) => {
      const ascending = Float64Array.from(list).sort();
      expect(countUpTo(ascending, value)).toBe(list.filter((x) => x <= value).length);
    })
  );
});

test("countUpTo(ascending, value) knows infinities and both zeros", () => {
  const ascending = Float64Array.of(-Infinity, -0, 0, Infinity);
  expect([-Infinity, -0, 0, Infinity].map((value) => countUpTo(ascending, value))).toEqual([1, 3, 3, 4]);
});
