import fc from "fast-check";
import {expect, test} from "vitest";
import {placements, placementsOfRows} from "../../lib/evaluation/placements.js";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses, labelledRows} from "./arbitraries.js";
import {tolerance} from "./goldens.js";

test("placements(levels) counts genuine rows below and fake rows above, ties half, and doubles", () => {
  const {genuineBelow, fakeAbove} = placements(scoreLevels([0, 1, 0, 1, 0, NaN], [1, 2, 2, 2, 3, 3]));
  expect([...genuineBelow]).toEqual([1, 3, 5]);
  expect([...fakeAbove]).toEqual([4, 2, 0]);
});

test("placementsOfRows(label, score, levels) counts pairs of each row", () => {
  fc.assert(fc.property(labelledRows, ({label, score}) => expectPairs(label, score)));
  const anyScore = fc.oneof(
    fc.double({noNaN: true, noDefaultInfinity: true}),
    fc.constantFrom(0, -0, Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 1, 1 + Number.EPSILON)
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1, NaN), anyScore), {maxLength: 40}), (rows) => {
      expectPairs(
        rows.map(([y]) => y),
        rows.map(([, s]) => s)
      );
    })
  );
});

test("placementsOfRows(label, score, levels) of fake rows has the area for its mean", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const levels = scoreLevels(label, score);
      const placement = placementsOfRows(label, score, levels);
      const sum = placement.reduce((total, x, row) => (label[row] === 1 ? total + x : total), 0);
      expect(Math.abs(sum / (2 * levels.positives * levels.negatives) - auc(levels))).toBeLessThan(tolerance);
    })
  );
});

test("placements of no rows and of one class are defined", () => {
  expect(placements(scoreLevels([], []))).toEqual({genuineBelow: new Float64Array(), fakeAbove: new Float64Array()});
  expect([...placementsOfRows([], [], scoreLevels([], []))]).toEqual([]);
  expect([...placementsOfRows([NaN], [1], scoreLevels([NaN], [1]))]).toEqual([0]);
  expect([...placementsOfRows([1, 1], [1, 2], scoreLevels([1, 1], [1, 2]))]).toEqual([0, 0]);
});

function expectPairs(label: number[], score: number[]) {
  const placement = placementsOfRows(label, score, scoreLevels(label, score));
  for (const [row, y] of label.entries()) {
    let expected = 0;
    for (const [i, s] of score.entries()) {
      if (label[i] !== 1 - y) continue;
      const lower = y === 1 ? s < score[row]! : s > score[row]!;
      expected += lower ? 2 : s === score[row]! ? 1 : 0;
    }
    expect(placement[row]).toBe(expected);
  }
}
