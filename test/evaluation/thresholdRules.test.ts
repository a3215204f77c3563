import {expect, test} from "vitest";
import {declarationOf, isWithin, syntaxOf, thresholdRules} from "../../lib/evaluation/thresholdRules.js";

test("thresholdRules declare each rule once, with a sentence", () => {
  expect(new Set(thresholdRules.map(({rule}) => rule)).size).toBe(thresholdRules.length);
  expect(new Set(thresholdRules.map(({name}) => name)).size).toBe(thresholdRules.length);
  for (const {rule, meaning} of thresholdRules)
    expect([rule, meaning]).toEqual([rule, expect.stringMatching(/^[A-Z].*\.$/)]);
});

test("thresholdRules have defaults within their range, and optional parameters last", () => {
  for (const {parameters} of thresholdRules) {
    for (const parameter of parameters) expect(isWithin(parameter, parameter.default)).toBe(true);
    const optional = parameters.map((parameter) => Number(parameter.optional ?? false));
    expect(optional).toEqual(optional.toSorted());
  }
});

test("declarationOf(rule) is undefined for other names", () => {
  expect(declarationOf("mad").name).toBe("Distance from the median");
  expect(declarationOf("toString" as string)).toBe(undefined);
});

test("isWithin(parameter, value) holds to open and closed bounds", () => {
  const [share] = declarationOf("quantile").parameters;
  const [least] = declarationOf("recall").parameters;
  const [deviations] = declarationOf("mad").parameters;
  expect([0, 0.5, 1, NaN].map((value) => isWithin(share!, value))).toEqual([false, true, false, false]);
  expect([0, 0.5, 1, 1.1].map((value) => isWithin(least!, value))).toEqual([false, true, true, false]);
  expect([-1, 0, 1e300, Infinity].map((value) => isWithin(deviations!, value))).toEqual([false, true, true, false]);
});

test("syntaxOf(declaration) spells rules for the command line’s help", () => {
  expect(thresholdRules.map(syntaxOf)).toEqual([
    "mad:DEVIATIONS",
    "quantile:SHARE",
    "fixed:VALUE",
    "alerts:PER-DAY",
    "tail:RATE",
    "valley",
    "youden",
    "top-left",
    "f-beta:BETA",
    "mcc",
    "cost:MISS:FALSE-ALARM[:PREVALENCE]",
    "recall:LEAST",
    "precision:LEAST"
  ]);
});
