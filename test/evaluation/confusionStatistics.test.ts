import {expect, test} from "vitest";
import {caretNames, confusionStatistics} from "../../lib/evaluation/confusionStatistics.js";
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

function expectRelative(actual: number, expected: number) {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(Math.abs(actual / expected - 1)).toBeLessThan(tolerance);
}
