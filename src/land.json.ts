import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {geoEquirectangular, geoStream} from "d3-geo";
import {feature} from "topojson-client";
import type {GeometryCollection, Topology} from "topojson-specification";

// Leaflet is planar, so the land is cut where it crosses the antimeridian. Points nearer than this to the one before, in
// hundredths of a degree, are left out: a few pixels at the map’s closest zoom, and half of the file.
const resolution = 7;
const path = createRequire(import.meta.url).resolve("world-atlas/land-50m.json");
const world = JSON.parse(readFileSync(path, "utf8")) as Topology<{land: GeometryCollection}>;
const plane = geoEquirectangular()
  .precision(0)
  .scale(18000 / Math.PI)
  .translate([0, 0]);

// Each ring as latitude and longitude of its first point and the differences of the others, in hundredths of a degree.
const rings: number[][] = [];
let ring: number[] = [];
let last: [number, number] | null = null;
geoStream(
  feature(world, world.objects.land),
  plane.stream({
    polygonStart() {},
    polygonEnd() {},
    lineStart() {
      ring = [];
      last = null;
    },
    point(longitude, negativeLatitude) {
      const [y, x] = [Math.round(-negativeLatitude), Math.round(longitude)];
      const [dy, dx] = last === null ? [y, x] : [y - last[0], x - last[1]];
      if (last !== null && Math.hypot(dy, dx) < resolution) return;
      ring.push(dy, dx);
      last = [y, x];
    },
    lineEnd() {
      if (ring.length > 6) rings.push(ring);
    }
  })
);
process.stdout.write(JSON.stringify(rings));
