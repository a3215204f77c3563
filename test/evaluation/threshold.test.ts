import fc from "fast-check";
import {expect, test} from "vitest";
import {bestThreshold, type LabelRule} from "../../lib/evaluation/bestThreshold.js";
import {choosingHalf, reportedLabels} from "../../lib/evaluation/choosingHalf.js";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {confusionStatistics} from "../../lib/evaluation/confusionStatistics.js";
import {peaksOverThreshold} from "../../lib/evaluation/peaksOverThreshold.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {scoreValley} from "../../lib/evaluation/scoreValley.js";
import {
  chooseThreshold,
  describeRule,
  formatRule,
  parseRule,
  type RuleContext,
  type ThresholdRule
} from "../../lib/evaluation/threshold.js";
import {
  isWithin,
  type RuleDeclaration,
  type RuleParameter,
  thresholdRules
} from "../../lib/evaluation/thresholdRules.js";
import {randomSource} from "../../lib/random.js";
import {goldens, notebook, tolerance} from "./goldens.js";

const rare = goldens.find(([name]) => name === "rare")![1];

const share = fc.double({min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true});
const rules = fc.oneof(...thresholdRules.map(ruleOf));

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

test("chooseThreshold(score, alerts) flags at most so many rows a day", () => {
  const scores = fc.array(fc.integer({min: 0, max: 30}), {minLength: 1});
  fc.assert(
    fc.property(scores, fc.integer({min: 1, max: 60}), fc.integer({min: 1, max: 8}), (score, perDay, quarters) => {
      fc.pre(perDay * quarters >= 4);
      const context = {days: quarters / 4};
      const flagged = flaggedBy(score, {rule: "alerts", perDay}, context);
      expect(flagged).toBeLessThanOrEqual(perDay * context.days);
      // One level lower would be too many
      const lower = Math.max(...score.filter((s) => s <= chooseThreshold(score, {rule: "alerts", perDay}, context)));
      if (flagged < score.length) {
        expect(score.filter((s) => s >= lower).length).toBeGreaterThan(Math.floor(perDay * context.days));
      }
    })
  );
  const thousand = Float64Array.from({length: 1000}, (_, i) => (i * 7919) % 1000);
  expect(flaggedBy(thousand, {rule: "alerts", perDay: 20}, {days: 2})).toBe(40);
  expect(chooseThreshold(thousand, {rule: "alerts", perDay: 20}, {days: 2})).toBe(959.5);
  expect(() => chooseThreshold(thousand, {rule: "alerts", perDay: 0.1}, {days: 2})).toThrow(
    new RangeError("no alert in so short a time: 0.1 a day in 2.00 days")
  );
  expect(chooseThreshold(thousand, {rule: "alerts", perDay: 1000}, {days: 2})).toBeLessThan(0);
});

test("chooseThreshold(score, tail) and (score, valley) follow the scores alone", () => {
  expect(chooseThreshold(rare.score, {rule: "tail", rate: 0.001})).toBe(
    peaksOverThreshold(rare.score, 0.001).threshold
  );
  const random = randomSource(1);
  const score = Float64Array.from({length: 1000}, (_, i) => random() + (i < 50 ? 3 : 0));
  expect(chooseThreshold(score, {rule: "valley"})).toBe(scoreValley(score)!.threshold);
  expect(flaggedBy(score, {rule: "valley"})).toBe(50);
});

test("chooseThreshold(score, rule, {label}) chooses on the choosing half alone", () => {
  const {label, score} = rare;
  const half = choosingHalf(label);
  const chosen = label.map((y, row) => (half[row] === 1 ? y : NaN));
  for (const rule of ["youden", "top-left", "f-beta:2", "mcc", "cost:10:1:0.01", "recall:0.9", "precision:0.05"]) {
    const parsed = parseRule(rule);
    const threshold = chooseThreshold(score, parsed, {label});
    expect(threshold).toBe(bestThreshold(scoreLevels(chosen, score), parsed as LabelRule));
    const reported = reportedLabels(label, parsed);
    // Neither the labels nor the scores that are reported on have a say
    const other = label.map((y, row) => (Number.isNaN(reported[row]!) ? y : NaN));
    expect(bestThreshold(scoreLevels(other, score), parsed as LabelRule)).toBe(threshold);
  }
});

test("chooseThreshold(score, rule) is finite where flagging nothing or everything is best", () => {
  const score = [9, 1, 1, 2, 2, 3, 3, 4, 4, 0];
  const label = [NaN, 1, 1, 1, 1, 0, 0, 0, 0, NaN];
  expect(chooseThreshold(score, {rule: "cost", miss: 1, falseAlarm: 100}, {label})).toBe(9);
  const lowest = chooseThreshold(score, {rule: "cost", miss: 100, falseAlarm: 1}, {label});
  expect(lowest).toBeLessThan(0);
  expect(lowest).toBeGreaterThan(-1e-300);
  expect(flaggedBy([5, 5, 5, 5], {rule: "recall", least: 0.5}, {label: [1, 1, 0, 0]})).toBe(4);
});

test("chooseThreshold(score, rule) says in plain words why a rule cannot answer", () => {
  const reject = (text: string, message: string, context = {}, score = [1, 2, 3, 4]) =>
    expect(() => chooseThreshold(score, parseRule(text), context)).toThrow(new RangeError(message));
  reject("youden", "labels are needed by the rule: youden");
  reject("f-beta:2", "labels are needed by the rule: f-beta", {label: null});
  reject("mcc", "labels are needed by the rule: mcc", {label: [NaN, NaN, NaN, NaN]});
  reject("mcc", "2 labelled rows of each class are needed by the rule: mcc", {label: [1, 0, 0, 0]});
  reject("mcc", "2 labelled rows of each class are needed by the rule: mcc", {label: [0, 0, 0, NaN]});
  reject("mcc", "expected 4 labels, got: 3", {label: [0, 1, 1]});
  reject("mcc", "invalid label at row 3: 2", {label: [0, 1, 1, 2]});
  reject("precision:0.9", "no threshold reaches a precision of 0.9", {label: [1, 1, 0, 0]});
  reject("alerts:20", "times are needed by the rule: alerts");
  reject("alerts:20", "times are needed by the rule: alerts", {days: NaN});
  reject("alerts:20", "invalid days: 0", {days: 0});
  reject("valley", "no valley: the scores have one mode");
  reject("tail:0.001", "expected at least 10 different scores in the tail, got: 1");
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
  expect(formatRule({rule: "valley"})).toBe("valley");
  expect(formatRule({rule: "cost", miss: 10, falseAlarm: 1})).toBe("cost:10:1");
  expect(parseRule("cost:10:1")).toEqual({rule: "cost", miss: 10, falseAlarm: 1});
  expect(parseRule("cost:10:1:0.01")).toEqual({rule: "cost", miss: 10, falseAlarm: 1, prevalence: 0.01});
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
  "mad:1e999",
  "mad:3:4",
  "MAD:3",
  "valley:1",
  "valley:",
  "alerts:0",
  "tail:1",
  "f-beta:0",
  "cost:10",
  "cost:10:1:0",
  "cost:10:1:0.5:1",
  "recall:0",
  "recall:1.01",
  "constructor",
  "toString:1"
])("parseRule(%j) is rejected", (text) =>
  expect(() => parseRule(text)).toThrow(new RangeError(`invalid threshold rule: ${text}`))
);

test("describeRule(rule) speaks in a person’s words", () => {
  expect(describeRule({rule: "fixed", value: 0.75})).toBe("fixed at 0.75");
  expect(describeRule({rule: "quantile", share: 0.05})).toBe("top 5 %");
  expect(describeRule({rule: "quantile", share: 0.07})).toBe("top 7 %");
  expect(describeRule({rule: "quantile", share: 0.001})).toBe("top 0.1 %");
  expect(describeRule({rule: "mad", deviations: 3})).toBe("median + 3 MAD");
  const words = [
    "alerts:20",
    "alerts:1",
    "tail:0.001",
    "valley",
    "youden",
    "top-left",
    "f-beta:2",
    "mcc",
    "cost:10:1",
    "cost:10:1:0.01",
    "recall:0.9",
    "precision:0.9"
  ].map((text) => describeRule(parseRule(text)));
  expect(words).toEqual([
    "20 alerts a day",
    "1 alert a day",
    "false-alarm rate 0.1 % by the tail",
    "valley between two modes",
    "best Youden’s index",
    "closest to the top left",
    "best F2",
    "best Matthews correlation",
    "least cost, a miss 10 : a false alarm 1",
    "least cost, a miss 10 : a false alarm 1, where 1 % are fake",
    "recall at least 90 %",
    "precision at least 90 %"
  ]);
});

function flaggedBy(score: ArrayLike<number>, rule: ThresholdRule, context?: RuleContext): number {
  const threshold = chooseThreshold(score, rule, context);
  return Array.from(score).filter((s) => s > threshold).length;
}

function ruleOf({rule, parameters}: RuleDeclaration): fc.Arbitrary<ThresholdRule> {
  const values = parameters.map((parameter) => [parameter.key, valueFor(parameter)]);
  const requiredKeys = ["rule", ...parameters.filter(({optional}) => !optional).map(({key}) => key)];
  return fc.record({rule: fc.constant(rule), ...Object.fromEntries(values)}, {
    requiredKeys,
    noNullPrototype: true
  } as object) as unknown as fc.Arbitrary<ThresholdRule>;
}

function valueFor(parameter: RuleParameter): fc.Arbitrary<number> {
  const {min, max} = parameter;
  return fc
    .double({min, max, noNaN: true, noDefaultInfinity: true})
    .map((x) => x + 0)
    .filter((x) => isWithin(parameter, x));
}
