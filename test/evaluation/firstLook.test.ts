import {expect, test} from "vitest";
import {firstLook} from "../../lib/evaluation/firstLook.js";
import {chooseThreshold} from "../../lib/evaluation/threshold.js";

test.each([
  [1, 0.5],
  [12, 0.5],
  [169, 0.059],
  [1000, 0.01],
  [1_000_000, 0.01]
])("firstLook(%i) is the highest share of %f", (rows, share) => {
  expect(firstLook(rows)).toEqual({rule: "quantile", share});
  const score = Float64Array.from({length: rows}, (_, i) => (i + 1) / (rows + 1));
  const threshold = chooseThreshold(score, firstLook(rows), {});
  const flagged = score.filter((s) => s > threshold).length;
  if (rows > 1) expect(flagged).toBeGreaterThan(0);
  expect(flagged).toBeLessThanOrEqual(Math.ceil(rows * share) + 1);
});
