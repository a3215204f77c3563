import {expect, test} from "vitest";
import {driftOf, driftReference} from "../../lib/live/drift.js";
import {networkOf} from "../../lib/live/networkOf.js";
import {profileOf} from "../../lib/live/profile.js";
import {TrainingWindow} from "../../lib/live/trainingWindow.js";
import {randomSource} from "../../lib/random.js";
import {isNumbers, type Table} from "../../lib/traffic/table.js";
import {hour, start} from "./liveTraffic.js";

const columns = ["requests"];

test("TrainingWindow keeps an even sample of each bucket in bounded memory, and says how many each row stands for", () => {
  const window = new TrainingWindow(columns, 24 * hour, 100, 1);
  const [many, few] = [20_000, 500];
  for (let i = 0; i < many; ++i) window.teach(table(i), 0, i, start + (i / many) * 0.9 * hour);
  for (let i = 0; i < few; ++i) window.teach(table(many + i), 0, i, start + 1.1 * hour + i);
  const {rows, weight} = window.sample();
  expect(rows.rows).toBe(1024 + few);
  expect(window.rows).toBe(many + few);
  expect(weight[0]).toBeCloseTo(many / 1024, 10);
  expect(weight.at(-1)).toBe(1);
  const tenths = new Uint32Array(10);
  for (const x of numbersOf(rows).subarray(0, 1024)) ++tenths[Math.floor((10 * x) / many)]!;
  // χ² of 9 degrees of freedom passes 27.9 once in a thousand.
  const expected = 102.4;
  expect(tenths.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(27.9);
});

test("TrainingWindow forgets what is older than itself, but never has fewer rows than a model needs", () => {
  const busy = new TrainingWindow(columns, 24 * hour, 100, 1);
  for (let i = 0; i < 60 * 100; ++i) busy.teach(table(i), 0, i, start + i * 0.01 * hour);
  expect(busy.rows).toBeGreaterThanOrEqual(24 * 100);
  expect(busy.rows).toBeLessThanOrEqual(26 * 100);
  const quiet = new TrainingWindow(columns, 24 * hour, 100, 1);
  for (let i = 0; i < 500; ++i) quiet.teach(table(i), 0, i, start + i * hour);
  expect(quiet.rows).toBeGreaterThanOrEqual(100);
  expect(quiet.rows).toBeLessThan(130);
  expect(numbersOf(quiet.sample().rows).at(-1)).toBe(499);
});

test("TrainingWindow takes no more than its share from one network", () => {
  const window = new TrainingWindow(columns, 24 * hour, 100, 1);
  const random = randomSource(1);
  for (let i = 0; i < 20_000; ++i) {
    const network = networkOf(random() < 0.8 ? `203.0.114.${i % 250}` : `81.${i % 200}.${i % 7}.1`);
    window.teach(table(network === networkOf("203.0.114.1") ? 1 : 0), 0, network, start + i);
  }
  const {rows} = window.sample();
  expect(numbersOf(rows).reduce((sum, x) => sum + x, 0) / rows.rows).toBeLessThan(0.08);
  expect(window.leftOut()).toEqual([{reason: "too much of one network", count: 20_000 - window.rows}]);
});

test("TrainingWindow keeps peaks of all hosts where nothing scores yet, also when one of them makes nine flows of ten", () => {
  for (let host = 0; host < 40; ++host) {
    const window = new TrainingWindow(columns, 24 * hour, 100, 1);
    for (let i = 0; i < 10_000; ++i) {
      const subject = i % 10 === 0 ? 1000 + (i % 300) : host;
      window.peak(table(i), 0, {score: null, subject, network: subject, clock: start + i});
    }
    const {subject, score} = window.peaks();
    expect(new Set(subject).size).toBe(31);
    expect(score.length).toBeLessThanOrEqual(8192);
  }
});

test("TrainingWindow.counts(reference) gives no drift for the same rows, and much for a feature that shifted", () => {
  const random = randomSource(2);
  const draw = (shift: number): Table => ({
    rows: 1000,
    columns: {
      requests: Float64Array.from({length: 1000}, () => Math.exp(2 * random()) + shift),
      path_depth: Float64Array.from({length: 1000}, () => (random() < 0.1 ? Number.NaN : Math.floor(4 * random())))
    }
  });
  const first = draw(0);
  const weight = new Float64Array(1000).fill(1);
  const features = ["log(requests)", "path_depth"];
  const reference = driftReference(first, weight, profileOf(first, weight, features));
  const drift = (rows: Table) => {
    const window = new TrainingWindow(["requests", "path_depth"], 24 * hour, 100, 1);
    for (let row = 0; row < rows.rows; ++row) window.count(reference, rows, row, start + row);
    return driftOf(reference, features, window.counts(reference));
  };
  expect(drift(first)).toMatchObject({level: "none"});
  expect(drift(first)!.index).toBeLessThan(1e-9);
  expect(drift(draw(0))).toMatchObject({level: "none"});
  const shifted = drift(draw(3))!;
  expect(shifted).toMatchObject({level: "strong", features: [{feature: "log(requests)"}, {feature: "path_depth"}]});
  expect(shifted.features[1]!.index).toBeLessThan(0.1);
  expect(drift({...first, rows: 499})).toBeNull();
});

test("networkOf(client) is that of the /24 or the /48 of public addresses, and of whatever else alone", () => {
  const isSame = (a: string | null, b: string | null) => networkOf(a) === networkOf(b);
  expect(isSame("81.2.69.1", "81.2.69.254")).toBe(true);
  expect(isSame("81.2.69.1", "81.2.70.1")).toBe(false);
  expect(isSame("81.2.69.1", "::ffff:81.2.69.7")).toBe(true);
  expect(isSame("2a02:6b8:1::1", "2a02:6b8:1:ffff::2")).toBe(true);
  expect(isSame("2a02:6b8:1::1", "2a02:6b8:2::1")).toBe(false);
  expect(isSame("10.0.0.1", "10.0.0.2")).toBe(false);
  expect(isSame("host-a", "host-b")).toBe(false);
  expect(isSame(null, null)).toBe(true);
});

function table(requests: number): Table {
  return {rows: 1, columns: {requests: Float64Array.of(requests)}};
}

function numbersOf({columns}: Table): Float64Array {
  return isNumbers(columns.requests) ? columns.requests : new Float64Array();
}
