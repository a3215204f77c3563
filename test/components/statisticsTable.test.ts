import {expect, test} from "vitest";
import {formatStatistic} from "../../src/components/statisticsTable.js";

test.each([
  [0, "0.0000"],
  [0.96226, "0.9623"],
  [-0.5, "-0.5000"],
  [2.5e-6, "2.500e-06"],
  [1e-12, "1.000e-12"],
  [91.6111, "91.6111"],
  [245.65, "245.7"],
  [123456.78, "123456.8"],
  [2.5e9, "2.500e+9"],
  [Infinity, "∞"],
  [NaN, "–"]
])("formatStatistic(%d) is %s", (value, text) => {
  expect(formatStatistic(value)).toBe(text);
});
