import {expect, test} from "vitest";
import {InputError} from "../../lib/inputError.js";
import {categoriesOf, tableOf} from "../../lib/traffic/table.js";
import {describeSource, type Source, trafficNumbers} from "../../lib/traffic/traffic.js";

const file: Source = {type: "file", name: "data/a.csv", bytes: 1, sha256: ""};
const simulation: Source = {type: "simulation", scenario: "website", parameters: {}};

test("describeSource(source) is the file’s name, or the scenario", () => {
  expect([file, simulation].map(describeSource)).toEqual(["data/a.csv", "the scenario “website”"]);
});

test("trafficNumbers(traffic, name) is the column, or an InputError that names the source", () => {
  const table = tableOf({rate: Float64Array.of(1), client: categoriesOf(["a"])});
  expect(trafficNumbers({...table, source: file}, "rate")).toBe(table.columns.rate);
  const missing = () => trafficNumbers({...table, source: file}, "constructor");
  expect(missing).toThrow(InputError);
  expect(missing).toThrow("data/a.csv: missing column: constructor");
  const text = () => trafficNumbers({...table, source: simulation}, "client");
  expect(text).toThrow("the scenario “website”:1: invalid client: a");
  const rate = categoriesOf(["1", null, " 2.5", "abc"]);
  const mixed = tableOf({rate, source_line: Float64Array.of(2, 3, 5, 6)});
  expect(() => trafficNumbers({...mixed, source: file}, "rate")).toThrow("data/a.csv:6: invalid rate: abc");
});
