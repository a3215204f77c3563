import {shuffler} from "d3-array";
import {randomSource} from "../random.js";
import {inSchemaOrder} from "./inSchemaOrder.js";
import {roundTo} from "./roundTo.js";
import type {Kind, KindOfFeatures, Scenario} from "./scenarios/scenario.js";
import {scenarioNamed} from "./scenarios/scenarios.js";
import {sessionPause} from "./sessionFeatures.js";
import {addresses} from "./simulation/addresses.js";
import {apportion} from "./simulation/apportion.js";
import {sampler} from "./simulation/distribution.js";
import {type Place, places} from "./simulation/places.js";
import {simulateSessions} from "./simulation/simulateSessions.js";
import {type Period, starts} from "./simulation/starts.js";
import {type Column, categoriesOf, isNumbers, type Table, tableOf} from "./table.js";
import type {Traffic} from "./traffic.js";

/** What to simulate; all but `rows` and `seed` have defaults. */
export interface Simulation {
  /** Sessions, a positive integer. */
  readonly rows: number;
  /** Length of the period in days, more than 0; by default the scenario’s. Kinds that take turns do not heed it. */
  readonly days?: number;
  /** Share of fakes in [0, 1], exact but for rounding to whole rows; by default the scenario’s. */
  readonly fakes?: number;
  /** Weights that replace those of the named kinds, 0 or more; each counts among the kinds of its label. */
  readonly mix?: Readonly<Record<string, number>>;
  /** A whole number from 0; the same seed gives the same table on every machine. */
  readonly seed: number;
  /** Start of the period in UTC milliseconds, by default Monday 2026-01-05T00:00Z. */
  readonly start?: number;
  /** Cities with the columns name, country, latitude, longitude (degrees) and population, for scenarios that use them. */
  readonly cities?: Table | Traffic;
}

/**
 * Simulated traffic of a scenario or of the named one (`notebook`, `website`), sorted by time: the columns of the schema
 * that its kinds fill, with the label `fake_traffic` and the `kind` of each row. Times are exact to the millisecond; a
 * client’s sessions lie more than 30 minutes apart. Each kind draws from a stream of its own, so that to change one kind
 * leaves the features of the others as they are. Throws on unknown names and on parameters outside their range.
 */
export function simulate(scenario: string | Scenario, simulation: Simulation): Traffic {
  const {name, kinds, ...defaults} = typeof scenario === "string" ? scenarioNamed(scenario) : scenario;
  const {rows, days = defaults.days, fakes = defaults.fakes, mix = {}, seed, start = monday, cities} = simulation;
  if (!Number.isSafeInteger(rows) || rows < 1) throw new RangeError(`invalid rows: ${rows}`);
  if (!(days > 0 && Number.isFinite(days))) throw new RangeError(`invalid days: ${days}`);
  if (!Number.isSafeInteger(start)) throw new RangeError(`invalid start: ${start}`);
  const counts = countKinds(kinds, rows, fakes, mix);
  const turns = shuffler(randomSource(seed))(Array.from({length: rows}, (_, i) => i + 1));
  const context = {period: {start, length: days * 86_400_000}, nextTurn: () => turns.pop()!, cities};
  const parts = kinds.map((kind, i) => simulateKind(kind, counts[i]!, context, randomSource(seed, i + 1)));
  const parameters = {
    rows,
    days,
    fakes,
    mix,
    seed,
    start,
    ...(cities && "source" in cities ? {cities: cities.source} : {})
  };
  return {
    ...assemble(parts, randomSource(seed, kinds.length + 1)),
    source: {type: "simulation", scenario: name, parameters}
  };
}

const monday = Date.UTC(2026, 0, 5);

interface Context {
  readonly period: Period;
  readonly nextTurn: () => number;
  readonly cities: Table | undefined;
}

interface Client {
  readonly place: Place;
  readonly visits: number;
  readonly sessions: {readonly from: number; readonly to: number}[];
}

interface Part {
  readonly kind: Kind;
  readonly features: Readonly<Record<string, Float64Array>>;
  readonly times: Float64Array;
  /** The clients, and for each row the index of its own. */
  readonly clients: readonly Client[];
  readonly clientOf: Int32Array;
}

function countKinds(
  kinds: readonly Kind[],
  rows: number,
  fakes: number,
  mix: Readonly<Record<string, number>>
): number[] {
  if (!(fakes >= 0 && fakes <= 1)) throw new RangeError(`invalid fakes: ${fakes}`);
  for (const [name, weight] of Object.entries(mix)) {
    if (!kinds.some(({kind}) => kind === name)) throw new Error(`unknown kind: ${name}`);
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`invalid weight of ${name}: ${weight}`);
  }
  const weights = (label: boolean) => kinds.map(({kind, fake, weight}) => (fake === label ? (mix[kind] ?? weight) : 0));
  const fakeRows = Math.round(rows * fakes);
  const fakeCounts = apportion(fakeRows, weights(true));
  const genuineCounts = apportion(rows - fakeRows, weights(false));
  return kinds.map((_, i) => fakeCounts[i]! + genuineCounts[i]!);
}

function simulateKind(kind: Kind, rows: number, {period, nextTurn, cities}: Context, random: () => number): Part {
  const features =
    "session" in kind ? simulateSessions(kind.session, rows, random) : drawFeatures(kind.features, rows, random);
  const times = new Float64Array(rows);
  const clients: Client[] = [];
  const clientOf = new Int32Array(rows);
  if (rows === 0) return {kind, features, times, clients, clientOf};
  const startOf = starts(kind.when, period, nextTurn, random);
  const visitsOf = sampler(kind.visits ?? 1, random);
  const placeOf = places(kind.where, cities, random);
  let client: Client | undefined;
  for (let row = 0; row < rows; ++row) {
    const duration = (features.session_duration?.[row] ?? 0) * 1000;
    let time = client && freeStart(client, duration, startOf);
    if (client === undefined || time === undefined) {
      client = {place: placeOf(), visits: Math.max(1, Math.round(visitsOf())), sessions: []};
      clients.push(client);
      time = startOf(client.place.longitude, 0, client.visits);
    }
    client.sessions.push({from: time, to: time + duration});
    times[row] = time;
    clientOf[row] = clients.length - 1;
  }
  return {kind, features, times, clients, clientOf};
}

const tries = 8;

function freeStart(
  {place, visits, sessions}: Client,
  duration: number,
  startOf: ReturnType<typeof starts>
): number | undefined {
  if (sessions.length >= visits) return;
  for (let i = 0; i < tries; ++i) {
    const time = startOf(place.longitude, sessions.length, visits);
    if (sessions.every(({from, to}) => time > to + sessionPause || time + duration + sessionPause < from)) return time;
  }
}

function drawFeatures(
  distributions: KindOfFeatures["features"],
  rows: number,
  random: () => number
): Record<string, Float64Array> {
  return Object.fromEntries(
    Object.entries(distributions).map(([name, distribution]) => {
      const draw = sampler(distribution, random);
      return [name, Float64Array.from({length: rows}, () => roundTo(draw(), 3))];
    })
  );
}

function assemble(parts: readonly Part[], random: () => number): Table {
  const names = addresses(
    parts.reduce((sum, {clients}) => sum + clients.length, 0),
    random
  );
  const rows = parts.flatMap(({kind, features, times, clients, clientOf}) => {
    const addressOf = names.splice(0, clients.length);
    return Array.from(times, (time, row) => {
      const client = clientOf[row]!;
      const address = "session" in kind ? addressOf[client]! : null;
      return {kind, features, row, time, address, place: clients[client]!.place};
    });
  });
  rows.sort((a, b) => a.time - b.time);
  const featureNames = new Set(parts.flatMap(({features}) => Object.keys(features)));
  const columns: Record<string, Column> = {
    timestamp: Float64Array.from(rows, ({time}) => time),
    client: categoriesOf(rows.map(({address}) => address)),
    latitude: Float64Array.from(rows, ({place}) => place.latitude),
    longitude: Float64Array.from(rows, ({place}) => place.longitude),
    country: categoriesOf(rows.map(({place}) => place.country)),
    city: categoriesOf(rows.map(({place}) => place.city)),
    fake_traffic: Float64Array.from(rows, ({kind}) => Number(kind.fake)),
    kind: categoriesOf(rows.map(({kind}) => kind.kind))
  };
  for (const name of featureNames) {
    columns[name] = Float64Array.from(rows, ({features, row}) => features[name]?.[row] ?? Number.NaN);
  }
  const filled = Object.entries(columns).filter(([, column]) => !isMissing(column));
  return tableOf(inSchemaOrder(Object.fromEntries(filled)));
}

function isMissing(column: Column): boolean {
  return isNumbers(column) ? column.every(Number.isNaN) : column.values.length === 0;
}
