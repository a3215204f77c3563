import fc from "fast-check";
import {expect, test} from "vitest";
import {injectedRecall} from "../../lib/evaluation/injectedRecall.js";
import {chooseThreshold} from "../../lib/evaluation/threshold.js";
import {growForest} from "../../lib/forest/growForest.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {randomSource} from "../../lib/random.js";
import {injectableKinds, injectedKinds} from "../../lib/traffic/injectedKinds.js";
import {injectedCount, injectFakes, type NumberFeatures} from "../../lib/traffic/injectFakes.js";
import {fakes} from "../../lib/traffic/scenarios/fakes.js";
import {people} from "../../lib/traffic/scenarios/people.js";
import {simulateSessions} from "../../lib/traffic/simulation/simulateSessions.js";

const reader = people.find(({kind}) => kind === "reader")!;
if (!("session" in reader)) throw new Error("expected sessions");
const visits: NumberFeatures = simulateSessions(reader.session, 1000, randomSource(1));
const flows: NumberFeatures = {
  bytes: drawn(500, (u) => -1 / (u + 1e-3)),
  packets: drawn(500, (u) => Math.floor(9 * u))
};

const kindOf = fc.constantFrom(...injectedKinds.map(({kind}) => kind));
const seedOf = fc.integer({min: 0, max: 1e9});
const strengthOf = fc.double({min: 0, max: 1, noNaN: true});

test("injectFakes(features, injection) leaves the real rows as they are, in front, and labels only its own", () => {
  fc.assert(
    fc.property(kindOf, strengthOf, seedOf, (kind, strength, seed) => {
      const {features, label, real} = injectFakes(visits, {kind, strength, share: 0.05, seed});
      expect(real).toBe(1000);
      for (const name of Object.keys(visits)) expect(features[name]!.subarray(0, real)).toEqual(visits[name]);
      expect(label.length).toBe(1050);
      expect(label.subarray(0, real).every(Number.isNaN)).toBe(true);
      expect(label.subarray(real).every((value) => value === 1)).toBe(true);
    }),
    {numRuns: 15}
  );
});

test("injectFakes(features, {seed}) gives the same rows for the same seed and others for another", () => {
  fc.assert(
    fc.property(kindOf, seedOf, (kind, seed) => {
      const injection = {kind, strength: 0.5, seed};
      expect(injectFakes(visits, injection)).toEqual(injectFakes(visits, injection));
      expect(injectFakes(visits, injection)).not.toEqual(injectFakes(visits, {...injection, seed: seed + 1}));
    }),
    {numRuns: 15}
  );
});

test("injectFakes(features, {strength: 0}) copies real rows", () => {
  fc.assert(
    fc.property(kindOf, seedOf, (kind, seed) => {
      const {features, real} = injectFakes(visits, {kind, strength: 0, seed});
      const rows = new Set(rowsFrom(visits, 0));
      expect(rowsFrom(features, real).every((row) => rows.has(row))).toBe(true);
    }),
    {numRuns: 20}
  );
});

test("injectFakes(features, {strength: 1}) gives the sessions of that kind as simulated", () => {
  for (const fake of fakes) {
    if (!("session" in fake)) throw new Error("expected sessions");
    const {features, real, moved} = injectFakes(visits, {kind: fake.kind, share: 0.1, seed: 1});
    expect([...moved].sort()).toEqual(Object.keys(visits).sort());
    const simulated = simulateSessions(fake.session, 1000, randomSource(2));
    for (const name of ["request_rate", "error_share", "asset_share"] as const) {
      expect(Math.abs(meanLog(features[name]!.subarray(real)) - meanLog(simulated[name]))).toBeLessThan(0.4);
    }
  }
});

test("injectFakes(features, {strength}) moves each feature of a simulated kind all the way from the real row to the fake", () => {
  fc.assert(
    fc.property(seedOf, strengthOf, strengthOf, (seed, a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      const at = (strength: number) => injectFakes(visits, {kind: "fast scraper", strength, seed});
      const [from, near, far, to] = [at(0), at(low), at(high), at(1)];
      for (const name of Object.keys(visits)) {
        for (let row = from.real; row < from.label.length; ++row) {
          const way = (to.features[name]![row]! - from.features[name]![row]!) * (1 + 1e-9);
          const [done, more] = [near, far].map((step) => step.features[name]![row]! - from.features[name]![row]!);
          const [least, most] = [Math.min(0, way) - 1e-6, Math.max(0, way) + 1e-6];
          expect(done! >= least && done! <= most && more! >= least && more! <= most).toBe(true);
          expect(Math.abs(more!)).toBeGreaterThanOrEqual(Math.abs(done!) - 1e-6);
        }
      }
    }),
    {numRuns: 20}
  );
});

test("injectFakes(features, {strength}) moves values by factors: half the strength is the root of one", () => {
  const real = {request_rate: new Float64Array(1000).fill(0.5), session_duration: drawn(1000, (u) => 100 * u)};
  const at = (strength: number) =>
    injectFakes(real, {kind: "vulnerability scan", strength, seed: 3}).features.request_rate!.at(-1)!;
  expect(1 + at(0.5)).toBeCloseTo(Math.sqrt(1.5 * (1 + at(1))), 6);
});

test("injectFakes(features, injection) keeps whole numbers whole, and no others", () => {
  const real = {request_rate: drawn(1000, (u) => Math.floor(40 * u)), session_duration: drawn(1000, (u) => 300 * u)};
  fc.assert(
    fc.property(kindOf, strengthOf, seedOf, (kind, strength, seed) => {
      const {features} = injectFakes(real, {kind, strength, seed});
      expect(features.request_rate!.every(Number.isInteger)).toBe(true);
      expect(features.request_rate!.some((value) => Object.is(value, -0))).toBe(false);
    }),
    {numRuns: 15}
  );
  expect(
    injectFakes(real, {kind: "fast scraper", strength: 0.5, seed: 1}).features.session_duration!.every(Number.isInteger)
  ).toBe(false);
});

test("injectFakes(features, injection) takes features that the simulation does not know from the real row", () => {
  const {features, moved, real} = injectFakes({...visits, hour: drawn(1000, (u) => u)}, {kind: "click fraud", seed: 1});
  const known = new Set(features.hour!.subarray(0, real));
  expect(moved).not.toContain("hour");
  expect(features.hour!.subarray(real).every((hour) => known.has(hour))).toBe(true);
});

test("injectFakes(features, {kind: “one value far out”}) moves one feature to the longer tail", () => {
  const {features, real, moved} = injectFakes(
    {...flows, constant: new Float64Array(500)},
    {kind: "one value far out", seed: 1}
  );
  expect([...moved].sort()).toEqual(["bytes", "packets"]);
  const least = flows.bytes!.slice().sort()[4]!;
  const plain = injectFakes(
    {...flows, constant: new Float64Array(500)},
    {kind: "one value far out", strength: 0, seed: 1}
  );
  for (let row = real; row < features.bytes!.length; ++row) {
    const bytesMoved = features.bytes![row] !== plain.features.bytes![row];
    const packetsMoved = features.packets![row] !== plain.features.packets![row];
    expect(bytesMoved && packetsMoved).toBe(false);
    if (bytesMoved) expect(features.bytes![row]).toBeLessThanOrEqual(least);
    if (packetsMoved) expect(features.packets![row]).toBe(8);
  }
});

test("injectFakes(features, {kind: “mixed values”}) only uses values that the feature has", () => {
  const {features, real} = injectFakes(flows, {kind: "mixed values", seed: 1});
  for (const name of ["bytes", "packets"]) {
    const known = new Set(flows[name]);
    expect(features[name]!.subarray(real).every((value) => known.has(value))).toBe(true);
  }
  const rows = new Set(rowsFrom(flows, 0));
  expect(rowsFrom(features, real).filter((row) => !rows.has(row)).length).toBeGreaterThan(15);
});

test("injectedCount(real, share) is at least 20, and never more than a tenth", () => {
  expect(injectedCount(20_000, 0.01)).toBe(200);
  expect(injectedCount(318, 0.01)).toBe(20);
  expect(injectedCount(60, 0.01)).toBe(6);
  expect(injectedCount(10, 0.1)).toBe(1);
});

test("injectableKinds(features) are those that mean something for them", () => {
  const names = (features: NumberFeatures) => injectableKinds(features).map(({kind}) => kind);
  const generic = ["one value far out", "mixed values"];
  expect(names(visits)).toEqual([...fakes.map(({kind}) => kind), ...generic]);
  expect(names(flows)).toEqual(generic);
  expect(names({bytes: flows.bytes!})).toEqual(["one value far out"]);
  expect(names({bytes: new Float64Array(500)})).toEqual([]);
  expect(names({request_rate: new Float64Array(9)})).toEqual([]);
  expect(names({})).toEqual([]);
});

test("injectFakes(features, injection) throws on what cannot be", () => {
  const inject =
    (injection: object, features = flows) =>
    () =>
      injectFakes(features, {kind: "mixed values", seed: 1, ...injection});
  expect(inject({strength: 1.5})).toThrow("invalid strength: 1.5");
  expect(inject({strength: Number.NaN})).toThrow("invalid strength: NaN");
  expect(inject({share: 0})).toThrow("invalid share: 0");
  expect(inject({share: 0.2})).toThrow("invalid share: 0.2");
  expect(inject({seed: -1})).toThrow("invalid seed: -1");
  expect(inject({kind: "ghost"})).toThrow("unknown kind: ghost");
  expect(inject({kind: "click fraud"})).toThrow("expected features that can show click fraud, got: bytes, packets");
  expect(inject({}, {bytes: Float64Array.of(1)})).toThrow("expected 10 rows or more, got: 1");
  expect(inject({}, {})).toThrow("expected 10 rows or more, got: 0");
  expect(inject({}, {bytes: drawn(20, (u) => (u < 0.5 ? Number.NaN : u))})).toThrow(/invalid bytes at row \d+: NaN/);
});

test("a forest catches more injected scans, the stronger they are", () => {
  const recall = [0, 0.5, 1].map((strength) => {
    const {features, label} = injectFakes(visits, {kind: "vulnerability scan", strength, seed: 1});
    const score = scoreRows(growForest(features, {seed: 1}), features);
    return injectedRecall(label, score, chooseThreshold(score, {rule: "mad", deviations: 3})).recall;
  });
  expect(recall[0]).toBeLessThan(0.25);
  expect(recall[1]).toBeGreaterThan(recall[0]!);
  expect(recall[2]).toBeGreaterThan(0.85);
});

function drawn(rows: number, map: (u: number) => number): Float64Array {
  const random = randomSource(rows);
  return Float64Array.from({length: rows}, () => map(random()));
}

function rowsFrom(features: NumberFeatures, from: number): string[] {
  const columns = Object.values(features).map((column) => column.subarray(from));
  return Array.from(columns[0]!, (_, row) => columns.map((column) => column[row]).join());
}

function meanLog(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.log1p(value), 0) / values.length;
}
