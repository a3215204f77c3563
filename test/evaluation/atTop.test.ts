import fc from "fast-check";
import {expect, test} from "vitest";
import {atTop} from "../../lib/evaluation/atTop.js";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {notebook, tolerance} from "./goldens.js";

test("atTop(levels, k) counts fakes among the k highest scores", () => {
  const levels = scoreLevels([0, 1, NaN, 0, 1, 1], [1, 2, 9, 3, 4, 5]);
  expect(atTop(levels, 1)).toEqual({k: 1, precision: 1, recall: 1 / 3, lift: 5 / 3, threshold: 4.5});
  expect(atTop(levels, 3)).toEqual({k: 3, precision: 2 / 3, recall: 2 / 3, lift: 10 / 9, threshold: 2.5});
  expect(atTop(levels, 5)).toEqual({k: 5, precision: 0.6, recall: 1, lift: 1, threshold: -Infinity});
});

test("atTop(levels, k) counts the notebook’s sessions", () => {
  const {label, score} = notebook;
  const highest = [...score.keys()].sort((i, j) => score[j]! - score[i]!);
  const levels = scoreLevels(label, score);
  for (const k of [1, 10, 27, 50]) {
    const fakes = highest.slice(0, k).filter((i) => label[i] === 1).length;
    expect(atTop(levels, k)).toMatchObject({precision: fakes / k, recall: fakes / 27});
  }
});

test("atTop(levels, k) is the mean over every order of rows that tie", () => {
  const label = [0, 1, 0, 1, 0, 1];
  const score = [1, 5, 5, 5, 5, 9];
  for (const [k, found] of [1, 1.5, 2, 2.5, 3, 3].entries()) {
    const {precision, recall, lift, threshold} = atTop(scoreLevels(label, score), k + 1);
    expect([precision, recall, lift]).toEqual([found / (k + 1), found / 3, (found * 6) / ((k + 1) * 3)]);
    expect(threshold).toBe([7, NaN, NaN, NaN, 3, -Infinity][k]);
  }
});

test("atTop(levels, k) agrees with confusionMatrix where a threshold flags k rows", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const levels = scoreLevels(label, score);
      const rows = levels.positives + levels.negatives;
      const cuts = new Set(score.filter((_, i) => !Number.isNaN(label[i]!)).map((s) => countAbove(label, score, s)));
      for (let k = 1; k <= rows; ++k) {
        const {precision, recall, lift, threshold} = atTop(levels, k);
        expect(Number.isNaN(threshold)).toBe(k < rows && !cuts.has(k));
        expect(Math.abs(lift - (precision * rows) / levels.positives)).toBeLessThan(tolerance);
        if (Number.isNaN(threshold)) continue;
        const {tp, fp} = confusionMatrix(label, score, threshold);
        expect([tp + fp, precision, recall]).toEqual([k, tp / k, tp / levels.positives]);
      }
    })
  );
});

test("atTop(levels, k) of constant scores is the base rate", () => {
  const levels = scoreLevels([0, 1, 0, 0], [4, 4, 4, 4]);
  expect(atTop(levels, 1)).toEqual({k: 1, precision: 0.25, recall: 0.25, lift: 1, threshold: NaN});
});

test("atTop(levels, k) is defined without rows or with one class", () => {
  const nothing = {precision: NaN, recall: NaN, lift: NaN, threshold: NaN};
  expect(atTop(scoreLevels([], []), 3)).toEqual({k: 3, ...nothing});
  expect(atTop(scoreLevels([NaN], [1]), 1)).toEqual({k: 1, ...nothing});
  expect(atTop(scoreLevels([0, 0], [1, 2]), 1)).toEqual({k: 1, precision: 0, recall: NaN, lift: NaN, threshold: 1.5});
  expect(atTop(scoreLevels([1, 1], [1, 2]), 1)).toEqual({k: 1, precision: 1, recall: 0.5, lift: 1, threshold: 1.5});
});

test("atTop(levels, k) rejects a k that is not a number of rows", () => {
  const levels = scoreLevels([0, 1], [1, 2]);
  expect(() => atTop(levels, 3)).toThrow(new RangeError("invalid k: 3"));
  for (const k of [0, -1, 1.5, NaN, Infinity]) expect(() => atTop(levels, k)).toThrow(RangeError);
});

function countAbove(label: number[], score: number[], threshold: number): number {
  const {tp, fp} = confusionMatrix(label, score, threshold);
  return tp + fp;
}
