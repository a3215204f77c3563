import {expect, test} from "vitest";
import {counted, percent, probability} from "../../lib/evaluation/wording.js";

test("counted(count, nouns) uses the singular for one", () => {
  expect([0, 1, 27, 20_000].map((n) => counted(n, "fake sessions"))).toEqual([
    "0 fake sessions",
    "1 fake session",
    "27 fake sessions",
    "20,000 fake sessions"
  ]);
});

test("percent(share) rounds to one decimal, but never to 0 % or 100 % what is not", () => {
  const shares = [0.915094, 0.5, 1, 0, 0.9996, 0.99996, 0.00004, 1 - 1e-9, 29 / 100];
  expect(shares.map(percent)).toEqual([
    "91.5 %",
    "50 %",
    "100 %",
    "0 %",
    "99.96 %",
    "99.996 %",
    "0.004 %",
    "99.9999999 %",
    "29 %"
  ]);
  expect(percent(NaN)).toBe("undefined");
});

test("probability(p) never rounds to 0 or 1 what is not", () => {
  expect([0, 0.5509931, 1e-133, 0.0005, 0.9999, 1].map(probability)).toEqual([
    "0",
    "0.551",
    "below 0.001",
    "below 0.001",
    "above 0.999",
    "1"
  ]);
});
