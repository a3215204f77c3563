import fc from "fast-check";
import {expect, test} from "vitest";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {confusionStatistics} from "../../lib/evaluation/confusionStatistics.js";
import {
  chooseThreshold,
  describeRule,
  formatRule,
  parseRule,
  type ThresholdRule
} from "../../lib/evaluation/threshold.js";
import {notebook, tolerance} from "./goldens.js";

const finite = fc.double({noNaN: true, noDefaultInfinity: true}).map((x) => x + 0);
const share = fc.double({min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true});
const rules: fc.Arbitrary<ThresholdRule> = fc.oneof(
  fc.record({rule: fc.constant("fixed" as const), value: finite}),
  fc.record({rule: fc.constant("quantile" as const), share}),
  fc.record({rule: fc.constant("mad" as const), deviations: finite.map(Math.abs)})
);

test("chooseThreshold(score, mad:3) reaches an F1 of 0.80 on the notebook’s sessions", () => {
  const threshold = chooseThreshold(notebook.score, {rule: "mad", deviations: 3});
  const {f1} = confusionStatistics(confusionMatrix(notebook.label, notebook.score, threshold));
  expect(f1).toBeGreaterThanOrEqual(0.8);
});

test("chooseThreshold(score, mad) is median + deviations · 1.4826 · MAD", () => {
  // R 4.2.2: median(x) is 6 and mad(x) 3.7065
  const score = [30, 2, 4, 11, 4, 5, 9, 7];
  expect(chooseThreshold(score, {rule: "mad", deviations: 0})).toBe(6);
  expect(Math.abs(chooseThreshold(score, {rule: "mad", deviations: 2}) - 13.413)).toBeLessThan(tolerance);
});

test("chooseThreshold(score, fixed) is the value", () => {
  expect(chooseThreshold([1, 2], {rule: "fixed", value: 0.75})).toBe(0.75);
});

test("chooseThreshold(score, quantile) flags the top share of distinct scores", () => {
  const scores = fc.uniqueArray(fc.integer({min: -1e6, max: 1e6}), {minLength: 1, maxLength: 300});
  fc.assert(
    fc.property(scores, fc.double({min: 0.001, max: 0.999, noNaN: true}), (score, share) => {
      const flagged = flaggedBy(score, {rule: "quantile", share});
      expect(Math.abs(flagged - share * (score.length - 1))).toBeLessThan(1 + tolerance);
    })
  );
  const thousand = Float64Array.from({length: 1000}, (_, i) => (i * 7919) % 1000);
  expect(flaggedBy(thousand, {rule: "quantile", share: 0.05})).toBe(50);
});

test("chooseThreshold(score, quantile) never flags more than the share where scores tie", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: 0, max: 5}), {minLength: 1}), share, (score, share) => {
      expect(flaggedBy(score, {rule: "quantile", share})).toBeLessThan(share * (score.length - 1) + 1 + tolerance);
    })
  );
});

test("chooseThreshold(score, rule) flags nothing of one score or constant scores", () => {
  for (const rule of [
    {rule: "quantile", share: 0.05},
    {rule: "mad", deviations: 3}
  ] as const) {
    expect(chooseThreshold([0.1], rule)).toBe(0.1);
    expect(chooseThreshold([0.1, 0.1, 0.1, 0.1], rule)).toBe(0.1);
  }
});

test("chooseThreshold(score, mad) flags all above the median when most scores are equal", () => {
  expect(flaggedBy([1, 1, 1, 2, 0], {rule: "mad", deviations: 3})).toBe(1);
});

test("chooseThreshold(score, rule) changes nothing", () => {
  const score = Object.freeze([3, 1, 2]);
  expect(chooseThreshold(score, {rule: "mad", deviations: 1})).toBeCloseTo(3.4826, 12);
  expect(chooseThreshold(score, {rule: "quantile", share: 0.5})).toBe(2);
});

test("chooseThreshold(score, rule) rejects no scores, invalid scores and invalid parameters", () => {
  const reject = (score: number[], rule: ThresholdRule, message: string) =>
    expect(() => chooseThreshold(score, rule)).toThrow(new RangeError(message));
  reject([], {rule: "fixed", value: 1}, "expected scores, got none");
  reject([], {rule: "quantile", share: 0.1}, "expected scores, got none");
  reject([], {rule: "mad", deviations: 3}, "expected scores, got none");
  reject([1, NaN], {rule: "mad", deviations: 3}, "invalid score at row 1: NaN");
  reject([1], {rule: "fixed", value: NaN}, "invalid threshold: NaN");
  reject([1], {rule: "fixed", value: Infinity}, "invalid threshold: Infinity");
  reject([1], {rule: "quantile", share: 1.4}, "invalid share: 1.4");
  reject([1], {rule: "quantile", share: 0}, "invalid share: 0");
  reject([1], {rule: "quantile", share: 1}, "invalid share: 1");
  reject([1], {rule: "mad", deviations: -1}, "invalid deviations: -1");
  reject([1], {rule: "mad", deviations: Infinity}, "invalid deviations: Infinity");
});

test("parseRule(formatRule(rule)) is the rule", () => {
  fc.assert(
    fc.property(rules, (rule) => {
      expect(parseRule(formatRule(rule))).toEqual(rule);
    })
  );
});

test("formatRule(rule) and parseRule(text) spell rules for addresses and the command line", () => {
  expect(formatRule({rule: "fixed", value: 0.75})).toBe("fixed:0.75");
  expect(formatRule({rule: "quantile", share: 0.05})).toBe("quantile:0.05");
  expect(formatRule({rule: "mad", deviations: 3})).toBe("mad:3");
  expect(parseRule("fixed:-1e-7")).toEqual({rule: "fixed", value: -1e-7});
});

test.each([
  "",
  "mad",
  "mad:",
  "mad:x",
  "mad: 3",
  "mad:-1",
  "mad:Infinity",
  "quantile:0",
  "quantile:1.4",
  "fixed:0x1",
  "iqr:3",
  "mad:1e999"
])("parseRule(%j) is rejected", (text) =>
  expect(() => parseRule(text)).toThrow(new RangeError(`invalid threshold rule: ${text}`))
);

test("describeRule(rule) speaks in a person’s words", () => {
  expect(describeRule({rule: "fixed", value: 0.75})).toBe("fixed at 0.75");
  expect(describeRule({rule: "quantile", share: 0.05})).toBe("top 5 %");
  expect(describeRule({rule: "quantile", share: 0.07})).toBe("top 7 %");
  expect(describeRule({rule: "quantile", share: 0.001})).toBe("top 0.1 %");
  expect(describeRule({rule: "mad", deviations: 3})).toBe("median + 3 MAD");
});

function flaggedBy(score: ArrayLike<number>, rule: ThresholdRule): number {
  const threshold = chooseThreshold(score, rule);
  return Array.from(score).filter((s) => s > threshold).length;
}
