import {expect, test} from "vitest";
import type {Place} from "../../lib/geo/places.js";
import {placeRows} from "../../lib/traffic/placeRows.js";
import {isDeclared} from "../../lib/traffic/schema.js";
import {categoriesOf, type Table, tableOf, valueAt} from "../../lib/traffic/table.js";

const unknown = {latitude: NaN, longitude: NaN, country: null, city: null, network: null, precision: null};
const known: Record<string, Place> = {
  "10.0.0.1": {...unknown, kind: "private"},
  "10.0.0.2": {...unknown, kind: "private"},
  "9.9.9.9": {
    kind: "public",
    latitude: 1,
    longitude: 2,
    country: "A",
    city: "a",
    network: "9.9.9.0/24",
    precision: "city"
  },
  "8.8.8.8": {
    kind: "public",
    latitude: 3,
    longitude: 4,
    country: "B",
    city: null,
    network: "8.8.8.0/24",
    precision: "country"
  }
};
const find = (address: string): Place => known[address] ?? {...unknown, kind: "not an address"};

test("placeRows(table, places) places clients, and looks each up once", () => {
  const asked: string[] = [];
  const client = categoriesOf(["9.9.9.9", "10.0.0.1", null, "9.9.9.9", "example.com"]);
  const placed = placeRows(tableOf({client}), {
    find(address) {
      asked.push(address);
      return find(address);
    }
  });
  expect(asked).toEqual(["9.9.9.9", "10.0.0.1", "example.com"]);
  expect(rowOf(placed, 0)).toEqual({
    latitude: 1,
    longitude: 2,
    country: "A",
    city: "a",
    place_precision: "city",
    network: "9.9.9.0/24",
    address_kind: "public",
    client: "9.9.9.9"
  });
  expect(rowOf(placed, 3)).toEqual(rowOf(placed, 0));
  const nowhere = {latitude: null, longitude: null, country: null, city: null, place_precision: null, network: null};
  expect(rowOf(placed, 1)).toEqual({...nowhere, address_kind: "private", client: "10.0.0.1"});
  expect(rowOf(placed, 2)).toEqual({...nowhere, address_kind: null, client: null});
  expect(rowOf(placed, 4)).toMatchObject({address_kind: "not an address"});
  expect(Object.keys(placed.columns).every(isDeclared)).toBe(true);
});

test("placeRows(table, places) places the server of a flow whose client is not public", () => {
  const client = categoriesOf(["10.0.0.1", "9.9.9.9", "10.0.0.1", null]);
  const server = categoriesOf(["8.8.8.8", "8.8.8.8", "10.0.0.2", "8.8.8.8"]);
  const placed = placeRows(tableOf({client, server}), {find});
  const countries = Array.from({length: 4}, (_, row) => valueAt(placed.columns.country!, row));
  const kinds = Array.from({length: 4}, (_, row) => valueAt(placed.columns.address_kind!, row));
  expect([countries, kinds]).toEqual([
    ["B", "A", null, "B"],
    ["public", "public", "private", "public"]
  ]);
});

test("placeRows(table, places) keeps what the table states, and adds nothing without clients", () => {
  const stated = tableOf({client: categoriesOf(["9.9.9.9"]), country: categoriesOf(["C"])});
  expect(rowOf(placeRows(stated, {find}), 0)).toMatchObject({country: "C", latitude: 1});
  const table = tableOf({bytes: Float64Array.of(1)});
  expect(placeRows(table, {find})).toBe(table);
});

function rowOf({columns}: Table, row: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, valueAt(column, row)]));
}
