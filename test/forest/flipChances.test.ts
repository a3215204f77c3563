import {beforeAll, expect, test} from "vitest";
import {chooseThreshold} from "../../lib/evaluation/threshold.js";
import {flipChances} from "../../lib/forest/flipChances.js";
import type {Forest} from "../../lib/forest/forest.js";
import {growForest} from "../../lib/forest/growForest.js";
import type {PresetName} from "../../lib/forest/parameters.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {features} from "../notebookOnLand.js";

const seeds = 40;
const rows = Uint32Array.from({length: 318}, (_, row) => row);
let forests: Forest[];
let scores: Float64Array[];

beforeAll(() => {
  forests = grown("paper");
  scores = forests.map((forest) => scoreRows(forest, features));
});

test("flipChances(forest, features, rows, threshold) is how often other seeds decide otherwise", () => {
  const {expected, observed} = flips(forests, scores, rows, 3);
  // 5.39 rows of 318 expected to flip, 5.69 flip
  expect(expected / observed).toBeGreaterThan(0.85);
  expect(expected / observed).toBeLessThan(1.15);
});

test("flipChances(forest, features, rows, threshold) is calibrated at every height", () => {
  const bounds = [0.02, 0.1, 0.2, 0.3, 0.4, 0.5];
  const chance = new Float64Array(bounds.length);
  const flipped = new Float64Array(bounds.length);
  const count = new Float64Array(bounds.length);
  forEachRow(forests, scores, rows, 3, (expected, observed) => {
    const bin = bounds.findIndex((bound) => expected <= bound);
    chance[bin]! += expected;
    flipped[bin]! += observed;
    ++count[bin]!;
  });
  for (let bin = 0; bin < bounds.length; ++bin) {
    expect(Math.abs(chance[bin]! - flipped[bin]!) / count[bin]!).toBeLessThan(0.05);
  }
});

test("flipChances(forest, features, rows, threshold) holds for guided forests, whose trees differ by fewer values", () => {
  const guided = grown("auto", 12);
  const {expected, observed} = flips(
    guided,
    guided.map((forest) => scoreRows(forest, features)),
    rows,
    3
  );
  // 1.59 expected, 1.62 flip
  expect(expected / observed).toBeGreaterThan(0.8);
  expect(expected / observed).toBeLessThan(1.4);
});

test("flipChances(forest, features, rows, threshold) is too low where the rule follows the scores of each seed", () => {
  let expected = 0;
  let observed = 0;
  const thresholds = scores.map((score) => chooseThreshold(score, {rule: "mad", deviations: 3}));
  for (const [a, forest] of forests.entries()) {
    const chances = flipChances(forest, features, rows, thresholds[a]!);
    for (const row of rows) {
      expected += chances[row]!;
      const own = scores[a]![row]! > thresholds[a]!;
      observed += scores.filter((score, b) => score[row]! > thresholds[b]! !== own).length / (seeds - 1);
    }
  }
  // 7.47 rows flip, as three deviations of a median that moves are a threshold that moves
  expect(observed / expected).toBeGreaterThan(1.2);
  expect(observed / expected).toBeLessThan(1.6);
});

test("flipChances(forest, features, rows, threshold) follows the rows that it is given", () => {
  const [forest] = forests as [Forest];
  const all = flipChances(forest, features, rows, 0.56);
  expect([...flipChances(forest, features, [7, 300, 7], 0.56)]).toEqual([all[7], all[300], all[7]]);
  expect(flipChances(forest, features, [], 0.56)).toHaveLength(0);
});

test("flipChances(forest, features, rows, threshold) is 0 where every score, or none, exceeds the threshold", () => {
  const [forest] = forests as [Forest];
  for (const threshold of [-Infinity, -1, 0, 1, 2, Infinity]) {
    expect([...flipChances(forest, features, [0, 317], threshold)]).toEqual([0, 0]);
  }
  expect(() => flipChances(forest, features, [0], NaN)).toThrow("invalid threshold: NaN");
});

test("flipChances(forest, features, rows, threshold) is unknown for one tree", () => {
  const one = growForest(features, {preset: "paper", trees: 1});
  expect(flipChances(one, features, [0], 0.56)[0]).toBeNaN();
});

function grown(preset: PresetName, count = seeds): Forest[] {
  return Array.from({length: count}, (_, i) => growForest(features, {preset, seed: i + 1}));
}

// Rows expected to flip and rows that do, on average over pairs of seeds, at the threshold of the first.
function flips(forests: readonly Forest[], scores: readonly Float64Array[], rows: Uint32Array, deviations: number) {
  let expected = 0;
  let observed = 0;
  forEachRow(forests, scores, rows, deviations, (chance, share) => {
    expected += chance;
    observed += share;
  });
  return {expected: expected / forests.length, observed: observed / forests.length};
}

function forEachRow(
  forests: readonly Forest[],
  scores: readonly Float64Array[],
  rows: Uint32Array,
  deviations: number,
  tell: (expected: number, observed: number) => void
): void {
  for (const [a, forest] of forests.entries()) {
    const threshold = chooseThreshold(scores[a]!, {rule: "mad", deviations});
    const chances = flipChances(forest, features, rows, threshold);
    for (const row of rows) {
      const own = scores[a]![row]! > threshold;
      const others = scores.filter((score) => score[row]! > threshold !== own).length;
      tell(chances[row]!, others / (forests.length - 1));
    }
  }
}
