import fc from "fast-check";
import {expect, test} from "vitest";
import {type PartialRange, partialAuc} from "../../lib/evaluation/partialAuc.js";
import {auc} from "../../lib/evaluation/rocCurve.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {bothClasses} from "./arbitraries.js";
import {goldens, tolerance} from "./goldens.js";
import {sequences} from "./sequences.js";

test.each(goldens)("partialAuc(levels, range) equals pROC: %s", (_, {label, score, expected}) => {
  const {area, corrected} = partialAuc(scoreLevels(label, score), {axis: "specificity", from: 0.9, to: 1});
  expectClose(area, expected["partial_auc_specificity_0.9_to_1"]);
  expectClose(corrected, expected.partial_auc_corrected);
});

// R 4.2.2, pROC 1.18: auc(r, partial.auc = c(to, from), partial.auc.focus = axis), then with partial.auc.correct = TRUE
// and allow.invalid.partial.auc.correct = TRUE
const references: [keyof typeof sequences, PartialRange["axis"], number, number, number, number][] = [
  ["ties", "specificity", 0.9, 1, 0.0239075630252101, 0.599513489606369],
  ["ties", "specificity", 0.37, 0.74, 0.230781437481437, 0.661021274607834],
  ["ties", "sensitivity", 0.8, 1, 0.0493212669683258, 0.581447963800905],
  ["ties", "sensitivity", 0.41, 0.43, 0.0162461538461539, 0.776556776556777],
  ["oneFake", "specificity", 0.9, 1, 0, 0.473684210526316],
  ["oneFake", "specificity", 0.37, 0.74, 0.368783908045977, 0.997038977467682],
  ["oneFake", "sensitivity", 0.8, 1, 0.146896551724138, 0.852490421455939],
  ["oneFake", "sensitivity", 0.41, 0.43, 0.0156827586206897, 0.743021346469622],
  ["twoGenuine", "specificity", 0.9, 1, 0.00130434782608696, 0.480549199084668],
  ["twoGenuine", "specificity", 0.37, 0.74, 0.104391304347826, 0.353278072432009],
  ["twoGenuine", "sensitivity", 0.8, 1, 0, 0.444444444444444],
  ["twoGenuine", "sensitivity", 0.41, 0.43, 0.01, 0.404761904761905],
  ["large", "specificity", 0.9, 1, 0.0375219892484867, 0.671168364465719],
  ["large", "specificity", 0.37, 0.74, 0.285013931076681, 0.793070199845827],
  ["large", "sensitivity", 0.8, 1, 0.0815982769170254, 0.671106324769515],
  ["large", "sensitivity", 0.41, 0.43, 0.0184351303511724, 0.906852997093595],
  ["constant", "specificity", 0.9, 1, 0.005, 0.5],
  ["constant", "specificity", 0.37, 0.74, 0.16465, 0.5],
  ["constant", "sensitivity", 0.8, 1, 0.02, 0.5],
  ["constant", "sensitivity", 0.41, 0.43, 0.0116, 0.5],
  ["tieAtTop", "specificity", 0.9, 1, 0.0125, 0.539473684210526],
  ["tieAtTop", "specificity", 0.37, 0.74, 0.29775, 0.824080837594351],
  ["tieAtTop", "sensitivity", 0.8, 1, 0.096, 0.711111111111111],
  ["tieAtTop", "sensitivity", 0.41, 0.43, 0.01664, 0.8],
  ["genuineAtTop", "specificity", 0.9, 1, 0, 0.473684210526316],
  ["genuineAtTop", "specificity", 0.37, 0.74, 0, 0.0990990990990991],
  ["genuineAtTop", "sensitivity", 0.8, 1, 0, 0.444444444444444],
  ["genuineAtTop", "sensitivity", 0.41, 0.43, 0.00246666666666667, -0.0436507936507937]
];

test.each(references)("partialAuc(%s, %s from %d to %d) equals pROC", (name, axis, from, to, area, corrected) => {
  const {label, score} = sequences[name];
  const actual = partialAuc(scoreLevels(label, score), {axis, from, to});
  expectClose(actual.area, area);
  expectClose(actual.corrected, corrected);
});

test("partialAuc(levels, range) of the whole of an axis is the area, and parts add up to the whole", () => {
  const cut = fc.double({min: 0.01, max: 0.99, noNaN: true});
  fc.assert(
    fc.property(bothClasses, fc.constantFrom("specificity", "sensitivity"), cut, ({label, score}, axis, at) => {
      const levels = scoreLevels(label, score);
      const whole = partialAuc(levels, {axis, from: 0, to: 1});
      expectClose(whole.area, auc(levels));
      expectClose(whole.corrected, auc(levels));
      const parts = [partialAuc(levels, {axis, from: 0, to: at}), partialAuc(levels, {axis, from: at, to: 1})] as const;
      expectClose(parts[0].area + parts[1].area, whole.area);
    })
  );
});

test("partialAuc(levels, {axis}) exchanges its axes where classes and directions are exchanged", () => {
  fc.assert(
    fc.property(bothClasses, ({label, score}) => {
      const levels = scoreLevels(label, score);
      const exchanged = scoreLevels(
        label.map((y) => 1 - y),
        score.map((s) => -s)
      );
      const range = {from: 0.55, to: 0.9};
      expectClose(
        partialAuc(levels, {axis: "sensitivity", ...range}).area,
        partialAuc(exchanged, {axis: "specificity", ...range}).area
      );
    })
  );
});

test("partialAuc(levels, range) corrected is ½ for constant scores and 1 for perfect ones", () => {
  const {label, score} = sequences.constant;
  for (const axis of ["specificity", "sensitivity"] as const) {
    expectClose(partialAuc(scoreLevels(label, score), {axis, from: 0.3, to: 0.7}).corrected, 0.5);
    expectClose(partialAuc(scoreLevels([0, 0, 1], [1, 2, 3]), {axis, from: 0.3, to: 0.7}).corrected, 1);
  }
});

test("partialAuc(levels, range) without rows or with one class is NaN", () => {
  const nothing = {area: NaN, corrected: NaN};
  for (const axis of ["specificity", "sensitivity"] as const) {
    for (const label of [[], [NaN], [0, 0], [1]]) {
      const levels = scoreLevels(label, [...label.keys()]);
      expect(partialAuc(levels, {axis, from: 0.9, to: 1})).toEqual(nothing);
    }
  }
});

test("partialAuc(levels, range) rejects a range that is empty or not in [0, 1]", () => {
  const levels = scoreLevels([0, 1], [1, 2]);
  const axis = "specificity";
  expect(() => partialAuc(levels, {axis, from: 1, to: 0.9})).toThrow(
    new RangeError("invalid range of specificity: 1 to 0.9")
  );
  expect(() => partialAuc(levels, {axis, from: 0.5, to: 0.5})).toThrow(RangeError);
  expect(() => partialAuc(levels, {axis, from: -0.1, to: 0.5})).toThrow(RangeError);
  expect(() => partialAuc(levels, {axis, from: 0.5, to: 1.1})).toThrow(RangeError);
  expect(() => partialAuc(levels, {axis, from: NaN, to: 1})).toThrow(RangeError);
});

function expectClose(actual: number, expected: number) {
  expect(Math.abs(actual - expected)).toBeLessThan(tolerance);
}
