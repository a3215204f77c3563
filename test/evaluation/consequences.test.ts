import fc from "fast-check";
import {expect, test} from "vitest";
import {consequences, proportion} from "../../lib/evaluation/consequences.js";

const counts = fc.record({tp: fc.nat(200), fp: fc.nat(200), fn: fc.nat(200), tn: fc.nat(200)});

test("consequences(counts) are those of the labelled rows", () => {
  const {precision, missed, falseAlarms} = consequences({tp: 25, fp: 1, fn: 2, tn: 290});
  expect(precision).toEqual(proportion(25, 26));
  expect(missed).toEqual(proportion(2, 27));
  expect(falseAlarms).toEqual(proportion(1, 291));
});

test("consequences(counts, {prevalence}) follow Bayes’ rule", () => {
  // Gigerenzer’s mammography: prevalence 1 %, sensitivity 80 %, false alarms 9.6 %: 7.8 % of positives are real
  const {precision} = consequences({tp: 80, fp: 96, fn: 20, tn: 904}, {prevalence: 0.01});
  expect(precision.estimate).toBeCloseTo(0.0776, 4);
  expect(precision.lower).toBeLessThan(0.0776);
  expect(precision.upper).toBeGreaterThan(0.0776);
});

test("consequences(counts, {prevalence}) with the rows’ own share gives their precision", () => {
  fc.assert(
    fc.property(counts, (c) => {
      const n = c.tp + c.fp + c.fn + c.tn;
      fc.pre(c.tp + c.fn > 0 && c.fp + c.tn > 0 && c.tp + c.fp > 0);
      const {precision} = consequences(c, {prevalence: (c.tp + c.fn) / n});
      expect(precision.estimate).toBeCloseTo(c.tp / (c.tp + c.fp), 12);
      expect(precision.lower).toBeLessThanOrEqual(precision.estimate + 1e-12);
      expect(precision.upper).toBeGreaterThanOrEqual(precision.estimate - 1e-12);
    })
  );
});

test("consequences(counts, {prevalence}) has more real alerts where more rows are fake", () => {
  fc.assert(
    fc.property(counts, fc.double({min: 0.01, max: 0.5, noNaN: true}), (c, prevalence) => {
      fc.pre(c.tp > 0 && c.fp > 0);
      const precision = (share: number) => consequences(c, {prevalence: share}).precision.estimate;
      expect(precision(prevalence * 1.5)).toBeGreaterThan(precision(prevalence));
    })
  );
});

test("consequences(counts, {costs}) sets the cost beside flagging nothing and everything", () => {
  const {cost} = consequences({tp: 25, fp: 1, fn: 2, tn: 290}, {costs: {miss: 100, falseAlarm: 5}});
  expect(cost.perRow).toBeCloseTo((2 * 100 + 1 * 5) / 318, 12);
  expect(cost.flagNothing).toBeCloseTo((27 * 100) / 318, 12);
  expect(cost.flagEverything).toBeCloseTo((291 * 5) / 318, 12);
});

test("consequences(counts) of one class or no rows tell what there is", () => {
  const nothing = {estimate: NaN, lower: NaN, upper: NaN};
  expect(consequences({tp: 0, fp: 0, fn: 0, tn: 0})).toMatchObject({precision: nothing, missed: nothing});
  expect(consequences({tp: 0, fp: 2, fn: 0, tn: 8}).cost).toEqual({perRow: 0.2, flagNothing: 0, flagEverything: 1});
  expect(consequences({tp: 0, fp: 0, fn: 3, tn: 8}, {prevalence: 0.1}).precision).toEqual(nothing);
});

test("consequences(counts) reject shares and costs that cannot be", () => {
  const c = {tp: 1, fp: 1, fn: 1, tn: 1};
  expect(() => consequences(c, {prevalence: 1.5})).toThrow(new RangeError("invalid prevalence: 1.5"));
  expect(() => consequences(c, {costs: {miss: -1, falseAlarm: 1}})).toThrow(new RangeError("invalid cost: -1"));
  expect(() => consequences(c, {costs: {miss: 1, falseAlarm: Infinity}})).toThrow("invalid cost: Infinity");
});
