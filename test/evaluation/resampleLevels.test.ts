import fc from "fast-check";
import {expect, test} from "vitest";
import {averagePrecision, precisionRecallArea, precisionRecallCurve} from "../../lib/evaluation/precisionRecall.js";
import {resampleLevels} from "../../lib/evaluation/resampleLevels.js";
import {auc, rocCurve} from "../../lib/evaluation/rocCurve.js";
import {type ScoreLevels, scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {randomSource} from "../../lib/random.js";
import {bothClasses, labelledRows} from "./arbitraries.js";

test("resampleLevels(levels) draws each class by itself, in order of score", () => {
  const levels = scoreLevels([1, 0, 1, 0, NaN, 1], [1, 2, 3, 3, 4, 5]);
  const random = [0.9, 0.34, 0.99, 0.49, 0];
  const drawn = resampleLevels(levels)(() => random.shift()!);
  expect(drawn).toEqual(scoreLevels([1, 1, 1, 0, 0], [5, 3, 5, 2, 2]));
  expect(random).toEqual([]);
});

test("resampleLevels(levels) gives the levels of as many rows of each class, all of them rows of the original", () => {
  fc.assert(
    fc.property(labelledRows, fc.nat(), ({label, score}, seed) => {
      const levels = scoreLevels(label, score);
      const drawn = resampleLevels(levels)(randomSource(seed));
      expect(drawn).toEqual(scoreLevels(...rowsOf(drawn)));
      expect([drawn.positives, drawn.negatives]).toEqual([levels.positives, levels.negatives]);
      for (const [i, value] of drawn.level.entries()) {
        const k = levels.level.indexOf(value);
        expect(k).toBeGreaterThanOrEqual(0);
        if (drawn.fake[i]! > 0) expect(levels.fake[k]).toBeGreaterThan(0);
        if (drawn.genuine[i]! > 0) expect(levels.genuine[k]).toBeGreaterThan(0);
      }
    })
  );
});

test("resampleLevels(levels) leaves curves and areas defined", () => {
  fc.assert(
    fc.property(bothClasses, fc.nat(), ({label, score}, seed) => {
      const drawn = resampleLevels(scoreLevels(label, score))(randomSource(seed));
      const {precision} = precisionRecallCurve(drawn);
      const {sensitivity} = rocCurve(drawn);
      for (const share of [...precision, ...sensitivity, auc(drawn), averagePrecision(drawn)]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      expect(precisionRecallArea(drawn)).toBeGreaterThanOrEqual(0);
    })
  );
});

test("resampleLevels(levels) draws a row as often as a binomial count of n trials in n", () => {
  const rows = 25;
  const replicates = 4000;
  const levels = scoreLevels(
    new Float64Array(rows).fill(1),
    Float64Array.from({length: rows}, (_, i) => i)
  );
  const draw = resampleLevels(levels);
  const sum = new Float64Array(rows);
  let none = 0;
  for (let r = 0; r < replicates; ++r) {
    const {level, fake} = draw(randomSource(7, r));
    for (let i = 0; i < level.length; ++i) sum[level[i]!]! += fake[i]!;
    none += rows - level.length;
  }
  const standardErrors = 4;
  const error = Math.sqrt((1 - 1 / rows) / replicates);
  for (const count of sum) expect(Math.abs(count / replicates - 1)).toBeLessThan(standardErrors * error);
  const missed = (1 - 1 / rows) ** rows;
  // rows exclude each other, so that the share of missed rows varies less than if they were independent
  const missedError = Math.sqrt((missed * (1 - missed)) / (rows * replicates));
  expect(Math.abs(none / (rows * replicates) - missed)).toBeLessThan(standardErrors * missedError);
});

test("resampleLevels(levels) does not change the levels and needs no rows", () => {
  const levels = scoreLevels([1, 0, 0], [1, 2, 2]);
  const draw = resampleLevels(levels);
  for (let r = 0; r < 5; ++r) draw(randomSource(1, r));
  expect(levels).toEqual(scoreLevels([1, 0, 0], [1, 2, 2]));
  const none = scoreLevels([], []);
  expect(resampleLevels(none)(() => expect.fail())).toEqual(none);
  const genuine = scoreLevels([0, 0], [3, 3]);
  expect(resampleLevels(genuine)(() => 0.5)).toEqual(genuine);
});

function rowsOf({level, fake, genuine}: ScoreLevels): [number[], number[]] {
  const label: number[] = [];
  const score: number[] = [];
  for (let i = 0; i < level.length; ++i) {
    for (let row = 0; row < fake[i]! + genuine[i]!; ++row) {
      label.push(row < fake[i]! ? 1 : 0);
      score.push(level[i]!);
    }
  }
  return [label, score];
}
