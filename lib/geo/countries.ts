import type {MultiPolygon, Polygon} from "geojson";
import {feature} from "topojson-client";
import type {GeometryCollection, Topology} from "topojson-specification";

/** Countries of the world as world-atlas publishes them, a TopoJSON of Natural Earth. */
export type Countries = Topology<{countries: GeometryCollection<{name: string}>}>;

/** The name of the country that contains a place in degrees, or null at sea and for missing coordinates. */
export type CountryAt = (latitude: number, longitude: number) => string | null;

/**
 * A lookup of the country that contains a place, on the sphere, its outlines great arcs as in d3-geo’s geoContains. It
 * walks from the place to the north pole and counts the outlines that it crosses; only the edges over the place’s own
 * slice of longitude are looked at. Throws on a latitude beyond ±90 or a longitude beyond ±180.
 */
export function indexCountries(topology: Countries): CountryAt {
  const {names, edges, slices} = indexEdges(topology);
  const inside = new Uint8Array(names.length);
  return (latitude, longitude) => {
    if (Number.isNaN(latitude) || Number.isNaN(longitude)) return null;
    if (Math.abs(latitude) > 90) throw new RangeError(`invalid latitude: ${latitude}`);
    if (Math.abs(longitude) > 180) throw new RangeError(`invalid longitude: ${longitude}`);
    const tangent = Math.tan(latitude * radians);
    const place = longitude === 180 ? -180 : longitude;
    inside.fill(0);
    for (const i of slices[sliceOf(place)]!) {
      const {west, east, tanWest, tanEast, country} = edges[i]!;
      const x = place < west ? place + 360 : place;
      if (x < west || x >= east) continue;
      const crossing =
        (tanWest * Math.sin((east - x) * radians) + tanEast * Math.sin((x - west) * radians)) /
        Math.sin((east - west) * radians);
      if (crossing > tangent) inside[country]! ^= 1;
    }
    return names[inside.indexOf(1)] ?? null;
  };
}

/** An edge of an outline from west to east in degrees, east above 180 where it crosses the antimeridian. */
interface Edge {
  west: number;
  east: number;
  tanWest: number;
  tanEast: number;
  country: number;
}

const radians = Math.PI / 180;
const slicesPerDegree = 4;
const sliceCount = 360 * slicesPerDegree;

function sliceOf(longitude: number): number {
  return Math.floor((longitude + 180) * slicesPerDegree);
}

function indexEdges(topology: Countries) {
  const names: string[] = [];
  const edges: Edge[] = [];
  const slices: number[][] = Array.from({length: sliceCount}, () => []);
  for (const {properties, geometry} of feature(topology, topology.objects.countries).features) {
    const {coordinates, type} = geometry as Polygon | MultiPolygon;
    const country = names.push(properties.name) - 1;
    for (const ring of (type === "Polygon" ? [coordinates] : coordinates).flat()) {
      for (let i = 1; i < ring.length; ++i) {
        const edge = edgeBetween(ring[i - 1]!, ring[i]!, country);
        const last = Math.floor((edge.east + 180) * slicesPerDegree);
        for (let slice = Math.floor((edge.west + 180) * slicesPerDegree); slice <= last; ++slice) {
          slices[slice % sliceCount]!.push(edges.length);
        }
        edges.push(edge);
      }
    }
  }
  return {names, edges, slices};
}

function edgeBetween(a: readonly number[], b: readonly number[], country: number): Edge {
  const [p, q] = a[0]! <= b[0]! ? [a, b] : [b, a];
  const [first, second] = q[0]! - p[0]! > 180 ? [q, p] : [p, q];
  return {
    west: first[0]!,
    east: second[0]! < first[0]! ? second[0]! + 360 : second[0]!,
    tanWest: Math.tan(first[1]! * radians),
    tanEast: Math.tan(second[1]! * radians),
    country
  };
}
