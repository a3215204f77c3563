import {deviation, mean, median, rollup} from "d3-array";
import fc from "fast-check";
import {expect, test} from "vitest";
import {scenarios} from "../../lib/traffic/scenarios/scenarios.js";
import {website} from "../../lib/traffic/scenarios/website.js";
import {describeColumn} from "../../lib/traffic/schema.js";
import {sessionFeatureNames} from "../../lib/traffic/sessionFeatures.js";
import {type Simulation, simulate} from "../../lib/traffic/simulate.js";
import {categories, categoriesOf, isNumbers, numbers, type Table, tableOf, valueAt} from "../../lib/traffic/table.js";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 5);

const cities = tableOf({
  name: categoriesOf(["Accra", "Quito"]),
  country: categoriesOf(["Ghana", "Ecuador"]),
  latitude: Float64Array.of(5.556, -0.2298),
  longitude: Float64Array.of(-0.1969, -78.525),
  population: Float64Array.of(3_000_000, 1_000_000)
});

const visitors = simulate("website", {rows: 6000, seed: 1, cities});

test("simulate(scenario, {seed}) gives the same table for the same seed and another for another", () => {
  fc.assert(
    fc.property(fc.constantFrom(...scenarios), fc.integer({min: 0, max: 2 ** 40}), (scenario, seed) => {
      const options = {rows: 200, seed, cities};
      expect(simulate(scenario, options)).toEqual(simulate(scenario.name, options));
      expect(simulate(scenario, options)).not.toEqual(simulate(scenario, {...options, seed: seed + 1}));
    }),
    {numRuns: 20}
  );
});

test("simulate(scenario) keeps its bytes: a change here changes every stored experiment", () => {
  expect(checksum(simulate("notebook", {rows: 1000, seed: 1}))).toMatchInlineSnapshot(`"3f78ef42"`);
  expect(checksum(visitors)).toMatchInlineSnapshot(`"bab1dc8"`);
});

test("simulate(scenario, {fakes}) has exactly that share of fakes", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("notebook", "website"),
      fc.integer({min: 1, max: 400}),
      fc.double({min: 0, max: 1, noNaN: true}),
      (scenario, rows, fakes) => {
        const table = simulate(scenario, {rows, fakes, seed: 1, cities});
        expect(table.rows).toBe(rows);
        expect(numbers(table, "fake_traffic").reduce((a, b) => a + b)).toBe(Math.round(rows * fakes));
      }
    ),
    {numRuns: 50}
  );
});

test("simulate(scenario, {mix}) shares out the fakes and the genuine by weight", () => {
  const even = Object.fromEntries(website.kinds.map(({kind}) => [kind, 1]));
  const mix = {...even, reader: 4, "app user": 0, "click fraud": 3, "referrer spam": 0};
  const count = countKinds(simulate("website", {rows: 1600, fakes: 0.5, mix, seed: 1, cities}));
  expect(count.get("reader")).toBe(400);
  expect(count.get("shopper")).toBe(100);
  expect(count.get("click fraud")).toBe(300);
  expect(count.get("slow crawler")).toBe(100);
  expect(count.has("app user") || count.has("referrer spam")).toBe(false);
});

test("simulate(scenario) has every kind, with its own label", () => {
  const kind = categories(visitors, "kind");
  const fake = numbers(visitors, "fake_traffic");
  expect([...kind.values].sort()).toEqual(website.kinds.map(({kind}) => kind).sort());
  for (const {kind: name, fake: label} of website.kinds) {
    expect(rowsOf(visitors, name).every((row) => fake[row] === Number(label))).toBe(true);
  }
  expect(website.kinds.filter(({fake}) => fake).length).toBeGreaterThanOrEqual(7);
});

test("simulate(scenario) takes a scenario with a kind of one’s own", () => {
  const reader = website.kinds.find(({kind}) => kind === "reader")!;
  const speedReader = {...reader, kind: "speed reader", weight: 10};
  const table = simulate({...website, kinds: [...website.kinds, speedReader]}, {rows: 500, seed: 1, cities});
  expect(countKinds(table).get("speed reader")).toBe(43); // 470 genuine rows × 10 / 110
});

test("simulate(scenario, {mix}) leaves the other kinds as they were", () => {
  const cells = (mix: Simulation["mix"]) => {
    const table = simulate("website", {rows: 2000, seed: 4, cities, mix});
    const names = ["timestamp", ...sessionFeatureNames, "latitude", "city"];
    return rowsOf(table, "reader").map((row) => names.map((name) => valueAt(table.columns[name]!, row)));
  };
  expect(cells({"slow crawler": 0, "click fraud": 5})).toEqual(cells({}));
});

test("simulate(scenario) sorts by time within the days", () => {
  const table = simulate("website", {rows: 500, days: 3, start, seed: 2, cities});
  const time = numbers(table, "timestamp");
  for (let i = 0; i < time.length; ++i) {
    expect(time[i]).toBeGreaterThanOrEqual(i === 0 ? start : time[i - 1]!);
    expect(time[i]).toBeLessThan(start + 3 * day);
    expect(Number.isInteger(time[i])).toBe(true);
  }
});

test("simulate(scenario) names its columns in the schema’s order, features all filled", () => {
  expect(Object.keys(visitors.columns)).toEqual([
    "timestamp",
    "client",
    ...sessionFeatureNames,
    ..."latitude longitude country city fake_traffic kind".split(" ")
  ]);
  for (const [name, column] of Object.entries(visitors.columns)) {
    expect(describeColumn(name).meaning).not.toBe("");
    expect(isNumbers(column) ? column.every(Number.isFinite) : column.codes.every((code) => code >= 0)).toBe(true);
  }
});

test("simulate(scenario) keeps every value within what it can be", () => {
  const bounds = {
    request_rate: [0.01, 20_000],
    session_duration: [0, 4 * 86_400],
    unique_paths_visited: [1, 10_000],
    error_share: [0, 1],
    gap_variation: [0, 20],
    asset_share: [0, 1],
    referrer_share: [0, 1],
    post_share: [0, 1],
    latitude: [-90, 90],
    longitude: [-180, 180]
  };
  for (const [name, [low, high]] of Object.entries(bounds)) {
    expect(numbers(visitors, name).every((value) => value >= low! && value <= high!)).toBe(true);
  }
});

test("simulate(scenario) takes clients from documentation ranges, each in one place and with pauses in between", () => {
  const client = categories(visitors, "client");
  const documentation =
    /^(192\.0\.2|198\.51\.100|203\.0\.113)\.([1-9]\d{0,2})$|^2001:db8:[1-9a-f][0-9a-f]{3}:[1-9a-f][0-9a-f]{3}::1$/;
  expect(client.values.every((address) => documentation.test(address))).toBe(true);
  const time = numbers(visitors, "timestamp");
  const duration = numbers(visitors, "session_duration");
  const last = new Map<number, number>();
  for (let row = 0; row < visitors.rows; ++row) {
    const before = last.get(client.codes[row]!);
    if (before !== undefined) {
      expect(time[row]! - time[before]! - duration[before]! * 1000).toBeGreaterThan(30 * 60_000);
      expect(valueAt(visitors.columns.latitude!, row)).toBe(valueAt(visitors.columns.latitude!, before));
    }
    last.set(client.codes[row]!, row);
  }
  expect(last.size).toBeLessThan(visitors.rows);
});

test("simulate(scenario) puts people within 15 km of cities, in proportion to population", () => {
  const people = rowsOf(visitors, "passer-by");
  const inAccra = people.filter((row) => valueAt(visitors.columns.city!, row) === "Accra");
  expect(inAccra.length / people.length).toBeCloseTo(0.75, 1);
  for (const row of inAccra) {
    const north = (numbers(visitors, "latitude")[row]! - 5.556) * 111.2;
    const east = (numbers(visitors, "longitude")[row]! + 0.1969) * 111.2 * Math.cos((5.556 * Math.PI) / 180);
    expect(Math.hypot(north, east)).toBeLessThan(16);
  }
});

test("simulate(scenario) follows the clock and the week of where people are", () => {
  const table = simulate("website", {rows: 20_000, fakes: 0, seed: 3, cities});
  const local = Array.from(numbers(table, "timestamp"), (t, i) => t + numbers(table, "longitude")[i]! * 240_000);
  const hourly = (kind: string, from: number, to: number) =>
    rowsOf(table, kind).filter((row) => hourOf(local[row]!) >= from && hourOf(local[row]!) < to).length / (to - from);
  expect(hourly("reader", 18, 22)).toBeGreaterThan(5 * hourly("reader", 2, 5));
  expect(hourly("searcher", 9, 17)).toBeGreaterThan(2 * hourly("searcher", 18, 24));
  const weekend = (kind: string) => rowsOf(table, kind).filter((row) => weekdayOf(local[row]!) > 4).length / 2;
  const midweek = (kind: string) => rowsOf(table, kind).filter((row) => weekdayOf(local[row]!) < 4).length / 4;
  expect(weekend("searcher")).toBeLessThan(0.5 * midweek("searcher"));
  expect(weekend("shopper")).toBeGreaterThan(1.2 * midweek("shopper"));
});

test("simulate(scenario) gives every fake its own timing", () => {
  const table = simulate("website", {rows: 6000, fakes: 0.5, seed: 6, cities});
  const time = numbers(table, "timestamp");
  const gaps = (kind: string) => {
    const times = rowsOf(table, kind).map((row) => time[row]!);
    return times.slice(1).map((t, i) => t - times[i]!);
  };
  const burstiness = (kind: string) => deviation(gaps(kind))! / mean(gaps(kind))!;
  expect(burstiness("click fraud")).toBeGreaterThan(2);
  expect(burstiness("credential stuffing")).toBeGreaterThan(2);
  expect(burstiness("slow crawler")).toBeLessThan(1.5);
  const stuffing = rowsOf(table, "credential stuffing");
  const atNight = stuffing.filter((row) => (hourOf(time[row]!) + 4) % 24 < 12);
  expect(atNight.length / stuffing.length).toBeGreaterThan(0.6);
});

test("simulate(scenario) makes kinds that differ in the middle and overlap at the edges", () => {
  const middle = (kind: string, name: string) => median(rowsOf(visitors, kind), (row) => numbers(visitors, name)[row])!;
  expect(middle("fast scraper", "request_rate")).toBeGreaterThan(3 * middle("reader", "request_rate"));
  expect(middle("slow crawler", "session_duration")).toBeGreaterThan(5 * middle("reader", "session_duration"));
  expect(middle("slow crawler", "gap_variation")).toBeLessThan(0.3);
  expect(middle("vulnerability scan", "error_share")).toBeGreaterThan(0.7);
  expect(middle("credential stuffing", "post_share")).toBeGreaterThan(0.5);
  expect(middle("referrer spam", "referrer_share")).toBe(1);
  expect(middle("distributed scraper", "unique_paths_visited")).toBeLessThan(10);
  const shown = rowsOf(visitors, "distributed scraper").filter((row) => numbers(visitors, "asset_share")[row]! > 0.6);
  expect(shown.length).toBeGreaterThan(0);
  const bare = rowsOf(visitors, "reader").filter((row) => numbers(visitors, "asset_share")[row]! < 0.3);
  expect(bare.length).toBeGreaterThan(0);
});

test('simulate("notebook") has the means and deviations of the R notebook’s distributions', () => {
  const table = simulate("notebook", {rows: 20_000, fakes: 0.5, seed: 5});
  const expected = {
    genuine: {request_rate: [20, Math.sqrt(20)], session_duration: [300, 50], unique_paths_visited: [5, Math.sqrt(5)]},
    fake: {request_rate: [100, 10], session_duration: [100, 30], unique_paths_visited: [5, Math.sqrt(5)]}
  };
  const errors = 4; // standard errors that a mean of 10,000 draws may be off, once in 16,000
  for (const [kind, features] of Object.entries(expected)) {
    for (const [name, [mu, sigma]] of Object.entries(features)) {
      const values = rowsOf(table, kind).map((row) => numbers(table, name)[row]!);
      expect(Math.abs(mean(values)! - mu!)).toBeLessThan((errors * sigma!) / 100);
      expect(Math.abs(deviation(values)! / sigma! - 1)).toBeLessThan(0.04);
    }
  }
  for (const [name, sigma] of [
    ["latitude", 180],
    ["longitude", 360]
  ] as const) {
    expect(Math.abs(mean(numbers(table, name))!)).toBeLessThan((errors * sigma) / Math.sqrt(12 * 20_000));
  }
});

test('simulate("notebook") has a row a second, a tenth of them fake, and no columns beyond the notebook’s but the kind', () => {
  const table = simulate("notebook", {rows: 1000, seed: 1});
  expect([...numbers(table, "timestamp")]).toEqual(Array.from({length: 1000}, (_, i) => start + (i + 1) * 1000));
  expect(numbers(table, "fake_traffic").reduce((a, b) => a + b)).toBe(100);
  expect(Object.keys(table.columns).join(" ")).toBe(
    "timestamp request_rate session_duration unique_paths_visited latitude longitude fake_traffic kind"
  );
});

test("simulate(scenario) simulates a single row and a very short period", () => {
  expect(simulate("website", {rows: 1, seed: 0, cities}).rows).toBe(1);
  const table = simulate("website", {rows: 300, days: 1e-4, seed: 0, cities});
  expect(numbers(table, "timestamp").every((t) => t >= start && t < start + 8640)).toBe(true);
});

test.each<[string, string, Partial<Simulation>]>([
  ["unknown scenario: intranet", "intranet", {}],
  ["invalid rows: 0", "website", {rows: 0}],
  ["invalid rows: 2.5", "website", {rows: 2.5}],
  ["invalid fakes: 1.4", "website", {fakes: 1.4}],
  ["invalid fakes: NaN", "notebook", {fakes: Number.NaN}],
  ["invalid days: 0", "website", {days: 0}],
  ["invalid days: Infinity", "website", {days: Number.POSITIVE_INFINITY}],
  ["invalid start: NaN", "website", {start: Number.NaN}],
  ["invalid seed: -1", "website", {seed: -1}],
  ["unknown kind: lurker", "website", {mix: {lurker: 1}}],
  ["invalid weight of reader: -1", "website", {mix: {reader: -1}}],
  ["invalid sum of weights: 0", "notebook", {mix: {fake: 0}}],
  ["missing cities", "website", {cities: undefined}]
])("simulate(scenario, simulation) throws: %s", (message, scenario, options) => {
  expect(() => simulate(scenario, {rows: 100, seed: 1, cities, ...options})).toThrow(message);
});

function rowsOf(table: Table, kind: string): number[] {
  const {codes, values} = categories(table, "kind");
  const code = values.indexOf(kind);
  return Array.from(codes.keys()).filter((row) => codes[row] === code);
}

function countKinds(table: Table): Map<string, number> {
  const {codes, values} = categories(table, "kind");
  return rollup(
    codes,
    (rows) => rows.length,
    (code) => values[code]!
  );
}

function hourOf(time: number): number {
  return new Date(time).getUTCHours();
}

// Monday is 0
function weekdayOf(time: number): number {
  return (new Date(time).getUTCDay() + 6) % 7;
}

// FNV-1a over every cell as text
function checksum(table: Table): string {
  let hash = 0x811c9dc5;
  for (const [name, column] of Object.entries(table.columns)) {
    for (const character of `${name}:${Array.from({length: table.rows}, (_, row) => valueAt(column, row)).join()}\n`) {
      hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
    }
  }
  return (hash >>> 0).toString(16);
}
