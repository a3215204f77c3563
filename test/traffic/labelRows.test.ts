import {expect, test} from "vitest";
import {InputError} from "../../lib/inputError.js";
import {labelRows} from "../../lib/traffic/labelRows.js";
import {categoriesOf, type Table, tableOf, valueAt} from "../../lib/traffic/table.js";

const rows = tableOf({
  timestamp: Float64Array.of(0, 1000, 2000, Number.NaN),
  client: categoriesOf(["10.0.0.1", "10.0.0.2", "10.0.0.1", null])
});

test("labelRows(labels) labels rows by client, and leaves others without", () => {
  const labels = tableOf({
    client: categoriesOf(["10.0.0.1", "10.0.0.9"]),
    fake_traffic: Float64Array.of(1, 0),
    kind: categoriesOf(["scan", null])
  });
  expect(labelled(labels)).toEqual([
    [1, "scan"],
    [null, null],
    [1, "scan"],
    [null, null]
  ]);
});

test("labelRows(labels) labels from a time to another; the first that fits counts", () => {
  const labels = tableOf({
    client: categoriesOf(["10.0.0.1", "10.0.0.1", "10.0.0.2"]),
    fake_traffic: Float64Array.of(1, 0, 1),
    from: categoriesOf(["1970-01-01T00:00:01Z", null, "1970-01-01T00:00:02Z"]),
    to: categoriesOf([null, null, null])
  });
  expect(labelled(labels).map(([label]) => label)).toEqual([0, null, 1, null]);
});

test("labelRows(labels, path) says what is wrong with labels", () => {
  const client = categoriesOf(["a"]);
  const of = (columns: Parameters<typeof tableOf>[0]) => () => labelRows(tableOf(columns), "l.csv");
  expect(of({fake_traffic: Float64Array.of(1)})).toThrow(new InputError("l.csv: missing column: client"));
  expect(of({client})).toThrow(new InputError("l.csv: missing column: fake_traffic"));
  expect(of({client, fake_traffic: Float64Array.of(2)})).toThrow(/expected 0 or 1: 2$/);
  expect(of({client, fake_traffic: Float64Array.of(1), from: categoriesOf(["noon"])})).toThrow(/invalid from: noon$/);
});

function labelled(labels: Table) {
  const {columns} = labelRows(labels, "labels.csv")(rows);
  return Array.from({length: 4}, (_, row) => [
    valueAt(columns.fake_traffic!, row),
    columns.kind === undefined ? null : valueAt(columns.kind, row)
  ]);
}
