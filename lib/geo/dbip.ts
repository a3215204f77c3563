import type {PlaceSource} from "./places.js";

/** What DB-IP Lite asks for, wherever its places are shown (https://db-ip.com/db/lite.php), for a version of its package. */
export function dbip(level: PlaceSource["level"], version: string): PlaceSource {
  return {
    database: `DB-IP Lite, ${level === "city" ? "cities" : "countries"}, @ip-location-db/dbip-${level}-mmdb ${version}`,
    level,
    attribution: "IP Geolocation by DB-IP",
    url: "https://db-ip.com",
    licence: "CC BY 4.0"
  };
}
