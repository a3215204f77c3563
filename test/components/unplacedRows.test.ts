import {expect, test} from "vitest";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";
import {unplacedRows} from "../../src/components/unplacedRows.js";

const latitude = Float64Array.of(1, NaN, NaN, NaN, NaN, NaN, 2);
const longitude = Float64Array.of(1, NaN, NaN, NaN, NaN, NaN, 2);
const kinds = ["public", "private", "public", "private", "not an address", null, "public"];

test("unplacedRows(table) counts rows without a place by the kind of their address", () => {
  const place_precision = categoriesOf(["city", null, null, null, null, null, "country"]);
  const table = tableOf({latitude, longitude, address_kind: categoriesOf(kinds), place_precision});
  expect(unplacedRows(table)).toBe(
    "5 of 7 rows are not on the map: 1 from places unknown, 2 from private addresses, 1 from names without an address, " +
      "1 without an address. 1 row stands at a point of its country, since no closer place is known."
  );
});

test("unplacedRows(table) only counts them where kinds are unknown, and says nothing where all have a place", () => {
  expect(unplacedRows(tableOf({latitude, longitude}))).toBe("5 of 7 rows have no coordinates and are not on the map.");
  const one = {latitude: Float64Array.of(NaN), longitude: Float64Array.of(NaN)};
  expect(unplacedRows(tableOf(one))).toBe("1 of 1 row has no coordinates and is not on the map.");
  expect(unplacedRows(tableOf({latitude: Float64Array.of(0), longitude: Float64Array.of(0)}))).toBe("");
  expect(unplacedRows(tableOf({bytes: latitude}))).toBe("7 of 7 rows have no coordinates and are not on the map.");
});
