import {expect, test} from "vitest";
import {anonymizeTable} from "../../lib/traffic/anonymize.js";
import {anonymizer} from "../../lib/traffic/anonymizing/anonymizer.js";
import {schema} from "../../lib/traffic/schema.js";
import {categoriesOf, type Table, tableOf, valueAt} from "../../lib/traffic/table.js";

const seed = "a long secret that nobody guesses";
const {address, host, name} = anonymizer(seed);

test("anonymizeTable(table, seed) hides who, where and what for, and keeps the rest", () => {
  const agent = "Bot/1.0 (+https://example.com; jane@example.com)";
  const table = tableOf({
    timestamp: Float64Array.of(1, 2, 3),
    client: categoriesOf(["9.8.7.6", null, "gate.example.com"]),
    server: categoriesOf(["10.0.0.1", "10.0.0.2", "10.0.0.1"]),
    host: categoriesOf(["example.com:443", null, null]),
    first_path: categoriesOf(["/a?b=1", "/a?b=2", "/c"]),
    user_agent: categoriesOf([agent, "Mozilla/5.0 Chrome/120.0.0.0", null]),
    network: categoriesOf(["9.8.7.0/24", "AS64500 Example", null]),
    country: categoriesOf(["France", null, null]),
    city: categoriesOf(["Paris", null, null]),
    user: categoriesOf(["jane", null, "joe"]),
    bytes: Float64Array.of(1, NaN, 3)
  });
  const hidden = anonymizeTable(table, seed);
  expect(hidden.columns.timestamp).toBe(table.columns.timestamp);
  expect(hidden.columns.bytes).toBe(table.columns.bytes);
  expect(textsOf(hidden)).toEqual({
    client: [address("9.8.7.6"), null, address("gate.example.com")],
    server: [address("10.0.0.1"), address("10.0.0.2"), address("10.0.0.1")],
    host: [host("example.com:443"), null, null],
    first_path: ["/a?b=*", "/a?b=*", "/c"],
    user_agent: ["Bot/1.0 (+https://example.com; *)", "Mozilla/5.0 Chrome/120.0.0.0", null],
    network: [name("network", "9.8.7.0/24"), name("network", "AS64500 Example"), null],
    country: ["France", null, null],
    city: [null, null, null],
    user: [name("user", "jane"), null, name("user", "joe")]
  });
  const path = hidden.columns.first_path as {codes: Int32Array; values: string[]};
  expect([[...path.codes], path.values]).toEqual([
    [0, 0, 1],
    ["/a?b=*", "/c"]
  ]);
  expect(JSON.stringify(textsOf(hidden))).not.toMatch(/9\.8\.7|gate|jane|joe|Paris/);
});

test("anonymizeTable(table, pseudonyms) gives batches of a stream the same pseudonyms", () => {
  const pseudonyms = anonymizer(seed);
  const batch = tableOf({client: categoriesOf(["9.8.7.6"])});
  expect(anonymizeTable(batch, pseudonyms)).toEqual(anonymizeTable(batch, seed));
});

test("anonymizeTable(table, seed, points) moves cities to their countries’ points", () => {
  const points = {
    FR: {name: "France", latitude: 47, longitude: 2},
    GF: {name: "France", latitude: 4, longitude: -53},
    TV: {name: "Tuvalu", latitude: null, longitude: null}
  };
  const table = tableOf({
    latitude: Float64Array.of(48.8, 4, -8, NaN, 1),
    longitude: Float64Array.of(2.3, -53, 179, NaN, 1),
    country: categoriesOf(["France", "France", "Tuvalu", "France", null]),
    place_precision: categoriesOf(["city", "country", "city", null, "city"])
  });
  const {latitude, longitude, place_precision} = anonymizeTable(table, seed, points).columns;
  expect(latitude).toEqual(Float64Array.of(47, 4, NaN, 47, NaN));
  expect(longitude).toEqual(Float64Array.of(2, -53, NaN, 2, NaN));
  expect(Array.from({length: 5}, (_, row) => valueAt(place_precision!, row))).toEqual([
    "country",
    "country",
    null,
    "country",
    null
  ]);
  expect(anonymizeTable(table, seed).columns.latitude).toEqual(Float64Array.of(NaN, 4, NaN, NaN, NaN));
});

// Whoever declares another column of text decides here whether it tells who somebody is.
test("anonymizeTable(table, seed) leaves no declared text but these as it is", () => {
  const texts = schema.filter(({type}) => type === "text").map(({name}) => name);
  const table = tableOf(Object.fromEntries(texts.map((text) => [text, categoriesOf(["jane@example.com?x=y"])])));
  const shown = textsOf(anonymizeTable(table, seed));
  expect(texts.filter((text) => shown[text]![0] === "jane@example.com?x=y")).toMatchInlineSnapshot(`
    [
      "protocol",
      "service",
      "port_group",
      "state",
      "country",
      "place_precision",
      "address_kind",
      "day_of_week",
      "kind",
      "tool",
      "source_file",
    ]
  `);
});

function textsOf({rows, columns}: Table): Record<string, unknown[]> {
  const texts = Object.entries(columns).filter(([, column]) => !(column instanceof Float64Array));
  return Object.fromEntries(
    texts.map(([name, column]) => [name, Array.from({length: rows}, (_, row) => valueAt(column, row))])
  );
}
