import fc from "fast-check";
import {expect, test} from "vitest";
import {InputError} from "../../lib/inputError.js";
import {featureColumn, featureSources, featuresOf, fromLog, parseFeature} from "../../lib/traffic/featureColumn.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";

test("parseFeature(name) tells a logarithm from a column", () => {
  expect(parseFeature("log(bytes)")).toEqual({column: "bytes", isLog: true});
  expect(parseFeature("log(a (b))")).toEqual({column: "a (b)", isLog: true});
  for (const name of ["bytes", "log", "log()", "log(bytes", "Log(bytes)", "log(bytes) ", "xlog(bytes)", ""]) {
    expect(parseFeature(name)).toEqual({column: name, isLog: false});
  }
});

test("featureSources(names) gives each column once", () => {
  expect(featureSources(["log(bytes)", "state", "bytes", "log(state)"])).toEqual(["bytes", "state"]);
});

test("featureColumn(columns, name) is the column itself, or log₁₀(1 + x) of it, missing where it is", () => {
  const bytes = Float64Array.of(0, 9, 99, 0.5, Number.NaN, 1e15);
  const state = categoriesOf(["SF", "S0"]);
  expect(featureColumn({bytes}, "bytes")).toBe(bytes);
  expect(featureColumn({state}, "state")).toBe(state);
  const logs = featureColumn({bytes}, "log(bytes)") as Float64Array;
  expect(logs[0]).toBe(0);
  for (const row of [0, 1, 2, 3, 5]) expect(logs[row]).toBeCloseTo(Math.log10(1 + bytes[row]!), 13);
  expect(logs[4]).toBeNaN();
});

test("featureColumn(columns, name) prefers a column of the very name", () => {
  const columns = {"log(x)": Float64Array.of(7), x: Float64Array.of(9)};
  expect(featureColumn(columns, "log(x)")).toBe(columns["log(x)"]);
  expect((featureColumn(columns, "log(log(x))") as Float64Array)[0]).toBeCloseTo(Math.log10(8), 14);
});

test("featureColumn(columns, name) is undefined without such a column, whatever its name", () => {
  for (const name of ["x", "log(x)", "log(log(y))", "__proto__", "log(__proto__)", "constructor", "log(toString)"]) {
    expect(featureColumn({y: Float64Array.of(1)}, name)).toBeUndefined();
  }
});

test("featureColumn(columns, name) refuses negative numbers with their place, and text", () => {
  const x = Float64Array.of(1, Number.NaN, -3, -4);
  expect(() => featureColumn({x}, "log(x)")).toThrow(new InputError("row 3: invalid log(x) of a negative number: -3"));
  expect(() => featureColumn({x, source_line: Float64Array.of(2, 5, 9, 11)}, "log(x)")).toThrow(
    "line 9: invalid log(x)"
  );
  expect(() => featureColumn({x}, "log(x)", (row) => `a.csv:${row}`)).toThrow("a.csv:2: invalid log(x)");
  expect(() => featureColumn({x: categoriesOf(["a"])}, "log(x)")).toThrow("expected numbers, got text in column: x");
});

test("featureColumn(columns, name) keeps the order of numbers, and of infinite ones that they are", () => {
  fc.assert(
    fc.property(fc.double({min: 0, noNaN: true}), fc.double({min: 0, noNaN: true}), (a, b) => {
      const logs = featureColumn({x: Float64Array.of(a, b)}, "log(x)") as Float64Array;
      expect(logs.every((y) => y >= 0)).toBe(true);
      if (a * (1 + 1e-12) < b) expect(logs[0]).toBeLessThanOrEqual(logs[1]!);
      if (a === Infinity) expect(logs[0]).toBe(Infinity);
    })
  );
});

test("fromLog(y) gives back the number whose logarithm a feature is", () => {
  fc.assert(
    fc.property(fc.integer({min: 0, max: 1e11}), (x) => {
      const [y] = featureColumn({x: Float64Array.of(x)}, "log(x)") as Float64Array;
      expect(fromLog(y!)).toBe(x);
    })
  );
  expect(fromLog(Math.log10(1.25))).toBe(0.25);
});

test("featuresOf(table, names) gives features by name, or says which column is missing", () => {
  const table = tableOf({bytes: Float64Array.of(9), state: categoriesOf(["SF"])});
  const features = featuresOf(table, ["state", "log(bytes)"]);
  expect(Object.keys(features)).toEqual(["state", "log(bytes)"]);
  expect(features.state).toBe(table.columns.state);
  expect(() => featuresOf(table, ["log(packets)"])).toThrow("missing column: packets");
});
