import fc from "fast-check";
import {expect, test} from "vitest";
import {bestThreshold, bestThresholds, type LabelRule} from "../../lib/evaluation/bestThreshold.js";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {goldens, tolerance} from "./goldens.js";

// R 4.2.2 by the definitions at each of pROC 1.18’s thresholds; coords(roc, "best") for the first two
const label = [1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0];
const score = [5, 1, 3, 3, 2, 4, 4, 2, 1, 5, 6, 0];

test.each(goldens)("bestThresholds(levels, criterion) equals pROC: %s", (_, {label, score, expected}) => {
  const levels = scoreLevels(label, score);
  expectPoints(bestThresholds(levels, "youden"), expected.best_youden);
  expectPoints(bestThresholds(levels, "top-left"), expected.best_closest_topleft);
});

test("bestThresholds(levels, criterion) equals pROC where scores tie", () => {
  expect(bestThresholds(scoreLevels(label, score), "youden")).toEqual([
    {threshold: 1.5, sensitivity: 1, specificity: 3 / 7, youden: 10 / 7}
  ]);
  expect(bestThresholds(scoreLevels(label, score), "top-left")).toEqual([
    {threshold: 2.5, sensitivity: 0.8, specificity: 4 / 7}
  ]);
});

test("bestThresholds(levels, criterion) are none without rows or with one class", () => {
  for (const labels of [[], [1, 1], [0, NaN]]) {
    const levels = scoreLevels(labels, [1, 2].slice(0, labels.length));
    expect([bestThresholds(levels, "youden"), bestThresholds(levels, "top-left")]).toEqual([[], []]);
  }
});

test("bestThreshold(levels, rule) finds what R finds", () => {
  expectBest({rule: "youden"}, 1.5);
  expectBest({rule: "top-left"}, 2.5);
  expectBest({rule: "f-beta", beta: 1}, 1.5);
  expectBest({rule: "f-beta", beta: 0.5}, 1.5);
  expectBest({rule: "f-beta", beta: 0.1}, 5.5);
  expectBest({rule: "mcc"}, 1.5);
  expectBest({rule: "cost", miss: 10, falseAlarm: 1}, 1.5);
  expectBest({rule: "cost", miss: 10, falseAlarm: 1, prevalence: 0.01}, 5.5);
  expectBest({rule: "recall", least: 0.8}, 2.5);
  expectBest({rule: "recall", least: 0.81}, 1.5);
  expectBest({rule: "precision", least: 0.57}, 2.5);
  expectBest({rule: "precision", least: 1}, 5.5);
});

test("bestThreshold(levels, rule) takes the highest of equally good thresholds", () => {
  // 1.5, 2.5, 3.5, 4.5 and 5.5 make four errors each
  expectBest({rule: "cost", miss: 1, falseAlarm: 1}, 5.5);
});

test("bestThreshold(levels, rule) may flag everything or nothing", () => {
  expectBest({rule: "cost", miss: 1e6, falseAlarm: 1}, 1.5);
  expectBest({rule: "cost", miss: 1, falseAlarm: 1e6}, 5.5);
  const inverted = scoreLevels([1, 1, 0, 0], [1, 2, 3, 4]);
  expect(bestThreshold(inverted, {rule: "cost", miss: 10, falseAlarm: 1})).toBe(-Infinity);
  expect(bestThreshold(inverted, {rule: "cost", miss: 1, falseAlarm: 10})).toBe(Infinity);
  expect(bestThreshold(inverted, {rule: "mcc"})).toBe(Infinity);
  expect(bestThreshold(inverted, {rule: "youden"})).toBe(Infinity);
  expect(bestThreshold(scoreLevels([0, 1], [4, 4]), {rule: "recall", least: 0.5})).toBe(-Infinity);
});

test("bestThreshold(levels, rule) is not beaten at any threshold", () => {
  const beta = fc.double({min: 0.1, max: 10, noNaN: true});
  const share = fc.double({min: 0.01, max: 1, noNaN: true});
  fc.assert(
    fc.property(bothClasses, beta, share, share, ({label, score}, beta, least, prevalence) => {
      const levels = scoreLevels(label, score);
      const errors = (threshold: number) => {
        const {tp, fp, fn, tn} = confusionMatrix(label, score, threshold);
        const f = ((1 + beta ** 2) * tp) / ((1 + beta ** 2) * tp + beta ** 2 * fn + fp);
        const mcc = (tp * tn - fp * fn) / Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
        const cost = (beta * prevalence * fn) / (tp + fn) + ((1 - prevalence) * fp) / (fp + tn);
        return {f, mcc: Number.isNaN(mcc) ? 0 : mcc, cost: -cost, alerts: tp + fp, recall: tp / (tp + fn)};
      };
      const all = [-Infinity, ...levels.level].map(errors);
      const at = (rule: LabelRule) => errors(bestThreshold(levels, rule));
      const most = (key: "f" | "mcc" | "cost") => Math.max(...all.map((e) => e[key])) - tolerance;
      expect(at({rule: "f-beta", beta}).f).toBeGreaterThanOrEqual(most("f"));
      expect(at({rule: "mcc"}).mcc).toBeGreaterThanOrEqual(most("mcc"));
      expect(at({rule: "cost", miss: beta, falseAlarm: 1, prevalence}).cost).toBeGreaterThanOrEqual(most("cost"));
      const {recall, alerts} = at({rule: "recall", least});
      expect(recall).toBeGreaterThanOrEqual(least);
      expect(alerts).toBe(Math.min(...all.filter((e) => e.recall >= least).map((e) => e.alerts)));
    })
  );
});

test("bestThreshold(levels, rule) refuses a missing class and a precision out of reach", () => {
  const reject = (label: number[], rule: LabelRule, message: string) =>
    expect(() =>
      bestThreshold(
        scoreLevels(
          label,
          label.map((_, i) => i)
        ),
        rule
      )
    ).toThrow(new RangeError(message));
  reject([1, 0, 0], {rule: "precision", least: 0.9}, "no threshold reaches a precision of 0.9");
  reject([1, 1], {rule: "youden"}, "labelled rows of both classes are needed by the rule: youden");
  reject([], {rule: "mcc"}, "labelled rows of both classes are needed by the rule: mcc");
});

function expectBest(rule: LabelRule, threshold: number) {
  expect(bestThreshold(scoreLevels(label, score), rule)).toBe(threshold);
}

interface Point {
  threshold: number | null;
  sensitivity: number;
  specificity: number;
  youden?: number;
}

function expectPoints(actual: Point[], expected: Point[]) {
  const keys = ["sensitivity", "specificity", "youden"] as const;
  expect(actual.length).toBe(expected.length);
  for (const [i, point] of expected.entries()) {
    for (const key of keys) expect(Math.abs((actual[i]![key] ?? 0) - (point[key] ?? 0))).toBeLessThan(tolerance);
    if (point.threshold === null) expect(Number.isFinite(actual[i]!.threshold)).toBe(false);
    else expect(Math.abs(actual[i]!.threshold! - point.threshold)).toBeLessThan(tolerance);
  }
}
