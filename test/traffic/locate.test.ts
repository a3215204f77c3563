import {expect, test} from "vitest";
import {locate} from "../../lib/traffic/locate.js";
import {categories, categoriesOf, tableOf, valueAt} from "../../lib/traffic/table.js";

const hemisphere = (latitude: number) => (Number.isNaN(latitude) ? null : latitude > 0 ? "north" : "south");

test("locate(table, countryAt) adds the country of each row, null where there is none", () => {
  const table = tableOf({latitude: Float64Array.of(5, -5, Number.NaN), longitude: Float64Array.of(1, 2, 3)});
  const located = categories(locate(table, hemisphere), "country");
  expect([0, 1, 2].map((row) => valueAt(located, row))).toEqual(["north", "south", null]);
  expect(table.columns.country).toBeUndefined();
});

test("locate(table, countryAt) asks for latitude and longitude in this order", () => {
  const table = tableOf({longitude: Float64Array.of(2), latitude: Float64Array.of(1)});
  expect(
    categories(
      locate(table, (...place) => place.join()),
      "country"
    ).values
  ).toEqual(["1,2"]);
});

test("locate(table, countryAt) leaves stated countries, and tables without coordinates", () => {
  const stated = tableOf({
    latitude: Float64Array.of(5),
    longitude: Float64Array.of(1),
    country: categoriesOf(["Ghana"])
  });
  const nowhere = tableOf({latitude: Float64Array.of(5)});
  expect(locate(stated, hemisphere)).toBe(stated);
  expect(locate(nowhere, hemisphere)).toBe(nowhere);
});
