import {expect, it} from "vitest";
import {numberAt} from "../../lib/formats/jsonLines.js";

it.each([
  [0, 0],
  ["12.5", 12.5],
  [2 ** 64, 2 ** 64],
  [1.7e308, Number.NaN],
  ["99999999999999999999999", Number.NaN],
  [-1, Number.NaN],
  ["1e3", Number.NaN],
  [null, Number.NaN]
])("numberAt({n: %j}, n) is %d", (n, number) => {
  expect(numberAt({n}, "n")).toBe(number);
});
