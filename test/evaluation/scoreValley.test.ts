import {expect, test} from "vitest";
import {scoreModes, scoreValley, valleyOf} from "../../lib/evaluation/scoreValley.js";
import {randomSource} from "../../lib/random.js";

type Draw = (random: () => number) => number;

const normal: Draw = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const mixture =
  (share: number, mean: number, sd: number): Draw =>
  (random) =>
    random() < share ? mean + sd * normal(random) : normal(random);

test.each<[string, Draw]>([
  // Of 200 samples of 300, 2,000 and 20,000 rows each, none had one
  ["normal", normal],
  ["uniform", (random) => random()],
  ["exponential", (random) => -Math.log(1 - random())],
  ["lognormal", (random) => Math.exp(normal(random))],
  ["increasing", (random) => Math.sqrt(random())],
  ["spike and plateau", (random) => (random() < 0.3 ? random() / 50 : random())],
  ["rounded", (random) => Math.round(normal(random) * 4) / 4],
  ["rounded finely", (random) => Math.round(normal(random) * 60) / 60]
])("scoreValley(score) is seldom found where there is one mode: %s", (_, draw) => {
  for (const rows of [100, 1000]) {
    let found = 0;
    for (let seed = 0; seed < 20; ++seed) if (scoreValley(sample(rows, seed, draw)) !== null) ++found;
    expect(found).toBeLessThanOrEqual(1);
  }
});

test.each([
  {rows: 2000, share: 0.05, mean: 6, sd: 1, from: 2.5, to: 4.7},
  {rows: 2000, share: 0.03, mean: 5, sd: 0.3, from: 2.5, to: 4.6},
  {rows: 2000, share: 0.3, mean: 4, sd: 1, from: 1.8, to: 2.9},
  {rows: 20_000, share: 0.03, mean: 6, sd: 1, from: 3, to: 4.5},
  {rows: 20_000, share: 0.1, mean: 4, sd: 0.5, from: 2.3, to: 3.2}
])("scoreValley(score) parts $share of $rows rows at $mean ± $sd", ({rows, share, mean, sd, from, to}) => {
  let found = 0;
  for (let seed = 0; seed < 10; ++seed) {
    const valley = scoreValley(sample(rows, seed, mixture(share, mean, sd)));
    if (valley === null) continue;
    ++found;
    expect(valley.threshold).toBeGreaterThan(from);
    expect(valley.threshold).toBeLessThan(to);
    expect(valley.modes[0]).toBeLessThan(valley.threshold);
    expect(valley.modes[1]).toBeGreaterThan(valley.threshold);
    expect(valley.depth).toBeGreaterThan(0.2);
    expect(valley.depth).toBeLessThanOrEqual(1);
  }
  expect(found).toBeGreaterThanOrEqual(8);
});

test("scoreValley(score) lies midway where nothing lies between", () => {
  const random = randomSource(1);
  const score = Float64Array.from({length: 1000}, (_, i) => (i < 900 ? 0.1 * random() : 0.9 + 0.1 * random()));
  const {threshold, depth} = scoreValley(score)!;
  expect(threshold).toBeGreaterThan(0.35);
  expect(threshold).toBeLessThan(0.65);
  expect(depth).toBeCloseTo(1, 6);
});

test("scoreValley(score) sees rows of one and the same high score", () => {
  const score = sample(2000, 1, (random) => (random() < 0.04 ? 0.8 : 0.4 + 0.05 * normal(random)));
  const {threshold, modes} = scoreValley(score)!;
  expect(threshold).toBeGreaterThan(0.5);
  expect(threshold).toBeLessThan(0.8);
  expect(modes[1]).toBeCloseTo(0.8, 2);
});

test("scoreValley(score) does not depend on the scores’ order, place or unit", () => {
  const score = sample(2000, 2, mixture(0.1, 6, 1));
  const {threshold, depth} = scoreValley(score)!;
  expect(scoreValley(score.toReversed())).toEqual(scoreValley(score));
  const moved = scoreValley(score.map((s) => 1024 * s))!;
  expect(moved.threshold).toBe(1024 * threshold);
  expect(moved.depth).toBeCloseTo(depth, 9);
});

test("scoreModes(score) finds each mode with its share of rows", () => {
  const score = sample(5000, 3, (random) => {
    const part = random();
    return normal(random) + (part < 0.6 ? 0 : part < 0.9 ? 7 : 14);
  });
  const modes = scoreModes(score);
  expect(modes.map((mode) => Math.round(mode.score / 7))).toEqual([0, 1, 2]);
  expect(modes.map(({share}) => Math.round(share * 10))).toEqual([6, 3, 1]);
  expect(modes.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(1, 12);
  expect([modes[0]!.from, modes[2]!.to, modes[0]!.depth]).toEqual([-Infinity, Infinity, NaN]);
  expect(modes[0]!.to).toBe(modes[1]!.from);
});

test("scoreModes(score) is defined without scores, of few and of constant scores", () => {
  expect(scoreModes([])).toEqual([]);
  expect(scoreModes([NaN])).toEqual([]);
  const one = {score: 3, from: -Infinity, to: Infinity, share: 1, depth: NaN};
  expect(scoreModes([3])).toEqual([one]);
  expect(scoreModes([3, 3, 3, 3])).toEqual([one]);
  expect(scoreModes([1, 2, 5, 9]).length).toBe(1);
  expect(scoreValley([])).toBe(null);
  expect(scoreModes(Object.freeze([5, 1, 3])).length).toBe(1);
});

test("valleyOf(modes) passes over shallow valleys and those with most scores above", () => {
  const mode = (score: number, share: number, depth: number) => ({score, from: score - 1, to: score + 1, share, depth});
  expect(valleyOf([mode(0, 0.8, NaN), mode(4, 0.1, 0.9), mode(8, 0.1, 0.1)])).toEqual({
    threshold: 3,
    modes: [0, 4],
    depth: 0.9
  });
  expect(valleyOf([mode(0, 0.2, NaN), mode(4, 0.8, 0.9)])).toBe(null);
  expect(valleyOf([mode(0, 1, NaN)])).toBe(null);
  expect(valleyOf([])).toBe(null);
});

function sample(rows: number, seed: number, draw: Draw): Float64Array {
  const random = randomSource(seed, 1);
  return Float64Array.from({length: rows}, () => draw(random));
}
