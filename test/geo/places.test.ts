import {expect, test} from "vitest";
import {openPlaces, type Place, type PlaceBytes, type PlaceSource} from "../../lib/geo/places.js";
import {openPlaces as openInstalled} from "../../lib/node/openPlaces.js";
import {maxmindFile} from "./maxmindFile.js";

const points = {
  NZ: {name: "New Zealand", latitude: -43.5, longitude: 171.2},
  TV: {name: "Tuvalu", latitude: null, longitude: null}
};
const source: PlaceSource = {
  database: "test",
  level: "city",
  attribution: "us",
  url: "https://example.org",
  licence: "CC0"
};
const find = (bytes: PlaceBytes, address: string): Place => openPlaces(bytes, {points, source}).find(address);

const nowhere = {latitude: NaN, longitude: NaN, country: null, city: null, network: null, precision: null};
const inTheCountry = {latitude: -43.5, longitude: 171.2, country: "New Zealand", precision: "country"};

test("openPlaces(bytes).find(address) reads records of ip-location-db", () => {
  const city = {country_code: "NZ", city: "Wellington", latitude: -41.28664, longitude: 174.77557, state1: ""};
  const file = maxmindFile([
    ["9.9.0.0/16", {country_code: "NZ"}],
    ["9.8.7.0/24", city],
    ["9.8.6.0/24", {...city, city: "", latitude: 0, longitude: 0}],
    ["9.8.5.0/24", {...city, latitude: 100}],
    ["2a00::/16", {country_code: "NZ"}]
  ]);
  const network = "9.9.0.0/16";
  expect(find(file, "9.9.1.2")).toEqual({...inTheCountry, kind: "public", city: null, network});
  expect(find(file, "9.8.7.1")).toEqual({
    kind: "public",
    latitude: -41.2866,
    longitude: 174.7756,
    country: "New Zealand",
    city: "Wellington",
    network: "9.8.7.0/24",
    precision: "city"
  });
  expect(find(file, "9.8.6.1")).toEqual({...inTheCountry, kind: "public", city: null, network: "9.8.6.0/24"});
  expect(find(file, "9.8.5.1")).toMatchObject(inTheCountry);
  expect(find(file, "2a00:1::1")).toMatchObject({...inTheCountry, network: "2a00::/16"});
  expect(find(file, "::ffff:9.9.1.2")).toEqual(find(file, "9.9.1.2"));
  expect(find(file, "2002:909:102::1")).toEqual(find(file, "9.9.1.2"));
  expect(find(file.buffer, "9.9.1.2")).toEqual(find(file, "9.9.1.2"));
});

test("openPlaces(bytes).find(address) reads records of GeoIP2, and of networks", () => {
  const file = maxmindFile([
    [
      "9.8.7.0/24",
      {country: {iso_code: "NZ"}, city: {names: {en: "Nelson"}}, location: {latitude: -41.3, longitude: 173.2}}
    ],
    ["9.8.6.0/24", {registered_country: {iso_code: "NZ"}, autonomous_system_number: 64500}],
    ["9.8.5.0/24", {autonomous_system_number: 64501, autonomous_system_organization: "Example"}]
  ]);
  expect(find(file, "9.8.7.1")).toMatchObject({
    latitude: -41.3,
    longitude: 173.2,
    city: "Nelson",
    country: "New Zealand"
  });
  expect(find(file, "9.8.6.1")).toMatchObject({...inTheCountry, network: "AS64500"});
  expect(find(file, "9.8.5.1")).toEqual({...nowhere, kind: "public", network: "AS64501 Example"});
});

test("openPlaces(bytes).find(address) never places what is not public, nor a country without a point", () => {
  const file = maxmindFile([
    ["10.0.0.0/8", {country_code: "NZ"}],
    ["9.9.0.0/16", {country_code: "TV"}],
    ["9.8.0.0/16", {country_code: "constructor"}]
  ]);
  expect(find(file, "10.1.2.3")).toEqual({...nowhere, kind: "private"});
  expect(find(file, "localhost")).toEqual({...nowhere, kind: "not an address"});
  expect(find(file, "11.1.2.3")).toEqual({...nowhere, kind: "public"});
  expect(find(file, "9.9.1.1")).toEqual({...nowhere, kind: "public", country: "Tuvalu", network: "9.9.0.0/16"});
  expect(find(file, "9.8.1.1")).toEqual({...nowhere, kind: "public", network: "9.8.0.0/16"});
});

test("openPlaces(read) reads the database of a version of IP when it is asked for the first time", () => {
  const asked: number[] = [];
  const read = (version: 4 | 6) => {
    asked.push(version);
    return version === 4 ? maxmindFile([["9.9.0.0/16", {country_code: "NZ"}]], {ipVersion: 4}) : null;
  };
  const places = openPlaces(read, {points, source});
  expect([places.find("10.0.0.1").kind, asked]).toEqual(["private", []]);
  expect([places.find("9.9.1.1").country, places.find("9.9.1.2").country, asked]).toEqual([
    "New Zealand",
    "New Zealand",
    [4]
  ]);
  expect([places.find("2a00::1").country, places.find("2a00::2").country, asked]).toEqual([null, null, [4, 6]]);
});

test("openPlaces() finds the installed database, whose attribution is its licence’s", async () => {
  const {find, source} = await openInstalled();
  expect(source).toMatchObject({
    attribution: "IP Geolocation by DB-IP",
    url: "https://db-ip.com",
    licence: "CC BY 4.0"
  });
  expect(source.database).toMatch(/^DB-IP Lite, .*-mmdb \d/);
  expect(find("193.0.6.139").country).toBe("Netherlands");
  expect(find("2001:67c:2e8::1").country).toBe("Netherlands");
});
