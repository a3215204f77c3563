import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {expect, test} from "vitest";
import {type Countries, indexCountries} from "../../lib/geo/countries.js";
import {countryPoints} from "../../lib/geo/countryPoints.js";

const path = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const topology = JSON.parse(readFileSync(path, "utf8")) as Countries;
const points = countryPoints(topology);

test("countryPoints(topology) has a point within each country, which the map calls by the same name", () => {
  const countryAt = indexCountries(topology);
  const placed = Object.values(points).filter(({latitude}) => latitude !== null);
  expect(placed.map(({latitude, longitude}) => countryAt(latitude!, longitude!))).toEqual(placed.map(({name}) => name));
  expect(placed.length).toBe(244);
});

test("countryPoints(topology) knows countries by their letters of ISO 3166-1", () => {
  const names = ["US", "GB", "AU", "CI", "XK", "GF", "RU", "FJ"].map((code) => points[code]!.name);
  expect(names.slice(0, 4)).toEqual(["United States of America", "United Kingdom", "Australia", "Côte d'Ivoire"]);
  expect(names.slice(4)).toEqual(["Kosovo", "France", "Russia", "Fiji"]);
  expect(Object.keys(points).every((code) => /^[A-Z]{2}$/.test(code))).toBe(true);
  expect(points.FR).toEqual({name: "France", latitude: 47.21, longitude: 2.42});
  expect(points.TV).toEqual({name: "Tuvalu", latitude: null, longitude: null});
});
