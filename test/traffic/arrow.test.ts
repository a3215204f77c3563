import * as flechette from "@uwdata/flechette";
import fc from "fast-check";
import {expect, test} from "vitest";
import {tableFromArrow, tableToArrow} from "../../lib/traffic/arrow.js";
import {categoriesOf, type Table, tableOf, valueAt} from "../../lib/traffic/table.js";

const numbers = fc.oneof(
  fc.double(),
  fc.double().map(Math.fround),
  fc.integer(),
  fc.integer({min: -130, max: 260}),
  fc.constantFrom(Number.NaN, -0, 2 ** 32, 2 ** 53, -(2 ** 31), Number.MAX_VALUE, Number.MIN_VALUE)
);
const texts = fc.oneof(fc.constant(null), fc.constantFrom("", "<script>alert(1)</script>", "😀", "a,b\n"), fc.string());
const times = fc.oneof(fc.constant(Number.NaN), fc.integer({min: -8.64e15, max: 8.64e15}));

test("tableFromArrow(tableToArrow(table)) equals the table", () => {
  const rows = fc.array(fc.tuple(times, numbers, fc.nat(300), texts), {maxLength: 30});
  fc.assert(
    fc.property(rows, (rows) => {
      const table = tableOf({
        timestamp: Float64Array.from(rows, ([time]) => time),
        request_rate: Float64Array.from(rows, ([, value]) => value),
        unique_paths_visited: Float64Array.from(rows, ([, , count]) => count),
        client: categoriesOf(rows.map(([, , , text]) => text))
      });
      expect(tableFromArrow(tableToArrow(table))).toEqual(table);
    })
  );
});

test.each([
  ["uint8", [0, 255]],
  ["uint8", [Number.NaN]],
  ["int8", [-128, 127]],
  ["uint16", [0, 256]],
  ["int16", [-1, 128]],
  ["int16", [-32768, 32767]],
  ["uint32", [65536, 2 ** 32 - 1]],
  ["int32", [-32769, 0]],
  ["int32", [-(2 ** 31), 2 ** 31 - 1]],
  ["float32", [0, 2 ** 32]],
  ["float32", [0.5, -0.25]],
  ["float32", [0, -0]],
  ["float32", [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ["float64", [-1, 2 ** 31 + 1]],
  ["float64", [0.1]],
  ["float64", [2 ** 53 - 1]],
  ["float64", [Number.MIN_VALUE, Number.MAX_VALUE]]
])("tableToArrow(table) holds numbers exactly, and as %s: %j", (type, values) => {
  const table = tableOf({request_rate: Float64Array.of(...values, Number.NaN)});
  const bytes = tableToArrow(table);
  expect(fieldTypes(bytes)).toEqual([type]);
  expect(tableFromArrow(bytes)).toEqual(table);
});

test("tableToArrow(table) holds times as timestamps, and those between milliseconds as numbers", () => {
  expect(fieldTypes(tableToArrow(tableOf({timestamp: Float64Array.of(0, -8.64e15, 8.64e15)})))).toEqual(["timestamp"]);
  for (const time of [0.5, 1e300]) {
    const table = tableOf({timestamp: Float64Array.of(time)});
    expect(tableFromArrow(tableToArrow(table))).toEqual(table);
  }
});

test("tableToArrow(table) keeps empty text and missing text apart", () => {
  const table = tableOf({client: categoriesOf(["", null, "<script>", ""])});
  const read = tableFromArrow(tableToArrow(table));
  expect([0, 1, 2, 3].map((row) => valueAt(read.columns.client!, row))).toEqual(["", null, "<script>", ""]);
});

test("tableToArrow(table) forgets texts that no row has", () => {
  const {codes} = categoriesOf(["b"]);
  const read = tableFromArrow(tableToArrow(tableOf({client: {codes, values: ["b", "unused"]}})));
  expect(read).toEqual(tableOf({client: categoriesOf(["b"])}));
});

test("tableToArrow(table) holds as many distinct texts as there are", () => {
  const table = tableOf({client: categoriesOf(Array.from({length: 33_000}, (_, i) => `client ${i}`))});
  const {client} = tableFromArrow(tableToArrow(table)).columns;
  expect([0, 32_767, 32_768, 32_999].map((row) => valueAt(client!, row))).toEqual([
    "client 0",
    "client 32767",
    "client 32768",
    "client 32999"
  ]);
});

test("tableToArrow(table) keeps columns without rows, and columns of any name", () => {
  const empty = tableOf({request_rate: new Float64Array(0), client: categoriesOf([])});
  expect(tableFromArrow(tableToArrow(empty))).toEqual(empty);
  expect(tableFromArrow(tableToArrow(tableOf({})))).toEqual(tableOf({}));
  const odd = tableOf(Object.fromEntries(["__proto__", "", "<b>"].map((name) => [name, Float64Array.of(1)])));
  expect(Object.keys(tableFromArrow(tableToArrow(odd)).columns)).toEqual(["__proto__", "", "<b>"]);
});

test("tableToArrow(table) always gives the same bytes", () => {
  const table = (): Table =>
    tableOf({
      timestamp: Float64Array.of(1, 2),
      request_rate: Float64Array.of(0.1, 7),
      client: categoriesOf(["a", "b"])
    });
  expect(tableToArrow(table())).toEqual(tableToArrow(table()));
});

test.each<[string, unknown[], flechette.DataType, ArrayLike<number>]>([
  ["bool", [true, false, null], flechette.bool(), [1, 0, Number.NaN]],
  ["int64", [1n, -2n, null], flechette.int64(), [1, -2, Number.NaN]],
  ["date in days", [86_400_000, 0, null], flechette.dateDay(), [86_400_000, 0, Number.NaN]],
  ["timestamp in s", [1000, 2000, null], flechette.timestamp(flechette.TimeUnit.SECOND), [1000, 2000, Number.NaN]],
  ["timestamp in µs", [1.5, 2, null], flechette.timestamp(flechette.TimeUnit.MICROSECOND), [1.5, 2, Number.NaN]],
  ["dictionary of int32", [5, 6, 5], flechette.dictionary(flechette.int32()), [5, 6, 5]]
])("tableFromArrow(bytes) reads %s as numbers", (_, values, type, expected) => {
  const bytes = arrowOf("x", values, type);
  expect(tableFromArrow(bytes).columns.x).toEqual(Float64Array.from(expected));
});

test("tableFromArrow(bytes) reads plain text, and files as well as streams", () => {
  expect(tableFromArrow(arrowOf("x", ["b", null, "a"], flechette.utf8())).columns.x).toEqual(
    categoriesOf(["b", null, "a"])
  );
  const file = flechette.tableToIPC(flechette.tableFromArrays({x: [1, 2]}), {format: "file"})!;
  expect(tableFromArrow(file).columns.x).toEqual(Float64Array.of(1, 2));
});

test("tableFromArrow(bytes) throws on other types and other bytes", () => {
  const list = arrowOf("paths", [[1], [2]], flechette.list(flechette.int8()));
  expect(() => tableFromArrow(list)).toThrow("unsupported Arrow type in column: paths");
  expect(() => tableFromArrow(new Uint8Array(100).fill(7))).toThrow();
});

function arrowOf(name: string, values: unknown[], type: flechette.DataType): Uint8Array {
  return flechette.tableToIPC(flechette.tableFromArrays([[name, values]], {types: {[name]: type}}), {
    format: "stream"
  })!;
}

function fieldTypes(bytes: Uint8Array): string[] {
  return flechette.tableFromIPC(bytes).schema.fields.map(({type}) => {
    switch (type.typeId) {
      case flechette.Type.Int:
        return `${type.signed ? "" : "u"}int${type.bitWidth}`;
      case flechette.Type.Float:
        return type.precision === flechette.Precision.SINGLE ? "float32" : "float64";
      case flechette.Type.Timestamp:
        return "timestamp";
      default:
        return "other";
    }
  });
}
