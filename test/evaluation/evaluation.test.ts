import {expect, test} from "vitest";
import {bootstrap} from "../../lib/evaluation/bootstrap.js";
import {reportedLabels} from "../../lib/evaluation/choosingHalf.js";
import {confusionMetrics} from "../../lib/evaluation/confusionMetrics.js";
import {confusionStatistics} from "../../lib/evaluation/confusionStatistics.js";
import {countsAt} from "../../lib/evaluation/countsAt.js";
import {equalErrorRate} from "../../lib/evaluation/detectionErrorCurve.js";
import {type EvaluationOptions, evaluate} from "../../lib/evaluation/evaluation.js";
import {clopperPearson} from "../../lib/evaluation/interval.js";
import {pairedPermutationTest, permutationTest} from "../../lib/evaluation/permutationTest.js";
import {precisionRecallArea} from "../../lib/evaluation/precisionRecall.js";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {type ScoreLevels, scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {parseRule} from "../../lib/evaluation/threshold.js";
import {randomSource} from "../../lib/random.js";
import {goldens, paired} from "./goldens.js";

const {label, score} = goldens.find(([name]) => name === "ties")![1];
const rules = ["quantile:0.2", "youden", "cost:10:1"].map(parseRule);
const gaps = label.map((y, row) => (row % 7 === 0 ? NaN : y));
const unknown = gaps.filter(Number.isNaN).length;

test("evaluate(label, score, {points}) thins each curve evenly, keeps its ends and says so", () => {
  const distinct = score.map((s, row) => s + row * 1e-6);
  const whole = evaluate(label, distinct);
  for (const points of [2, 3, 10, 150]) {
    const thin = evaluate(label, distinct, {points});
    for (const curve of ["roc", "precision_recall", "gain"] as const) {
      const [all, {thinned_from, ...arrays}] = [whole[curve] as Record<string, unknown>, thin[curve]];
      expect(thinned_from, curve).toBe(whole[curve].threshold.length);
      for (const [name, values] of Object.entries(arrays) as [string, number[]][]) {
        const from = all[name] as number[];
        expect(values.length, name).toBe(points);
        expect([values[0], values.at(-1)], name).toEqual([from[0], from.at(-1)]);
      }
      const places = arrays.threshold.map((t) => whole[curve].threshold.indexOf(t));
      const step = (whole[curve].threshold.length - 1) / (points - 1);
      for (const [i, place] of places.entries()) expect(Math.abs(place - i * step)).toBeLessThanOrEqual(0.5);
    }
  }
  expect(whole.roc.thinned_from).toBe(undefined);
  expect(evaluate(label, distinct, {points: whole.roc.threshold.length}).roc).toEqual(whole.roc);
});

test("evaluate(label, score, {points, replicates}) rejects what is out of range", () => {
  for (const points of [1, 0, 2.5, NaN, Infinity]) {
    expect(() => evaluate(label, score, {points})).toThrow(new RangeError(`invalid points: ${points}`));
  }
  for (const replicates of [-1, 0.5, NaN]) {
    expect(() => evaluate(label, score, {replicates})).toThrow(new RangeError(`invalid replicates: ${replicates}`));
  }
});

test("evaluate(label, score, {rules}) counts what has no label apart from what has chosen", () => {
  const {confusion, rows} = evaluate(gaps, score, {rules});
  for (const {rule, chosen_by, tn, fp, fn, tp, ...entry} of confusion) {
    expect(entry.unknown, rule).toBe(unknown);
    expect(tn + fp + fn + tp + chosen_by + entry.unknown, rule).toBe(rows);
  }
  const [quantile, youden] = confusion;
  expect([quantile!.judged_on, quantile!.chosen_by]).toEqual(["all labelled rows", 0]);
  expect(youden!.judged_on).toBe("the half of the labelled rows that did not choose");
  expect(Math.abs(youden!.chosen_by - (rows - unknown) / 2)).toBeLessThanOrEqual(1);
});

test("evaluate(label, score, {client}) judges on clients that did not choose", () => {
  const client = label.map((_, row) => (row % 50 === 0 ? -1 : row % 40));
  const {confusion} = evaluate(gaps, score, {rules, client});
  expect(confusion.map(({judged_on}) => judged_on)).toEqual([
    "all labelled rows",
    "the labelled rows of the clients that did not choose",
    "the labelled rows of the clients that did not choose"
  ]);
  const judged = scoreLevels(reportedLabels(gaps, rules[1]!, client), score);
  const {threshold, tn, fp, fn, tp} = confusion[1]!;
  expect({tn, fp, fn, tp}).toEqual(countsAt(judged, threshold));
});

test("evaluate(label, score, {days}) gives no rate a day of less than one day", () => {
  const perDay = (days?: number) => {
    const options = {rules: [parseRule("quantile:0.2")], ...(days === undefined ? {} : {days})};
    const {flagged, flagged_per_day} = evaluate(label, score, options).confusion[0]!;
    return flagged_per_day / flagged;
  };
  expect([1, 4, 0.99, NaN].map(perDay)).toEqual([1, 0.25, NaN, NaN]);
  expect(perDay()).toBe(NaN);
});

test("evaluate(label, score, {rules}) has all metrics of the counts, and intervals of both rates", () => {
  for (const {tn, fp, fn, tp, overall, byClass, more, intervals_95} of evaluate(gaps, score, {rules}).confusion) {
    const counts = {tn, fp, fn, tp};
    for (const {key, caretName, value} of confusionMetrics) {
      const snake = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const given = caretName === undefined ? more[snake] : (overall[caretName] ?? byClass[caretName]);
      expect(given, key).toBe(value(counts));
    }
    expect(Object.keys({...overall, ...byClass, ...more}).length).toBe(confusionMetrics.length);
    expect(intervals_95.false_positive_rate).toEqual({estimate: fp / (fp + tn), ...clopperPearson(fp, fp + tn)});
    expect(intervals_95.specificity).toEqual({estimate: tn / (fp + tn), ...clopperPearson(tn, fp + tn)});
  }
});

test("evaluate(label, score, {replicates}) has the bootstraps and permutation tests that each gives alone", () => {
  const options = {replicates: 40, seed: 3};
  const {other} = paired;
  const result = evaluate(gaps, score, {rules, other, ...options});
  const levels = scoreLevels(gaps, score);
  expect(result.auc_bootstrap_95).toEqual(bootstrap(levels, auc, options));
  expect(result.pr_auc_bootstrap_95).toEqual(bootstrap(levels, precisionRecallArea, options));
  expect(result.auc_permutation_p_value).toBe(permutationTest(gaps, score, options).pValue);
  expect(result.paired!.permutation_p_value).toBe(pairedPermutationTest(gaps, score, other, options).pValue);
  for (const [i, {threshold, bootstrap: spreads}] of result.confusion.entries()) {
    const judged = scoreLevels(reportedLabels(gaps, rules[i]!), score);
    for (const key of ["precision", "recall", "f1", "kappa"] as const) {
      const statistic = (drawn: ScoreLevels) => confusionStatistics(countsAt(drawn, threshold))[key];
      expect(spreads![key], `${rules[i]!.rule} ${key}`).toEqual(bootstrap(judged, statistic, options));
    }
  }
  const without = evaluate(gaps, score, {rules, other});
  expect([
    without.auc_permutation_p_value,
    without.paired!.permutation_p_value,
    without.confusion[0]!.bootstrap
  ]).toEqual([undefined, undefined, undefined]);
});

test("evaluate(label, score) has the equal error rate", () => {
  expect(evaluate(label, score).equal_error_rate).toBe(equalErrorRate(scoreLevels(label, score)));
});

test("evaluate(label, score) answers without rows and without labels", () => {
  const none = evaluate([], []);
  expect([none.rows, none.auc, none.equal_error_rate, none.probability]).toEqual([0, NaN, NaN, null]);
  expect(none.warnings).toEqual(["No row is labelled, so that no ranking can be judged."]);
  const {confusion, warnings} = evaluate([NaN, NaN], [1, 2], {rules: [parseRule("fixed:1")]});
  expect(warnings).toEqual(none.warnings);
  expect([confusion[0]!.flagged, confusion[0]!.unknown, confusion[0]!.chosen_by]).toEqual([1, 2, 0]);
});

test("evaluate(label, score) shows no skill on noise, on average over seeds", () => {
  const {mean, error} = skillOnNoise((random) => ({
    label: Float64Array.from({length: 100}, () => (random() < 0.4 ? 1 : 0)),
    score: Float64Array.from({length: 100}, random)
  }));
  expect(Math.abs(mean)).toBeLessThan(4 * error);
});

test("evaluate(label, score, {client}) shows no skill on clients that are noise, which halves of rows would", () => {
  const {mean, error} = skillOnNoise(noisyClients);
  expect(Math.abs(mean)).toBeLessThan(4 * error);
  const leak = skillOnNoise((random) => ({...noisyClients(random), client: null}));
  expect(leak.mean).toBeGreaterThan(0.1);
});

/** 20 clients of 20 rows whose scores hardly differ, half of them fake. */
function noisyClients(random: () => number) {
  const client = Float64Array.from({length: 400}, (_, row) => Math.floor(row / 20));
  const base = Float64Array.from({length: 20}, random);
  return {client, label: client.map((code) => code % 2), score: client.map((code) => base[code]! + 1e-3 * random())};
}

/** The mean of Youden’s index that Youden’s rule reports on noise, and its standard error. */
function skillOnNoise(
  noise: (random: () => number) => {label: Float64Array; score: Float64Array; client?: EvaluationOptions["client"]}
) {
  const seeds = 150;
  const skill = Array.from({length: seeds}, (_, seed) => {
    const {label, score, client = null} = noise(randomSource(seed));
    const {confusion} = evaluate(label, score, {rules: [parseRule("youden")], client, points: 2});
    return confusion[0]!.more.informedness!;
  });
  const mean = skill.reduce((sum, s) => sum + s, 0) / seeds;
  const squares = skill.reduce((sum, s) => sum + (s - mean) ** 2, 0);
  return {mean, error: Math.sqrt(squares / (seeds - 1) / seeds)};
}
