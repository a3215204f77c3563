import fc from "fast-check";
import {expect, test} from "vitest";
import {precisionRecallArea} from "../../lib/evaluation/precisionRecall.js";
import {
  brierScore,
  classificationCost,
  logLoss,
  precisionRecallTrapezoid
} from "../../lib/evaluation/probabilityMetrics.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";

/** The first 20 rows of yardstick’s two_class_example, Class1 as fake, rounded to six decimals. */
const label = [0, 1, 0, 1, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0];
const score = [
  0.003589, 0.678621, 0.110894, 0.735162, 0.01624, 0.999275, 0.999201, 0.812352, 0.457037, 0.097638, 0.904645, 0.297979,
  0.994582, 0.85115, 0.999997, 0.991916, 0.000425, 0.114955, 0.82597, 0.068368
];

test("brierScore, logLoss and precisionRecallTrapezoid equal yardstick", () => {
  // R 4.2.2 with the functions of tidymodels/yardstick at fa91f90, to 15 digits
  expect(brierScore(label, score)).toBeCloseTo(0.1261784602857, 13);
  expect(logLoss(label, score)).toBeCloseTo(0.380973491790112, 13);
  expect(precisionRecallTrapezoid(scoreLevels(label, score))).toBeCloseTo(0.885362692862693, 13);
});

test("logLoss(label, score) of yardstick’s own test", () => {
  // tests/testthat/test-prob-mn_log_loss.R, two class
  const expected = -[1, 0.8, 0.51, 0.9, 0.8, 0.7].reduce((sum, p) => sum + Math.log(p), 0) / 6;
  expect(logLoss([1, 1, 1, 0, 0, 0], [1, 0.8, 0.51, 0.1, 0.2, 0.3])).toBeCloseTo(expected, 14);
});

test("brierScore(label, score) is half of Brier’s sum over both classes", () => {
  // by hand: (0.2² + 0.4²) / 2 and twice that
  const half = brierScore([1, 0], [0.8, 0.4]);
  const both = (0.2 ** 2 + 0.2 ** 2 + 0.4 ** 2 + 0.4 ** 2) / 2;
  expect(half).toBeCloseTo(0.1, 15);
  expect(half).toBeCloseTo(both / 2, 15);
});

test("logLoss(label, score) keeps what is sure and wrong finite", () => {
  expect(logLoss([1], [0])).toBe(-Math.log(2 ** -52));
  expect(logLoss([0], [1])).toBe(-Math.log(2 ** -52));
  expect(logLoss([1, 0], [1, 0])).toBeCloseTo(2 ** -52, 20);
  expect(logLoss([1], [1e-12])).toBeCloseTo(12 * Math.LN10, 12);
});

test("classificationCost(label, score, costs) weighs what is given to the wrong class", () => {
  // by hand: (0.2 × 10 + 0.4 × 1) / 2
  expect(classificationCost([1, 0], [0.8, 0.4], {miss: 10})).toBeCloseTo(1.2, 15);
  expect(classificationCost([1, 0], [0.8, 0.4], {miss: 0, falseAlarm: 5})).toBeCloseTo(1, 15);
  expect(classificationCost([1, 0], [0.8, 0.4])).toBeCloseTo(0.3, 15);
});

test("precisionRecallTrapezoid(levels) of ties, above the area where precision falls and below where it rises", () => {
  // by hand: recall 0 to ½ at precision 1, then to 1 at precision ½
  const falls = scoreLevels([1, 1, 0, 0], [1, 0, 0, 0]);
  expect(precisionRecallTrapezoid(falls)).toBe(0.875);
  expect(precisionRecallTrapezoid(falls)).toBeGreaterThan(precisionRecallArea(falls));
  // one genuine row, then two fakes that tie: precision 0, then ⅔
  const rises = scoreLevels([0, 1, 1], [1, 0, 0]);
  expect(precisionRecallTrapezoid(rises)).toBeCloseTo(1 / 3, 15);
  expect(precisionRecallTrapezoid(rises)).toBeLessThan(precisionRecallArea(rises));
});

test.each([brierScore, logLoss, classificationCost])("%o refuses what is no probability", (metric) => {
  expect(() => metric([1, 0], [0.5, 1.25])).toThrow(new RangeError("invalid probability at row 1: 1.25"));
  expect(() => metric([NaN], [-0.1])).toThrow(new RangeError("invalid probability at row 0: -0.1"));
  expect(() => metric([1], [NaN])).toThrow(new RangeError("invalid score at row 0: NaN"));
  expect(() => metric([2], [0.5])).toThrow(new RangeError("invalid label at row 0: 2"));
  expect(() => metric([1, 0], [0.5])).toThrow(RangeError);
});

test.each([brierScore, logLoss, classificationCost])("%o leaves out rows without label", (metric) => {
  expect(metric([1, NaN, 0], [0.75, 0, 0.5])).toBe(metric([1, 0], [0.75, 0.5]));
  expect(metric([NaN], [0.5])).toBeNaN();
  expect(metric([], [])).toBeNaN();
});

test("precisionRecallTrapezoid(levels) without fake rows is NaN, without genuine ones 1", () => {
  expect(precisionRecallTrapezoid(scoreLevels([0, 0], [1, 2]))).toBeNaN();
  expect(precisionRecallTrapezoid(scoreLevels([], []))).toBeNaN();
  expect(precisionRecallTrapezoid(scoreLevels([1, 1], [1, 2]))).toBe(1);
});

test("brierScore, logLoss and classificationCost stay when classes and probabilities are swapped", () => {
  const row = fc.tuple(
    fc.constantFrom(0, 1),
    fc.integer({min: 0, max: 64}).map((k) => k / 64)
  );
  fc.assert(
    fc.property(fc.array(row, {minLength: 1, maxLength: 30}), (rows) => {
      const [y, p] = [rows.map((r) => r[0]), rows.map((r) => r[1])];
      const [swappedY, swappedP] = [y.map((v) => 1 - v), p.map((v) => 1 - v)];
      for (const metric of [brierScore, logLoss, classificationCost]) {
        expect(metric(swappedY, swappedP)).toBeCloseTo(metric(y, p), 12);
      }
    })
  );
});
