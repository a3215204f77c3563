import {roundTo} from "../roundTo.js";
import type {Where} from "../scenarios/scenario.js";
import {categories, numbers, type Table, valueAt} from "../table.js";
import {weightedIndex} from "./weightedIndex.js";

/** Where a client is: coordinates in degrees, and the names as far as they are known. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly country: string | null;
  readonly city: string | null;
}

const jitter = 15;
const kilometresPerDegree = 111.2;

/**
 * Draws the places of clients. Points on the globe have 4 decimals; those around cities have 2 (about 1 km), since
 * locating an address gets no closer. Throws when cities are needed and missing.
 */
export function places(where: Where, cities: Table | undefined, random: () => number): () => Place {
  if (where === "globe") return () => onGlobe(random);
  if (where === "cities") return nearCities(cities, random);
  const pick = weightedIndex(
    where.map((place) => place.weight),
    random
  );
  return () => where[pick()]!;
}

function onGlobe(random: () => number): Place {
  const latitude = roundTo(random() * 180 - 90, 4);
  const longitude = roundTo(random() * 360 - 180, 4);
  return {latitude, longitude, country: null, city: null};
}

function nearCities(cities: Table | undefined, random: () => number): () => Place {
  if (cities === undefined) throw new RangeError("missing cities, expected those of data/cities/cities.csv");
  const names = categories(cities, "name");
  const countries = categories(cities, "country");
  const latitudes = numbers(cities, "latitude");
  const longitudes = numbers(cities, "longitude");
  const pick = weightedIndex(numbers(cities, "population"), random);
  return () => {
    const i = pick();
    const distance = (random() * jitter) / kilometresPerDegree;
    const bearing = random() * 2 * Math.PI;
    const parallel = Math.cos((latitudes[i]! * Math.PI) / 180);
    return {
      latitude: roundTo(latitudes[i]! + distance * Math.cos(bearing), 2),
      longitude: roundTo(longitudes[i]! + (distance * Math.sin(bearing)) / parallel, 2),
      country: valueAt(countries, i) as string | null,
      city: valueAt(names, i) as string | null
    };
  };
}
