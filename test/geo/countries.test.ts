import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {geoArea, geoBounds, geoContains} from "d3-geo";
import type {MultiPolygon, Polygon} from "geojson";
import {feature} from "topojson-client";
import {expect, test} from "vitest";
import {type Countries, indexCountries} from "../../lib/geo/countries.js";
import {randomSource} from "../../lib/random.js";

const path = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
const topology = JSON.parse(readFileSync(path, "utf8")) as Countries;
const countryAt = indexCountries(topology);

test.each([
  [48.8566, 2.3522, "France"],
  [4.9224, -52.3135, "France"], // Cayenne
  [43.9424, 12.4578, "San Marino"],
  [41.9021, 12.4343, "Vatican"],
  [-29.6, 28.3, "Lesotho"],
  [-26.2041, 28.0473, "South Africa"],
  [54.71, 20.51, "Russia"], // Kaliningrad
  [66.5, -171, "Russia"], // beyond the antimeridian
  [66.5, 179.9, "Russia"],
  [-16.6, 179.3, "Fiji"],
  [-16.85, -179.97, "Fiji"],
  [-80, 120, "Antarctica"],
  [-89, 0, "Antarctica"],
  [-89, 179.5, "Antarctica"],
  [64.2, -149.5, "United States of America"],
  [35.1, 33.4, "Cyprus"]
])("countryAt(%d, %d) is %s", (latitude, longitude, name) => {
  expect(countryAt(latitude, longitude)).toBe(name);
});

test("countryAt(latitude, longitude) is null at sea, on lakes that are cut out, and at the north pole", () => {
  expect(countryAt(0, -30)).toBeNull();
  expect(countryAt(42, 51)).toBeNull(); // the Caspian Sea
  expect(countryAt(90, 0)).toBeNull();
});

test("countryAt(latitude, longitude) is the same at 180° east and west", () => {
  for (let latitude = -90; latitude <= 90; latitude += 0.1) {
    expect(countryAt(latitude, 180)).toBe(countryAt(latitude, -180));
  }
  expect(countryAt(-16.8, 180)).toBe("Fiji");
  expect(countryAt(68, 180)).toBe("Russia");
});

test("countryAt(latitude, longitude) takes edges for great arcs, across the antimeridian too", () => {
  // Between 60° north and 70° north at both ends; in the middle, a quarter of the way round, the arcs reach further.
  for (const [west, middle, east] of [
    [0, 45, 90],
    [130, 175, -140],
    [140, -175, -130]
  ] as const) {
    const at = indexCountries(square(west, east, 60, 70));
    const arcAt = (latitude: number) => (Math.atan(Math.tan((latitude * Math.PI) / 180) * Math.SQRT2) * 180) / Math.PI;
    const latitudes = [60.1, arcAt(60) - 0.1, arcAt(60) + 0.1, arcAt(70) - 0.1, arcAt(70) + 0.1];
    expect(latitudes.map((latitude) => at(latitude, middle))).toEqual([null, null, "Square", "Square", null]);
    expect([west - 1, east + 1].map((longitude) => at(65, longitude))).toEqual([null, null]);
  }
});

test("countryAt(latitude, longitude) agrees with d3-geo’s geoContains", () => {
  const random = randomSource(1);
  const longitudes = () => random() * 360 - 180;
  const south = () => [-60 - 30 * random(), longitudes()] as const;
  const north = () => [70 + 20 * random(), longitudes()] as const;
  const antimeridian = () => [random() * 170 - 85, (random() < 0.5 ? 1 : -1) * (180 - 2 * random())] as const;
  const enclaves = () => [-31 + 3 * random(), 26 + 4 * random()] as const;
  const italy = () => [41.8 + 2.3 * random(), 12.3 + 0.3 * random()] as const;
  for (const [place, count] of [
    [() => anywhere(random), 250],
    [south, 50],
    [north, 50],
    [antimeridian, 100],
    [enclaves, 30],
    [italy, 30]
  ] as const) {
    for (let i = 0; i < count; ++i) {
      const [latitude, longitude] = place();
      const found = countryAt(latitude, longitude);
      expect([latitude, longitude, found]).toEqual([latitude, longitude, slowCountryAt(latitude, longitude)]);
    }
  }
});

test("countryAt(latitude, longitude) is null where a coordinate is missing", () => {
  expect(countryAt(Number.NaN, 2)).toBeNull();
  expect(countryAt(48, Number.NaN)).toBeNull();
});

test("countryAt(latitude, longitude) throws beyond ±90 and ±180", () => {
  for (const latitude of [90.001, -91, Number.POSITIVE_INFINITY]) {
    expect(() => countryAt(latitude, 0)).toThrow(`invalid latitude: ${latitude}`);
  }
  for (const longitude of [180.001, -181, 360, Number.NEGATIVE_INFINITY]) {
    expect(() => countryAt(0, longitude)).toThrow(`invalid longitude: ${longitude}`);
  }
});

test("countryAt(latitude, longitude) finds countries for as much of the sphere as they cover", {
  timeout: 30_000
}, () => {
  const random = randomSource(2);
  const places = Array.from({length: 100_000}, () => anywhere(random));
  const found = places.map((place) => countryAt(...place));
  const covered = polygons.reduce((sum, {polygon}) => sum + geoArea(polygon), 0) / (4 * Math.PI);
  const share = found.filter((name) => name !== null).length / places.length;
  expect(Math.abs(share - covered)).toBeLessThan(4 * Math.sqrt((covered * (1 - covered)) / places.length));
  for (let i = places.length - 1; i > 0; i -= 997) expect(countryAt(...places[i]!)).toBe(found[i]);
});

function square(west: number, east: number, south: number, north: number): Countries {
  const arc = [
    [west, south],
    [west, north],
    [east, north],
    [east, south],
    [west, south]
  ];
  const geometries = [{type: "Polygon" as const, arcs: [[0]], properties: {name: "Square"}}];
  return {type: "Topology", arcs: [arc], objects: {countries: {type: "GeometryCollection", geometries}}};
}

// d3-geo over the polygons whose bounds hold the place, as to ask all of them takes 20 ms a place.
const polygons = feature(topology, topology.objects.countries).features.flatMap(({properties, geometry}) => {
  const {coordinates, type} = geometry as Polygon | MultiPolygon;
  return (type === "Polygon" ? [coordinates] : coordinates).map((rings) => {
    const polygon: Polygon = {type: "Polygon", coordinates: rings};
    return {name: properties.name, polygon, bounds: geoBounds(polygon)};
  });
});

// Uniform on the sphere.
function anywhere(random: () => number): [number, number] {
  return [(Math.asin(2 * random() - 1) * 180) / Math.PI, random() * 360 - 180];
}

function slowCountryAt(latitude: number, longitude: number): string | null {
  const found = polygons.find(({polygon, bounds: [[west, south], [east, north]]}) => {
    const within = west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
    return within && latitude >= south && latitude <= north && geoContains(polygon, [longitude, latitude]);
  });
  return found?.name ?? null;
}
