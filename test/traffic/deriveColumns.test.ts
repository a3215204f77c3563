import fc from "fast-check";
import {expect, test} from "vitest";
import {deriveColumns, weekdays} from "../../lib/traffic/deriveColumns.js";
import {categories, categoriesOf, numbers, tableOf, valueAt} from "../../lib/traffic/table.js";

test.each([
  ["1970-01-01T00:00:00.000Z", 0, "Thursday"],
  ["1969-12-31T23:59:59.999Z", 23, "Wednesday"],
  ["2026-01-05T00:00:00.000Z", 0, "Monday"],
  ["2026-01-04T23:59:59.999Z", 23, "Sunday"],
  ["2024-02-29T13:59:59.999Z", 13, "Thursday"]
])("deriveColumns(table) places %s in hour %d of a %s", (time, hour, weekday) => {
  const table = deriveColumns(tableOf({timestamp: Float64Array.of(Date.parse(time))}));
  expect([numbers(table, "hour")[0], valueAt(categories(table, "day_of_week"), 0)]).toEqual([hour, weekday]);
});

test("deriveColumns(table) agrees with Date at any time, and keeps the order of weekdays", () => {
  fc.assert(
    fc.property(fc.date({noInvalidDate: true}), (date) => {
      const table = deriveColumns(tableOf({timestamp: Float64Array.of(date.getTime())}));
      expect(numbers(table, "hour")[0]).toBe(date.getUTCHours());
      const {codes, values} = categories(table, "day_of_week");
      expect(values).toEqual(weekdays);
      expect(codes[0]).toBe((date.getUTCDay() + 6) % 7);
    })
  );
});

test("deriveColumns(table) misses the hour and weekday of a missing time", () => {
  const table = deriveColumns(tableOf({timestamp: Float64Array.of(Number.NaN)}));
  expect(numbers(table, "hour")[0]).toBeNaN();
  expect(valueAt(categories(table, "day_of_week"), 0)).toBeNull();
});

test("deriveColumns(table) derives nothing without times", () => {
  const table = tableOf({request_rate: Float64Array.of(1)});
  expect(deriveColumns(table)).toEqual(table);
});

test("deriveColumns(table) replaces an hour that the table states, and leaves its argument as it is", () => {
  const table = tableOf({hour: Float64Array.of(7), timestamp: Float64Array.of(0)});
  expect(numbers(deriveColumns(table), "hour")[0]).toBe(0);
  expect(numbers(table, "hour")[0]).toBe(7);
});

test("deriveColumns(table) puts columns in the schema’s order, others last and as they were", () => {
  const one = Float64Array.of(1);
  const table = tableOf({zeta: one, fake_traffic: one, client: categoriesOf(["a"]), alpha: one, timestamp: one});
  expect(Object.keys(deriveColumns(table).columns)).toEqual([
    "timestamp",
    "client",
    "hour",
    "day_of_week",
    "fake_traffic",
    "zeta",
    "alpha"
  ]);
});
