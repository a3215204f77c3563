import {expect, test} from "vitest";
import {countryAt, onLand} from "../../lib/node/onLand.js";
import {readTraffic} from "../../lib/node/readTraffic.js";
import {numbers, tableOf} from "../../lib/traffic/table.js";
import {features, label} from "../notebookOnLand.js";

const source = {type: "file", name: "traffic.csv", bytes: 0, sha256: ""} as const;

test("onLand keeps 318 of the notebook’s sessions, 27 of them fake, as sf’s st_within did", async () => {
  expect(features.request_rate).toHaveLength(318);
  expect(label.reduce((a, b) => a + b)).toBe(27);
  const traffic = await readTraffic("data/notebook/traffic.csv");
  const reasonOf = onLand(traffic);
  const seconds = numbers(traffic, "source_line").map((line) => line - 1);
  const kept = seconds.filter((_, row) => reasonOf(row) === null);
  expect([...kept.slice(0, 5)]).toEqual([2, 4, 6, 9, 10]);
  expect(kept.reduce((a, b) => a + b)).toBe(157_476);
});

test("onLand tells the sea from missing coordinates", () => {
  const table = tableOf({
    latitude: Float64Array.of(48.86, 0, Number.NaN, 48.86),
    longitude: Float64Array.of(2.35, -30, 2.35, Number.NaN)
  });
  const reasonOf = onLand({...table, source});
  expect([0, 1, 2, 3].map(reasonOf)).toEqual([null, "not on land", "no coordinates", "no coordinates"]);
});

test("onLand throws on traffic without coordinates, naming its source", () => {
  const table = tableOf({latitude: Float64Array.of(1)});
  expect(() => onLand({...table, source})).toThrow("traffic.csv: missing column: longitude");
});

test("countryAt() makes its index once", () => {
  expect(countryAt()).toBe(countryAt());
});
