import {formatNetwork, parseAddress} from "./address.js";
import type {AddressKind} from "./addressKinds.js";
import type {CountryPoints} from "./countryPoints.js";
import {innermostAddress} from "./embeddedIpv4.js";
import {type MaxmindDatabase, openMaxmind} from "./maxmindDatabase.js";
import type {MaxmindMap, MaxmindValue} from "./maxmindValue.js";
import {specialRangeOf} from "./specialRanges.js";

/** Where a place comes from: the database, and what its licence wants to be shown beside it. */
export interface PlaceSource {
  /** Its name and version. */
  readonly database: string;
  /** The closest that its coordinates get. */
  readonly level: "city" | "country";
  /** The words and the link that the licence asks for, on every page that shows places. */
  readonly attribution: string;
  readonly url: string;
  readonly licence: string;
}

/** Where an address is, as far as the database knows. */
export interface Place {
  readonly kind: AddressKind;
  /** Degrees, NaN where unknown and for every kind but public. */
  readonly latitude: number;
  readonly longitude: number;
  /** The country as Natural Earth names it. */
  readonly country: string | null;
  readonly city: string | null;
  /** The block of addresses that the database’s answer is for, as `8.8.8.0/24`; of a database of networks, number and name. */
  readonly network: string | null;
  /** What the coordinates are of: of the city, or of a point within the country; null without coordinates. */
  readonly precision: "city" | "country" | null;
}

/** What goes with a database: points of the countries that it names, and where it comes from. */
export interface PlaceGuide {
  readonly points: CountryPoints;
  readonly source: PlaceSource;
}

/** Places of addresses. `find` throws an InputError where the database is broken. */
export interface Places extends PlaceGuide {
  find(address: string): Place;
}

/** The bytes of a database, or what reads those for one version of IP when they are first asked for, null for none. */
export type PlaceBytes = Uint8Array | ArrayBuffer | ((version: 4 | 6) => Uint8Array | null);

/**
 * Places by a database in MaxMind’s format, of cities or of countries only: records of ip-location-db (`country_code`,
 * `latitude`) and of GeoIP2 and GeoLite2 (`country.iso_code`, `location.latitude`). Where a record has no coordinates, they
 * are the country’s point. Names of countries are those of the map, whatever the database calls them. Throws an InputError
 * when the bytes are no such database.
 */
export function openPlaces(bytes: PlaceBytes, {points, source}: PlaceGuide): Places {
  const databaseOf = openOnce(bytes);
  return {
    points,
    source,
    find(text) {
      const address = parseAddress(text);
      if (address === null) return unplaced("not an address");
      const inner = innermostAddress(address);
      const special = specialRangeOf(inner);
      if (special !== null) return unplaced(special.kind);
      const database = databaseOf(inner.length === 4 ? 4 : 6);
      const {record, prefix} = database?.find(inner) ?? {record: null, prefix: 0};
      return record === null ? unplaced("public") : placeOf(record, formatNetwork(inner, prefix), points);
    }
  };
}

function openOnce(bytes: PlaceBytes): (version: 4 | 6) => MaxmindDatabase | null {
  if (typeof bytes !== "function") {
    const database = openMaxmind(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
    return () => database;
  }
  const opened = new Map<4 | 6, MaxmindDatabase | null>();
  return (version) => {
    let database = opened.get(version);
    if (database === undefined) {
      const found = bytes(version);
      database = found && openMaxmind(found);
      opened.set(version, database);
    }
    return database;
  };
}

function unplaced(kind: AddressKind): Place {
  return {kind, latitude: Number.NaN, longitude: Number.NaN, country: null, city: null, network: null, precision: null};
}

function placeOf(record: MaxmindMap, block: string, points: CountryPoints): Place {
  const code = textIn(record, ["country_code"], ["country", "iso_code"], ["registered_country", "iso_code"]);
  const country = code !== null && Object.hasOwn(points, code) ? points[code]! : null;
  const place = {
    kind: "public",
    country: country?.name ?? null,
    city: textIn(record, ["city"], ["city", "names", "en"]),
    network: networkOf(record) ?? block
  } as const;
  const latitude = degreesIn(record, "latitude", 90);
  const longitude = degreesIn(record, "longitude", 180);
  // Databases say 0° north, 0° east where they do not know.
  if (latitude !== null && longitude !== null && !(latitude === 0 && longitude === 0)) {
    return {...place, latitude, longitude, precision: "city"};
  }
  if (country === null || country.latitude === null || country.longitude === null) {
    return {...place, latitude: Number.NaN, longitude: Number.NaN, precision: null};
  }
  return {...place, latitude: country.latitude, longitude: country.longitude, precision: "country"};
}

function networkOf(record: MaxmindMap): string | null {
  const number = valueIn(record, ["autonomous_system_number"]);
  if (typeof number !== "number") return null;
  return `AS${number} ${textIn(record, ["autonomous_system_organization"]) ?? ""}`.trim();
}

/** Degrees to 4 decimals, about 10 m; databases hold them as floats of 4 bytes. */
function degreesIn(record: MaxmindMap, name: string, most: number): number | null {
  const degrees = valueIn(record, [name]) ?? valueIn(record, ["location", name]);
  if (typeof degrees !== "number" || !(Math.abs(degrees) <= most)) return null;
  return Math.round(degrees * 1e4) / 1e4 + 0;
}

function textIn(record: MaxmindMap, ...paths: readonly string[][]): string | null {
  for (const path of paths) {
    const value = valueIn(record, path);
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

function valueIn(record: MaxmindMap, path: readonly string[]): MaxmindValue | undefined {
  let value: MaxmindValue | undefined = record;
  for (const name of path) value = value instanceof Map ? value.get(name) : undefined;
  return value;
}
