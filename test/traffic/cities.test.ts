import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {parse} from "csv-parse/sync";
import {expect, test} from "vitest";

const cities: Record<string, string>[] = parse(readFileSync("data/cities/cities.csv"), {columns: true});
const atlas = createRequire(import.meta.url)("world-atlas/countries-50m.json");

test("data/cities holds cities of 500,000 and more, the largest first, each once", () => {
  const population = cities.map((d) => Number(d.population));
  expect(population).toEqual(population.toSorted((a, b) => b - a));
  expect(population.at(-1)).toBeGreaterThanOrEqual(500_000);
  expect(new Set(cities.map((d) => `${d.latitude} ${d.longitude}`)).size).toBe(cities.length);
  expect(new Set(cities.map((d) => `${d.name}, ${d.country}`)).size).toBe(cities.length);
});

test("data/cities names countries as the map does, and places them on it", () => {
  const names = new Set(atlas.objects.countries.geometries.map((d: {properties: {name: string}}) => d.properties.name));
  for (const {country, latitude, longitude} of cities) {
    expect(names).toContain(country);
    expect(Math.abs(Number(latitude))).toBeLessThan(70);
    expect(Math.abs(Number(longitude))).toBeLessThanOrEqual(180);
    expect(`${latitude} ${longitude}`).not.toMatch(/\.\d{5}/);
  }
});
