import {expect, test} from "vitest";
import {bootstrap, bootstrapAll} from "../../lib/evaluation/bootstrap.js";
import {type ConfusionStatistics, confusionStatistics} from "../../lib/evaluation/confusionStatistics.js";
import {countsAt} from "../../lib/evaluation/countsAt.js";
import {precisionRecallArea} from "../../lib/evaluation/precisionRecall.js";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {type ScoreLevels, scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {randomSource} from "../../lib/random.js";
import {goldens} from "./goldens.js";
import {monteCarloOptions} from "./monteCarlo.js";

// R 4.2.2, pROC 1.18: set.seed(1); ci.auc(r, method = "bootstrap", boot.n = 20000), 5000 for rare
const areas: [string, number, [number, number]][] = [
  ["notebook", 20_000, [0.9772177676, 0.9960544737]],
  ["ties", 20_000, [0.7676306443, 0.8906646372]],
  ["small", 20_000, [0.5, 1]],
  ["inverted", 20_000, [0.1028060743, 0.2356159215]],
  ["rare", 5000, [0.9406870352, 0.9775760804]]
];

test.each(areas)("bootstrap(levels, auc) equals pROC but for Monte Carlo error: %s", (name, replicates, expected) => {
  expectInterval(levelsOf(name), auc, replicates, expected);
});

// R 4.2.2, boot 1.3-28.1: set.seed(3); boot(…, R = 5000, strata = label) of the integral by midpoints
const precisionRecallAreas: [string, [number, number]][] = [
  ["notebook", [0.7783649735, 0.9587385916]],
  ["ties", [0.5469423784, 0.7762144075]],
  ["small", [0.3187115085, 1]],
  ["inverted", [0.22959080325, 0.2569216219]]
];

test.each(precisionRecallAreas)(
  "bootstrap(levels, precisionRecallArea) equals R’s boot but for Monte Carlo error: %s",
  (name, expected) => expectInterval(levelsOf(name), precisionRecallArea, 5000, expected)
);

// R 4.2.2, pROC 1.18: set.seed(4); ci.coords(r, x = 1.65, input = "threshold", boot.n = 20000)
const atThreshold: [keyof ConfusionStatistics, [number, number]][] = [
  ["precision", [0.6111111, 0.9047619]],
  ["accuracy", [0.76, 0.85]],
  ["negativePredictiveValue", [0.7802198, 0.8488372]]
];

test.each(atThreshold)(
  "bootstrap(levels, statistic) at a threshold equals pROC but for Monte Carlo error: %s",
  (key, expected) => {
    const statistic = (levels: ScoreLevels) => confusionStatistics(countsAt(levels, 1.65))[key];
    expectInterval(levelsOf("ties"), statistic, 20_000, expected);
  }
);

test("bootstrap(levels, auc) has pROC’s standard error but for Monte Carlo error", () => {
  // R 4.2.2, pROC 1.18: set.seed(5); sqrt(var(r, method = "bootstrap", boot.n = 20000)) of ties
  const expected = 0.03217481601;
  const replicates = 5000;
  // of a standard deviation of normal values: itself / √(2 replicates)
  const error = expected * Math.sqrt(1 / (2 * replicates) + 1 / 40_000);
  const {standardError} = bootstrap(levelsOf("ties"), auc, {replicates});
  expect(Math.abs(standardError - expected)).toBeLessThan(4 * error);
});

test("bootstrap(levels, statistic) of a share has a binomial count’s quantiles and standard deviation", () => {
  // R 4.2.2: qbinom(c(0.025, 0.975), 20, 0.7) / 20; the distribution steps over 0.025 and 0.975 by 0.008 and more there
  const label = new Float64Array(20).fill(1);
  const score = label.map((_, i) => i);
  const sensitivity = (levels: ScoreLevels) => confusionStatistics(countsAt(levels, 5.5)).sensitivity;
  const replicates = 8000;
  const {estimate, lower, upper, standardError} = bootstrap(scoreLevels(label, score), sensitivity, {replicates});
  expect([estimate, lower, upper]).toEqual([0.7, 0.5, 0.9]);
  const expected = Math.sqrt((0.7 * 0.3) / 20);
  expect(Math.abs(standardError - expected)).toBeLessThan((4 * expected) / Math.sqrt(2 * replicates));
});

test("bootstrap(levels, statistic) covers the truth about as often as it says", () => {
  const random = randomSource(11);
  const sets = 300;
  const truth = 0.6;
  const label = new Float64Array(80).fill(1);
  const sensitivity = ({level, fake, positives}: ScoreLevels) => (level.at(-1) === 1 ? fake.at(-1)! / positives : 0);
  let covered = 0;
  for (let set = 0; set < sets; ++set) {
    const levels = scoreLevels(
      label,
      label.map(() => (random() < truth ? 1 : 0))
    );
    const {lower, upper} = bootstrap(levels, sensitivity, {replicates: 300, seed: set, confidence: 0.9});
    if (lower <= truth && truth <= upper) ++covered;
  }
  // 4 standard errors of the share, and 0.02 as shares of 80 rows are steps and percentiles a little narrow
  expect(Math.abs(covered / sets - 0.9)).toBeLessThan(4 * Math.sqrt((0.9 * 0.1) / sets) + 0.02);
});

test("bootstrap(levels, statistic, {seed}) depends on the seed alone, and more replicates begin with the same", () => {
  const levels = levelsOf("ties");
  const run = (options: {seed?: number; replicates?: number}) => {
    const values: number[] = [];
    const collect = (drawn: ScoreLevels) => {
      values.push(auc(drawn));
      return values.at(-1)!;
    };
    return {answer: bootstrap(levels, collect, options), values: values.slice(0, 50)};
  };
  expect(run({replicates: 50})).toEqual(run({replicates: 50, seed: 1}));
  expect(run({replicates: 60}).values).toEqual(run({replicates: 50}).values);
  expect(run({replicates: 50, seed: 2}).answer.lower).not.toBe(run({replicates: 50}).answer.lower);
});

test("bootstrapAll(entries) gives what bootstrap gives of each statistic, and draws once for the same levels", () => {
  const options = {replicates: 30, seed: 4, confidence: 0.8};
  const [ties, small] = [levelsOf("ties"), levelsOf("small")];
  const seen: ScoreLevels[] = [];
  const areas = (drawn: ScoreLevels) => {
    seen.push(drawn);
    return {auc: auc(drawn), precisionRecallArea: precisionRecallArea(drawn)};
  };
  const answers = bootstrapAll(
    [
      {levels: ties, statistics: areas},
      {levels: small, statistics: (drawn) => ({auc: auc(drawn)})},
      {levels: ties, statistics: areas}
    ],
    options
  );
  const alone = {
    auc: bootstrap(ties, auc, options),
    precisionRecallArea: bootstrap(ties, precisionRecallArea, options)
  };
  expect(answers).toEqual([alone, {auc: bootstrap(small, auc, options)}, alone]);
  // two entries, the rows themselves and 30 replicates, each of which both see
  expect([seen.length, new Set(seen).size]).toEqual([2 * 31, 31]);
  expect(bootstrapAll([], options)).toEqual([]);
});

test("bootstrap(levels, statistic) leaves undefined replicates out and counts them", () => {
  const precision = (levels: ScoreLevels) => confusionStatistics(countsAt(levels, 4)).precision;
  const {undefinedReplicates, ...rest} = bootstrap(scoreLevels([1, 1, 0, 0], [1, 5, 0, 2]), precision);
  expect(rest).toEqual({estimate: 1, lower: 1, upper: 1, standardError: 0});
  // neither of the two draws is the flagged row: 1 in 4
  expect(Math.abs(undefinedReplicates - 500)).toBeLessThan(4 * Math.sqrt((2000 / 4) * (3 / 4)));
});

test("bootstrap(levels, auc) is undefined without rows or with one class", () => {
  const nothing = {estimate: NaN, lower: NaN, upper: NaN, standardError: NaN, undefinedReplicates: 10};
  for (const label of [[], [1, 1], [0, 0], [NaN, 1]]) {
    expect(
      bootstrap(
        scoreLevels(
          label,
          label.map((_, i) => i)
        ),
        auc,
        {replicates: 10}
      )
    ).toEqual(nothing);
  }
});

test("bootstrap(levels, auc) of constant scores is one half, of classes that scores part 1", () => {
  const point = (estimate: number) => {
    return {estimate, lower: estimate, upper: estimate, standardError: 0, undefinedReplicates: 0};
  };
  expect(bootstrap(scoreLevels([0, 1, 1], [4, 4, 4]), auc, {replicates: 50})).toEqual(point(0.5));
  expect(bootstrap(levelsOf("perfect"), auc, {replicates: 50})).toEqual(point(1));
  expect(bootstrap(levelsOf("perfect"), precisionRecallArea, {replicates: 50})).toEqual(point(1));
});

test("bootstrap(levels, statistic) of one replicate has no standard error", () => {
  const {lower, upper, standardError} = bootstrap(levelsOf("small"), auc, {replicates: 1});
  expect(lower).toBe(upper);
  expect(standardError).toBe(NaN);
});

test("bootstrap(levels, statistic, options) rejects what is out of range", () => {
  const levels = levelsOf("small");
  expect(() => bootstrap(levels, auc, {replicates: 0})).toThrow(new RangeError("invalid replicates: 0"));
  expect(() => bootstrap(levels, auc, {replicates: 2.5})).toThrow(new RangeError("invalid replicates: 2.5"));
  expect(() => bootstrap(levels, auc, {confidence: 1})).toThrow(new RangeError("invalid confidence: 1"));
  expect(() => bootstrap(levels, auc, {seed: -1})).toThrow(new RangeError("invalid seed: -1"));
});

function levelsOf(name: string): ScoreLevels {
  const {label, score} = goldens.find(([golden]) => golden === name)![1];
  return scoreLevels(label, score);
}

function expectInterval(
  levels: ScoreLevels,
  statistic: (levels: ScoreLevels) => number,
  theirs: number,
  [lower, upper]: [number, number]
) {
  const {wide, narrow} = monteCarloOptions(2000, theirs);
  const outer = bootstrap(levels, statistic, wide);
  const inner = bootstrap(levels, statistic, narrow);
  // R’s values are printed to 7 digits or more
  const printed = 1e-7;
  expect(lower).toBeGreaterThanOrEqual(outer.lower - printed);
  expect(lower).toBeLessThanOrEqual(inner.lower + printed);
  expect(upper).toBeGreaterThanOrEqual(inner.upper - printed);
  expect(upper).toBeLessThanOrEqual(outer.upper + printed);
}
