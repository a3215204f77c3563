import fc from "fast-check";
import {expect, test} from "vitest";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {growForest} from "../../lib/forest/growForest.js";
import {type ForestOptions, type PresetName, presets} from "../../lib/forest/parameters.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {randomSource} from "../../lib/random.js";
import {notebook} from "../evaluation/goldens.js";
import {features, label} from "../notebookOnLand.js";
import {tables} from "./tables.js";

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

// isotree 0.6.1-5 in C++: 500 trees of all 318 rows, ndim 1, seeds 1000, 2000, …, 10000 (its consecutive seeds share
// trees) gives a mean AUC of 0.98409, with a standard deviation over seeds of 0.0014.
const isotreeAuc = 0.98409;
const atItsDepth = seeds.map((seed) => score(features, {preset: "isotree", seed, maxDepth: 9}));

test("scoreRows(forest, features) ranks the notebook’s rows as well as it did", {timeout: 30_000}, () => {
  const scores = seeds.map((seed) => score(features, {preset: "isotree", seed}));
  expect(Math.abs(mean(scores.map((s) => auc(scoreLevels(label, s)))) - 0.988)).toBeLessThan(0.003);
  expect(Math.max(...scores.map((s) => Math.max(...s)))).toBeLessThan(0.75);
});

test("scoreRows(forest, features) ranks the notebook’s rows as isotree does, given its depth limit", () => {
  expect(Math.abs(mean(atItsDepth.map((s) => auc(scoreLevels(label, s)))) - isotreeAuc)).toBeLessThan(0.0015);
});

test("scoreRows(forest, features) gives the notebook’s rows isotree’s scores, given its depth limit", () => {
  expect([...label]).toEqual(notebook.label);
  const difference = notebook.score.map((expected, row) => mean(atItsDepth.map((s) => s[row]!)) - expected);
  // One forest of isotree against the mean of ten: between two of Eddy’s, a score differs by up to 0.023, and the mean
  // score of a forest has a standard deviation of 0.0014.
  expect(Math.max(...difference.map(Math.abs))).toBeLessThan(0.02);
  expect(Math.abs(mean(difference))).toBeLessThan(0.004);
});

test("scoreRows(forest, features) of preset auto ranks the notebook’s rows better than any other", {
  timeout: 30_000
}, () => {
  const area = (preset: PresetName) =>
    mean(seeds.map((seed) => auc(scoreLevels(label, score(features, {preset, seed})))));
  const {auto, ...others} = Object.fromEntries(
    (Object.keys(presets) as PresetName[])
      .filter((preset) => preset !== "isotree")
      .map((preset) => [preset, area(preset)])
  );
  expect(auto).toBeGreaterThan(0.998);
  expect(Math.max(...Object.values(others))).toBeLessThan(auto!);
});

test("scoreRows(forest, features) keeps its bits: a change here changes every stored experiment", () => {
  const paper = score(features, {preset: "paper"});
  const auto = score(features, {preset: "auto"});
  expect([0, 100, 317].flatMap((row) => [paper[row], auto[row]])).toMatchInlineSnapshot(`
    [
      0.4434825709219515,
      0.5334935301893592,
      0.41431748650297356,
      0.5203089774716141,
      0.3864770365038104,
      0.49290507752657914,
    ]
  `);
});

test("scoreRows(forest, features) lies in (0, 1) at every magnitude", () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(0, 1, 5), (table, maxDepth) => {
      for (const s of score(table, {trees: 10, maxDepth})) expect(s > 0 && s < 1).toBe(true);
    })
  );
});

test("scoreRows(forest, features) moves with the rows", () => {
  fc.assert(
    fc.property(tables, fc.nat(), (table, seed) => {
      const forest = growForest(table, {trees: 10, seed});
      const rows = table.a!.length;
      const order = Array.from({length: rows}, (_, i) => i);
      const random = randomSource(seed);
      for (let i = rows - 1; i > 0; --i) {
        const k = Math.floor(random() * (i + 1));
        [order[i], order[k]] = [order[k]!, order[i]!];
      }
      const shuffled = mapColumns(table, (column) => Float64Array.from(order, (i) => column[i]!));
      const expected = scoreRows(forest, table);
      expect(scoreRows(forest, shuffled)).toEqual(Float64Array.from(order, (i) => expected[i]!));
    })
  );
});

test("scoreRows(forest, features) does not depend on how many rows are scored together", () => {
  const random = randomSource(5);
  const table = {x: Float64Array.from({length: 1100}, random), y: Float64Array.from({length: 1100}, random)};
  const forest = growForest(table, {trees: 20, sampleSize: 64});
  const together = scoreRows(forest, table);
  for (const row of [0, 511, 512, 1023, 1024, 1099]) {
    const alone = mapColumns(table, (column) => column.slice(row, row + 1));
    expect(scoreRows(forest, alone)[0]).toBe(together[row]);
  }
  expect(scoreRows(forest, {x: new Float64Array(0), y: new Float64Array(0)})).toHaveLength(0);
});

test("scoreRows(forest, features) is the same to the bit in units that differ by a power of two", () => {
  fc.assert(
    fc.property(moderateTables, fc.integer({min: -20, max: 20}), (table, exponent) => {
      const scaled = mapColumns(table, (column) => column.map((x) => x * 2 ** exponent));
      expect(score(scaled, {trees: 10})).toEqual(score(table, {trees: 10}));
    })
  );
});

test("scoreRows(forest, features) is the same in any unit: °C or °F", () => {
  const fahrenheit = mapColumns(features, (column) => column.map((x) => x * 1.8 + 32));
  const [a, b] = [score(features, {preset: "paper"}), score(fahrenheit, {preset: "paper"})];
  for (const [row, s] of a.entries()) expect(b[row]).toBeCloseTo(s, 12);
});

test("scoreRows(forest, features) gives equal rows equal scores, and a lone row a higher one than its crowd", () => {
  const crowd = {x: Float64Array.from({length: 100}, (_, i) => (i === 60 ? 9 : i % 3))};
  const s = score(crowd, {trees: 100});
  expect(s[1]).toBe(s[4]);
  expect(s.indexOf(Math.max(...s))).toBe(60);
  expect(s[60]! - s[61]!).toBeGreaterThan(0.2);
});

test("scoreRows(forest, features) sends rows on a threshold where they went when the tree grew", () => {
  // Nothing lies between 0 and the least positive number, so that the threshold is 0 itself.
  const s = score({x: Float64Array.of(0, 0, 0, Number.MIN_VALUE)}, {trees: 10});
  expect(s[3]).toBeGreaterThan(s[0]!);
});

test("scoreRows(forest, features) is exactly 0.5 where there was nothing to split", () => {
  for (const rows of [1, 2, 3, 100, 318]) {
    for (const trees of [1, 3, 100, 500]) {
      const constant = {x: new Float64Array(rows).fill(3), y: new Float64Array(rows)};
      expect(score(constant, {trees})).toEqual(new Float64Array(rows).fill(0.5));
    }
  }
  expect(score({x: Float64Array.of(1, 2, 3)}, {sampleSize: 1})).toEqual(new Float64Array(3).fill(0.5));
});

test("scoreRows(forest, features) of two rows is 0.5: one split parts them", () => {
  expect(score({x: Float64Array.of(-1e308, 1e308)}, {})).toEqual(Float64Array.of(0.5, 0.5));
});

test("scoreRows(forest, features) finds columns by name and ignores others", () => {
  const forest = growForest(features, {trees: 10});
  const {request_rate, session_duration, unique_paths_visited} = features;
  const label = new Float64Array(318).fill(Number.NaN);
  const reordered = {label, unique_paths_visited, session_duration, request_rate} as Record<string, Float64Array>;
  expect(scoreRows(forest, reordered)).toEqual(scoreRows(forest, features));
});

test("scoreRows(forest, features) throws on a missing feature, also one that every object inherits", () => {
  const x = Float64Array.of(1, 2);
  expect(() => scoreRows(growForest({x}), {y: x})).toThrow("missing feature: x");
  expect(() => scoreRows(growForest({toString: x}), {y: x})).toThrow("missing feature: toString");
});

test("scoreRows(forest, features) throws on columns of other lengths and values that are not finite", () => {
  const forest = growForest({x: Float64Array.of(1, 2), y: Float64Array.of(1, 2)});
  const x = Float64Array.of(1, 2);
  expect(() => scoreRows(forest, {x, y: Float64Array.of(1)})).toThrow("expected 2 values in y, got: 1");
  expect(() => scoreRows(forest, {x, y: Float64Array.of(1, -1 / 0)})).toThrow("invalid y at row 1: -Infinity");
  const strict = growForest({x, y: x}, {missing: "fail"});
  expect(() => scoreRows(strict, {x, y: Float64Array.of(1, Number.NaN)})).toThrow("invalid y at row 1: NaN");
});

const moderateTables = fc
  .array(fc.array(fc.double({min: -1e6, max: 1e6, noNaN: true}), {minLength: 20, maxLength: 20}), {
    minLength: 1,
    maxLength: 3
  })
  .map((columns) =>
    Object.fromEntries(columns.map((column, j) => ["abc"[j]!, Float64Array.from(column, thousandths)]))
  );

// Whole thousandths leave room for units that are a million times smaller: no value becomes subnormal.
function thousandths(x: number): number {
  return Math.round(x * 1000) / 1000;
}

function score(table: Record<string, Float64Array>, options: ForestOptions): Float64Array {
  return scoreRows(growForest(table, {preset: "paper", ...options}), table);
}

function mapColumns(table: Record<string, Float64Array>, map: (column: Float64Array) => Float64Array) {
  return Object.fromEntries(Object.entries(table).map(([name, column]) => [name, map(column)]));
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b) / values.length;
}
