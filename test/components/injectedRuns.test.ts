import {expect, test} from "vitest";
import {countAbove} from "../../lib/evaluation/countAbove.js";
import {chooseThreshold, type ThresholdRule} from "../../lib/evaluation/threshold.js";
import {injectedThreshold, mostReal} from "../../src/components/injectedRuns.js";
import {injectionJudge} from "../../src/components/injectionChart.js";

const score = Float64Array.from({length: 1000}, (_, row) => row / 1000);
const mad = {rule: "mad", deviations: 1} as const;

test("injectedThreshold(threshold, rows) follows the rule, and keeps what labels have chosen", () => {
  expect(thresholdOf(mad, {flagged: 10, rows: 1000})).toBe(chooseThreshold(score, mad));
  expect(thresholdOf({rule: "youden"}, {flagged: 10, rows: 1000})).toBe(0.5);
  expect(thresholdOf({rule: "valley"}, {flagged: 10, rows: 1000})).toBeNull();
});

test("injectedThreshold(threshold, rows) flags as great a share of a sample as a budget of alerts does of all rows", () => {
  const rows = 2 * mostReal;
  const alerts = {rule: "alerts", perDay: 1e9} as const;
  const flaggedOf = (flagged: number) => countAbove(score, thresholdOf(alerts, {flagged, rows})!);
  expect(flaggedOf(rows / 10)).toBe(100);
  expect(flaggedOf(rows - 1)).toBeGreaterThan(998);
  expect(flaggedOf(rows)).toBe(1000);
});

test("injectionJudge(thresholdFor) judges each run once, and has no cell where there is no threshold", () => {
  const run = {
    injection: {kind: "a", seed: 1},
    label: Float64Array.of(Number.NaN, 1),
    score: Float64Array.of(0.2, 0.8)
  };
  let calls = 0;
  const judge = injectionJudge(() => (++calls > 1 ? null : 0.5));
  expect(judge(run)).toMatchObject({kind: "a", strength: 1, recall: 1, real: 1, flagged: 0});
  expect(judge(run)).toMatchObject({recall: 1});
  expect(judge({...run})).toBeNull();
  expect(calls).toBe(2);
});

function thresholdOf(rule: ThresholdRule, {flagged, rows}: {flagged: number; rows: number}): number | null {
  const under = (score: Float64Array) => (rule.rule === "valley" ? null : chooseThreshold(score, rule));
  return injectedThreshold({rule, value: 0.5}, {flagged, rows, under})(score);
}
