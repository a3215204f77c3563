import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import type {Keep} from "../experiment.js";
import {type Countries, type CountryAt, indexCountries} from "../geo/countries.js";
import {trafficNumbers} from "../traffic/traffic.js";

/** Keeps rows whose coordinates lie in a country of Natural Earth 1:50m; drops those at sea or without coordinates. */
export const onLand: Keep = (traffic) => {
  const latitude = trafficNumbers(traffic, "latitude");
  const longitude = trafficNumbers(traffic, "longitude");
  const at = countryAt();
  return (row) => {
    if (Number.isNaN(latitude[row]!) || Number.isNaN(longitude[row]!)) return "no coordinates";
    return at(latitude[row]!, longitude[row]!) === null ? "not on land" : null;
  };
};

let index: CountryAt | undefined;

/** The lookup over the package world-atlas, made once. */
export function countryAt(): CountryAt {
  const path = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  index ??= indexCountries(JSON.parse(readFileSync(path, "utf8")) as Countries);
  return index;
}
