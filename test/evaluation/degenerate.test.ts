import fc from "fast-check";
import {expect, test} from "vitest";
import type {ConfusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {degeneracy} from "../../lib/evaluation/degenerate.js";

test("degeneracy(counts) names a detector that flags nothing", () => {
  expect(degeneracy(counts(0, 0, 27, 291))).toBe(
    "It flags none of the 27 fake sessions. Its accuracy of 91.5 % is just the share of genuine ones."
  );
  expect(degeneracy(counts(0, 0, 1, 19_999), {rows: "rows"})).toBe(
    "It does not flag the only fake row. Its accuracy of 99.995 % is just the share of genuine ones."
  );
});

test("degeneracy(counts) names a detector that flags everything", () => {
  expect(degeneracy(counts(27, 291, 0, 0))).toBe(
    "It flags all 318 sessions. Its precision of 8.5 % is just the share of fake ones."
  );
  expect(degeneracy(counts(2, 8, 0, 0, 5), {rows: "flows"})).toBe(
    "It flags all 10 labelled flows. Its precision of 20 % is just the share of fake ones."
  );
});

test("degeneracy(counts) names a detector that catches none although it flags some", () => {
  expect(degeneracy(counts(0, 12, 27, 279))).toBe(
    "It flags 12 sessions, but none of the 27 fake ones. Its accuracy of 87.7 % is below the 91.5 % of flagging nothing."
  );
});

test("degeneracy(counts) speaks of the only fake row and of labelled rows", () => {
  expect(degeneracy(counts(0, 1, 1, 8, 3), {rows: "rows"})).toBe(
    "It flags 1 labelled row, but not the only fake one. Its accuracy of 80 % is below the 90 % of flagging nothing."
  );
});

test("degeneracy(counts) names a detector no better than chance", () => {
  expect(degeneracy(counts(8, 58, 49, 35))).toBe(
    "It flags 14 % of the fake sessions and 62.4 % of the genuine ones, no better than chance."
  );
  expect(degeneracy(counts(1, 2, 1, 2))).toContain("no better than chance");
});

test("degeneracy(counts) names labels of one class", () => {
  expect(degeneracy(counts(0, 0, 0, 5))).toBe(
    "No labelled session is fake, so nothing shows whether it would catch one."
  );
  expect(degeneracy(counts(5, 0, 0, 0))).toBe(
    "No labelled session is genuine, so nothing shows whether it would spare one."
  );
});

test("degeneracy(counts) is null without labels and for detectors that work", () => {
  expect(degeneracy(counts(0, 0, 0, 0, 9))).toBeNull();
  expect(degeneracy(counts(17, 2, 10, 289))).toBeNull();
  expect(degeneracy(counts(10, 0, 0, 30))).toBeNull();
});

test("degeneracy(counts) does not blame a good detector for an accuracy below the no-information rate", () => {
  expect(degeneracy(counts(27, 34, 0, 257))).toBeNull();
});

test("degeneracy(counts) is null exactly when fake rows are flagged more readily than genuine ones", () => {
  const count = fc.integer({min: 0, max: 30});
  fc.assert(
    fc.property(count, count, count, count, (tp, fp, fn, tn) => {
      const better = tp / (tp + fn) > fp / (fp + tn);
      expect(degeneracy(counts(tp, fp, fn, tn)) === null).toBe(better || tp + fp + fn + tn === 0);
    })
  );
});

function counts(tp: number, fp: number, fn: number, tn: number, unknown = 0): ConfusionMatrix {
  return {threshold: 0.5, tp, fp, fn, tn, unknown};
}
