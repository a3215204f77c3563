import {geoArea, geoAzimuthalEqualArea, geoCentroid} from "d3-geo";
import type {MultiPolygon, Polygon} from "geojson";
import polylabel from "polylabel";
import {feature} from "topojson-client";
import type {Countries} from "./countries.js";

/** A country as Natural Earth names it, and a point within it in degrees, null where the map has no land of it. */
export interface CountryPoint {
  readonly name: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Countries by their two-letter code of ISO 3166-1, and XK for Kosovo. */
export type CountryPoints = Readonly<Record<string, CountryPoint>>;

/**
 * For each code of a country or territory, its name on the map and the point of its largest part that is the furthest from
 * a border or shore, to 0.01°. A territory that the map counts to a country, such as French Guiana, has the country’s
 * name and a point of its own. Six small ones have no land on the map of 1:50m: their names are ISO’s, without a point.
 */
export function countryPoints(topology: Countries): CountryPoints {
  const points: Record<string, CountryPoint> = {};
  const largest: Record<string, number> = {};
  const names = new Set<string>();
  for (const {id, properties, geometry} of feature(topology, topology.objects.countries).features) {
    names.add(properties.name);
    const code = codeOf(id, properties.name);
    const polygon = largestPolygon(geometry as Polygon | MultiPolygon);
    const area = geoArea(polygon);
    // Australia’s number is that of its reefs too.
    if (code === null || area < (largest[code] ?? 0)) continue;
    largest[code] = area;
    const [longitude, latitude] = pointWithin(polygon);
    points[code] = {name: properties.name, latitude, longitude};
  }
  for (const [code, name, latitude, longitude] of territories) points[code] = {name, latitude, longitude};
  return points;
}

// Antarctica’s furthest point is the pole, which is on no flat map.
const territories: readonly (readonly [
  code: string,
  name: string,
  latitude: number | null,
  longitude: number | null
])[] = [
  ["AQ", "Antarctica", -80, 20],
  ["BQ", "Netherlands", 12.18, -68.26],
  ["CX", "Indian Ocean Ter.", -10.49, 105.63],
  ["GF", "France", 3.92, -53.1],
  ["GP", "France", 16.2, -61.68],
  ["MQ", "France", 14.68, -61.02],
  ["RE", "France", -21.13, 55.53],
  ["SJ", "Norway", 78.73, 16.5],
  ["YT", "France", -12.82, 45.15],
  ["BV", "Bouvet Island", null, null],
  ["CC", "Cocos (Keeling) Islands", null, null],
  ["GI", "Gibraltar", null, null],
  ["TK", "Tokelau", null, null],
  ["TV", "Tuvalu", null, null],
  ["UM", "U.S. Outlying Islands", null, null]
];

// Natural Earth has the numbers of ISO 3166-1, which are names of regions to Unicode as the letters are; Kosovo has none.
function codeOf(id: string | number | undefined, name: string): string | null {
  if (name === "Kosovo") return "XK";
  return id === undefined ? null : (new Intl.Locale(`und-${id}`).region ?? null);
}

function largestPolygon({type, coordinates}: Polygon | MultiPolygon): Polygon {
  const polygons = (type === "Polygon" ? [coordinates] : coordinates).map(
    (rings): Polygon => ({type: "Polygon", coordinates: rings})
  );
  return polygons.reduce((a, b) => (geoArea(b) > geoArea(a) ? b : a));
}

// Around its centroid, a country is flat enough, and whole where it crosses the antimeridian.
function pointWithin(polygon: Polygon): [number, number] {
  const [longitude, latitude] = geoCentroid(polygon);
  const projection = geoAzimuthalEqualArea().rotate([-longitude, -latitude]).scale(1).translate([0, 0]).clipAngle(null);
  const plane = polygon.coordinates.map((ring) => ring.map((point) => projection(point as [number, number])!));
  const [x, y] = polylabel(plane, precision);
  return projection.invert!([x, y])!.map((degrees) => Math.round(degrees * 100) / 100) as [number, number];
}

// In radians: about a kilometre and a half, less than the points are rounded to.
const precision = 1e-5;
