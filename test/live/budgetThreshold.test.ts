import fc from "fast-check";
import {expect, test} from "vitest";
import {budgetThreshold, type Peak, typicalScores} from "../../lib/live/budgetThreshold.js";
import {Peaks} from "../../lib/live/peaks.js";
import {randomSource} from "../../lib/random.js";

test("budgetThreshold(peaks, alerts, null) raises as many alerts as are allowed, fewer where scores tie", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({min: 1, max: 50}), {minLength: 1, maxLength: 300}),
      fc.nat(20),
      (scores, alerts) => {
        const peaks = peaksOf(scores.map((score, i) => ({score: score / 50, subject: i, network: i})));
        const threshold = budgetThreshold(peaks, alerts, null);
        const flagged = peaks.score.filter((score) => score > threshold).length;
        const most = Math.min(alerts, scores.length / 20);
        expect(flagged).toBeLessThanOrEqual(most + 0.5);
        const next = peaks.score.filter((score) => score >= threshold).length;
        expect(next).toBeGreaterThan(most - 0.5);
      }
    )
  );
});

test("budgetThreshold(peaks, alerts, null) counts a session once, at its highest", () => {
  const rows = Array.from({length: 1000}, (_, i) => ({score: i / 1000, subject: i >> 2, network: i >> 2}));
  expect(budgetThreshold(peaksOf(rows), 5, null)).toBe(0.979);
});

test("budgetThreshold(peaks, alerts, pause) counts runs of a host’s flagged flows", () => {
  const rows = Array.from({length: 400}, (_, i) => ({
    score: i >= 390 ? 0.9 + i / 10_000 : i / 1000,
    subject: i >= 390 ? 1000 : i,
    network: i,
    clock: i >= 390 ? (i % 2) * 100 : 0
  }));
  // Ten flagged flows of one host within a pause are one alert, so that two are left for others.
  expect(budgetThreshold(peaksOf(rows), 3, 200)).toBeCloseTo(0.387, 10);
  // Those of its two times are one each where the pause is shorter.
  expect(budgetThreshold(peaksOf(rows), 3, 50)).toBeCloseTo(0.388, 10);
});

test("budgetThreshold(peaks, alerts, null) is not raised by a flood from one network", () => {
  const random = randomSource(1);
  const clean = Array.from({length: 2000}, (_, i) => ({score: random() / 2, subject: i, network: i % 100}));
  const flood = Array.from({length: 2000}, (_, i) => ({score: 0.9, subject: 5000 + i, network: 777}));
  const before = budgetThreshold(peaksOf(clean), 20, null);
  const during = budgetThreshold(peaksOf([...clean, ...flood]), 20, null);
  expect(during).toBeGreaterThanOrEqual(before);
  expect(during).toBeLessThan(before + 0.001);
});

test("typicalScores(peaks) has the distribution of what the peaks stand for", () => {
  const rows = Array.from({length: 1000}, (_, i) => ({
    score: i / 1000,
    subject: i,
    network: i,
    weight: i < 500 ? 3 : 1
  }));
  const scores = typicalScores(peaksOf(rows));
  expect(scores).toHaveLength(2000);
  expect(scores.filter((score) => score < 0.5)).toHaveLength(1500);
});

test("Peaks keeps the highest of all subjects, and an even sample of the others", () => {
  const random = randomSource(3);
  const peaks = new Peaks(["requests"], 512, 1);
  const subjects = 20_000;
  const best = new Float64Array(subjects).fill(-1);
  for (let i = 0; i < 3 * subjects; ++i) {
    const subject = Math.floor(random() * subjects);
    const score = random() ** 3;
    best[subject] = Math.max(best[subject]!, score);
    peaks.add({rows: 1, columns: {requests: Float64Array.of(score)}}, 0, {score, subject, network: subject, clock: i});
  }
  const saved = peaks.save();
  expect(saved.score.length).toBeLessThanOrEqual(512);
  for (const [i, subject] of saved.subject.entries()) expect(saved.score[i]).toBe(best[subject]);
  expect(saved.table.columns.requests).toEqual(saved.score);
  const highest = [...best].sort((a, b) => b - a).slice(0, 50);
  const kept = new Set(saved.score);
  for (const score of highest) expect(kept.has(score)).toBe(true);
  const seen = best.filter((score) => score >= 0).length;
  const weight = saved.weight.reduce((a, b) => a + b, 0);
  expect(weight / seen).toBeGreaterThan(0.8);
  expect(weight / seen).toBeLessThan(1.2);
  const again = new Peaks(["requests"], 512, 1);
  again.restore(saved);
  expect(again.save()).toEqual(saved);
});

interface Row {
  readonly score: number;
  readonly subject: number;
  readonly network: number;
  readonly clock?: number;
  readonly weight?: number;
}

function peaksOf(rows: readonly Row[]): Peak {
  return {
    score: Float64Array.from(rows, ({score}) => score),
    subject: Float64Array.from(rows, ({subject}) => subject),
    network: Float64Array.from(rows, ({network}) => network),
    clock: Float64Array.from(rows, ({clock = 0}) => clock),
    weight: Float64Array.from(rows, ({weight = 1}) => weight)
  };
}
