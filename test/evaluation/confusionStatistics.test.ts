import fc from "fast-check";
import {expect, test} from "vitest";
import type {ConfusionCounts} from "../../lib/evaluation/confusionMatrix.js";
import {
  allStatistics,
  caretNames,
  confusionStatistics,
  moreStatistics,
  type Statistics
} from "../../lib/evaluation/confusionStatistics.js";
import {goldens, tolerance} from "./goldens.js";

const keys = Object.keys(caretNames) as (keyof typeof caretNames)[];
const confusions = goldens.flatMap(([name, {expected}]) => expected.confusion.map((c) => ({name, ...c})));

test.each(confusions)("confusionStatistics(counts) equals caret: $name at $threshold", (confusion) => {
  const expected = {...confusion.overall, ...confusion.byClass};
  const actual = confusionStatistics(confusion);
  expect(Object.keys(expected).sort()).toEqual(Object.values(caretNames).sort());
  expect(Object.keys(actual).sort()).toEqual([...keys].sort());
  for (const key of keys) {
    const value = expected[caretNames[key]] ?? NaN;
    if (Number.isNaN(value)) expect(actual[key], key).toBeNaN();
    else expect(Math.abs(actual[key] - value), key).toBeLessThan(tolerance);
  }
});

test.each(confusions)("confusionStatistics(counts) keeps the digits of small p-values: $name at $threshold", (c) => {
  const actual = confusionStatistics(c);
  expectRelative(actual.accuracyPValue, c.overall.AccuracyPValue ?? NaN);
  expectRelative(actual.mcnemarPValue, c.overall.McnemarPValue ?? NaN);
});

test("confusionStatistics(counts) keeps the digits of a p-value near 0", () => {
  // R 4.2.2: binom.test(316, 318, p = 291/318, alternative = "greater")$p.value
  expectRelative(confusionStatistics({tp: 25, fp: 0, fn: 2, tn: 291}).accuracyPValue, 2.58851756550967e-10);
});

test("confusionStatistics(counts) without labelled rows is NaN throughout", () => {
  for (const value of Object.values(confusionStatistics({tp: 0, fp: 0, fn: 0, tn: 0}))) expect(value).toBeNaN();
});

test("confusionStatistics(counts) of one class has no predictive values", () => {
  const genuine = confusionStatistics({tp: 0, fp: 1, fn: 0, tn: 3});
  expect(genuine).toMatchObject({accuracy: 0.75, noInformationRate: 1, accuracyPValue: 1, specificity: 0.75});
  expect(genuine).toMatchObject({sensitivity: NaN, positivePredictiveValue: NaN, negativePredictiveValue: NaN});
  expect(genuine).toMatchObject({
    precision: 0,
    recall: NaN,
    f1: NaN,
    balancedAccuracy: NaN,
    kappa: 0,
    mcnemarPValue: 1
  });
  const fake = confusionStatistics({tp: 3, fp: 0, fn: 1, tn: 0});
  expect(fake).toMatchObject({
    sensitivity: 0.75,
    specificity: NaN,
    positivePredictiveValue: NaN,
    precision: 1,
    prevalence: 1
  });
});

test("confusionStatistics(counts) of one row", () => {
  const one = confusionStatistics({tp: 1, fp: 0, fn: 0, tn: 0});
  expect(one).toMatchObject({accuracy: 1, accuracyUpper: 1, kappa: NaN, mcnemarPValue: NaN, f1: 1, accuracyPValue: 1});
  expect(one.accuracyLower).toBeCloseTo(0.025, 12);
});

/** R 4.2.2 with the functions of tidymodels/yardstick at fa91f90, to 15 digits. */
const yardsticks: [name: string, counts: ConfusionCounts, expected: Partial<ReturnType<typeof moreStatistics>>][] = [
  [
    "two_class_example",
    {tp: 227, fp: 50, fn: 31, tn: 192},
    {
      fHalf: 0.830893118594436,
      f2: 0.86707410236822,
      matthewsCorrelation: 0.676847560349213,
      informedness: 0.673233390992376,
      markedness: 0.680481131922747,
      falsePositiveRate: 0.206611570247934,
      missRate: 0.12015503875969,
      rocDistance: 0.23900956947298,
      extremalDependence: 0.822726573756699
    }
  ],
  [
    "pathology, of Altman and Bland 1994",
    {tp: 231, fp: 32, fn: 27, tn: 54},
    {
      fHalf: 0.881679389312977,
      f2: 0.891891891891892,
      matthewsCorrelation: 0.534014140881678,
      informedness: 0.523255813953488,
      markedness: 0.544993662864385,
      falsePositiveRate: 0.372093023255814,
      missRate: 0.104651162790698,
      rocDistance: 0.386529538106853,
      extremalDependence: 0.698608325665768
    }
  ],
  [
    "the notebook at 0.6",
    {tp: 17, fp: 2, fn: 10, tn: 289},
    {
      fHalf: 0.825242718446602,
      f2: 0.669291338582677,
      matthewsCorrelation: 0.732376574270928,
      informedness: 0.622756777395953,
      markedness: 0.861292026051752,
      falsePositiveRate: 0.00687285223367698,
      missRate: 0.37037037037037,
      rocDistance: 0.370434133613671,
      extremalDependence: 0.854253020860552
    }
  ],
  [
    "nothing flagged",
    {tp: 0, fp: 0, fn: 27, tn: 291},
    {
      fHalf: NaN,
      f2: NaN,
      matthewsCorrelation: NaN,
      informedness: 0,
      markedness: NaN,
      falsePositiveRate: 0,
      missRate: 1,
      rocDistance: 1,
      extremalDependence: 0
    }
  ],
  [
    "everything flagged",
    {tp: 27, fp: 291, fn: 0, tn: 0},
    {
      fHalf: 0.103926096997691,
      f2: 0.316901408450704,
      matthewsCorrelation: NaN,
      informedness: 0,
      markedness: NaN,
      falsePositiveRate: 1,
      missRate: 0,
      rocDistance: 1,
      extremalDependence: 0
    }
  ],
  [
    "no fake caught",
    {tp: 0, fp: 2, fn: 27, tn: 289},
    {
      fHalf: 0,
      f2: 0,
      matthewsCorrelation: -0.0242329811289583,
      informedness: -0.00687285223367695,
      markedness: -0.0854430379746836,
      falsePositiveRate: 0.00687285223367698,
      missRate: 1,
      rocDistance: 1.00002361777001,
      extremalDependence: -0.612593503044628
    }
  ],
  [
    "fake rows alone",
    {tp: 3, fp: 0, fn: 1, tn: 0},
    {
      fHalf: 0.9375,
      f2: 0.789473684210526,
      matthewsCorrelation: NaN,
      informedness: NaN,
      markedness: 0,
      falsePositiveRate: NaN,
      missRate: 0.25,
      rocDistance: NaN,
      extremalDependence: NaN
    }
  ]
];

test.each(yardsticks)("moreStatistics(counts) equals yardstick: %s", (_, counts, expected) => {
  const actual = moreStatistics(counts);
  for (const [key, value] of Object.entries(expected)) {
    if (Number.isNaN(value)) expect(actual[key as keyof typeof actual], key).toBeNaN();
    else expect(Math.abs(actual[key as keyof typeof actual] - value), key).toBeLessThan(tolerance);
  }
});

test("moreStatistics(counts) of the notebook at 0.6, by hand", () => {
  const actual = moreStatistics({tp: 17, fp: 2, fn: 10, tn: 289});
  expect(actual.positiveLikelihoodRatio).toBeCloseTo(17 / 27 / (2 / 291), 12);
  expect(actual.negativeLikelihoodRatio).toBeCloseTo(10 / 27 / (289 / 291), 12);
  expect(actual.diagnosticOddsRatio).toBe((17 * 289) / (2 * 10));
  expect(actual.falseDiscoveryRate).toBe(2 / 19);
  expect(actual.falseOmissionRate).toBe(10 / 299);
  expect(actual.fowlkesMallows).toBeCloseTo(Math.sqrt((17 / 19) * (17 / 27)), 14);
  expect(actual.threatScore).toBe(17 / 29);
  expect(actual.geometricMean).toBeCloseTo(Math.sqrt((17 / 27) * (289 / 291)), 14);
});

test("moreStatistics(counts) is Infinity where an error is absent, NaN where there is nothing to compare", () => {
  const noFalseAlarm = moreStatistics({tp: 3, fp: 0, fn: 1, tn: 9});
  expect(noFalseAlarm).toMatchObject({positiveLikelihoodRatio: Infinity, diagnosticOddsRatio: Infinity});
  const noneSpared = moreStatistics({tp: 3, fp: 9, fn: 1, tn: 0});
  expect(noneSpared).toMatchObject({negativeLikelihoodRatio: Infinity, diagnosticOddsRatio: 0});
  const noneFlagged = moreStatistics({tp: 0, fp: 0, fn: 1, tn: 9});
  expect(noneFlagged).toMatchObject({positiveLikelihoodRatio: NaN, diagnosticOddsRatio: NaN, f2: NaN});
  for (const value of Object.values(moreStatistics({tp: 0, fp: 0, fn: 0, tn: 0}))) expect(value).toBeNaN();
});

test("moreStatistics(counts) of a perfect table of 2e9 rows is exact", () => {
  const perfect = moreStatistics({tp: 1e9 - 1, fp: 0, fn: 0, tn: 1e9 + 7});
  expect(perfect).toMatchObject({matthewsCorrelation: 1, informedness: 1, markedness: 1, f2: 1, rocDistance: 0});
  // (1e9 × 1e9 − 1) / (1e9 + 1)², whose products are beyond 2⁵³
  const nearly = moreStatistics({tp: 1e9, fp: 1, fn: 1, tn: 1e9});
  expect(Math.abs(nearly.matthewsCorrelation - (1e9 - 1) / (1e9 + 1))).toBeLessThan(1e-15);
});

test("allStatistics(counts) keeps what is symmetric when the classes are swapped", () => {
  const count = fc.integer({min: 0, max: 1000});
  const symmetric: (keyof Statistics)[] = [
    ...(["accuracy", "kappa", "matthewsCorrelation", "informedness", "markedness", "balancedAccuracy"] as const),
    ...(["geometricMean", "rocDistance", "extremalDependence", "diagnosticOddsRatio"] as const)
  ];
  fc.assert(
    fc.property(count, count, count, count, (tp, fp, fn, tn) => {
      const counts = allStatistics({tp, fp, fn, tn});
      const swapped = allStatistics({tp: tn, fp: fn, fn: fp, tn: tp});
      for (const key of symmetric) {
        if (Number.isNaN(counts[key]) || counts[key] === Infinity) expect(swapped[key], key).toBe(counts[key]);
        else expect(Math.abs(swapped[key] - counts[key]), key).toBeLessThan(tolerance);
      }
    })
  );
});

function expectRelative(actual: number, expected: number) {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(Math.abs(actual / expected - 1)).toBeLessThan(tolerance);
}
