import {expect, test} from "vitest";
import {
  categories,
  categoriesOf,
  isNumbers,
  labelOf,
  numbers,
  tableOf,
  takeRows,
  valueAt
} from "../../lib/traffic/table.js";

const table = tableOf({
  rate: Float64Array.of(3, Number.NaN, 5),
  city: categoriesOf(["Quito", null, "Accra"])
});

test("tableOf(columns) counts rows, and throws where columns differ in length", () => {
  expect(table.rows).toBe(3);
  expect(tableOf({}).rows).toBe(0);
  expect(() => tableOf({rate: new Float64Array(2), city: categoriesOf(["Quito"])})).toThrow(
    "expected 2 values in city, got: 1"
  );
});

test("numbers(table, name) and categories(table, name) give the column, and throw on the other kind", () => {
  expect(numbers(table, "rate")).toBe(table.columns.rate);
  expect(categories(table, "city")).toBe(table.columns.city);
  expect(() => numbers(table, "city")).toThrow("expected numbers, got text in column: city");
  expect(() => categories(table, "rate")).toThrow("expected text, got numbers in column: rate");
});

test("numbers(table, name) and categories(table, name) throw on a missing column, also one that objects inherit", () => {
  for (const name of ["rates", "constructor", "__proto__"]) {
    expect(() => numbers(table, name)).toThrow(`missing column: ${name}`);
    expect(() => categories(table, name)).toThrow(`missing column: ${name}`);
  }
});

test("labelOf(table, name) is null without a name", () => {
  expect(labelOf(table, null)).toBeNull();
  expect(labelOf(table, "rate")).toBe(table.columns.rate);
});

test("isNumbers(column) tells numbers from text and from nothing", () => {
  expect([table.columns.rate, table.columns.city, undefined].map(isNumbers)).toEqual([true, false, false]);
});

test("categoriesOf(texts) codes distinct texts in the order of their first row, missing as −1", () => {
  const {codes, values} = categoriesOf(["b", "a", null, "b", "", "__proto__"]);
  expect([...codes]).toEqual([0, 1, -1, 0, 2, 3]);
  expect(values).toEqual(["b", "a", "", "__proto__"]);
});

test("valueAt(column, row) is a number, a text, or null where missing", () => {
  const rows = [0, 1, 2];
  expect(rows.map((row) => valueAt(table.columns.rate!, row))).toEqual([3, null, 5]);
  expect(rows.map((row) => valueAt(table.columns.city!, row))).toEqual(["Quito", null, "Accra"]);
  expect(valueAt(categoriesOf([""]), 0)).toBe("");
});

test("takeRows(table, rows) takes rows in their order, also twice or none", () => {
  const taken = takeRows(table, [2, 0, 2]);
  expect(taken.rows).toBe(3);
  expect([...numbers(taken, "rate")]).toEqual([5, 3, 5]);
  expect([0, 1, 2].map((row) => valueAt(taken.columns.city!, row))).toEqual(["Accra", "Quito", "Accra"]);
  expect(takeRows(table, [])).toMatchObject({rows: 0, columns: {rate: new Float64Array(0)}});
});
