import {expect, test} from "vitest";
import {formatP, rankingWords} from "../../src/components/rankingWords.js";

const difference = {estimate: 0.0121, lower: 0.002, upper: 0.0222};
const pair = {statistic: 2, auc: [0.98, 0.968] as [number, number], pValue: 0.03, difference};

test("rankingWords(first, second, test) says who ranks better, by how much, and how sure", () => {
  expect(plain(rankingWords("paper", "auto", pair))).toBe(
    "paper ranks better than auto by 0.012 (0.002 to 0.022), p = 0.030."
  );
  const turned = {...pair, difference: {estimate: -0.0121, lower: -0.0222, upper: -0.002}};
  expect(rankingWords("auto", "paper", turned)).toBe(rankingWords("paper", "auto", pair));
});

test("rankingWords(first, second, test, adjusted) lets the adjusted p-value decide", () => {
  expect(plain(rankingWords("A", "B", pair, {pValue: 0.09, of: 3}))).toBe(
    "Between A and B no difference that these rows can show: 0.012 (0.002 to 0.022), p = 0.030, p = 0.090 as one of 3."
  );
});

test("rankingWords(first, second, test) says that rankings are equal, and that rows are too few", () => {
  const zero = {estimate: 0, lower: 0, upper: 0};
  expect(rankingWords("A", "B", {...pair, pValue: 1, difference: zero})).toBe(
    "A and B rank fake above genuine equally well."
  );
  const unknown = {estimate: 0.1, lower: NaN, upper: NaN};
  expect(rankingWords("A", "B", {...pair, pValue: NaN, difference: unknown})).toBe(
    "Too few rows are fake, or genuine, to tell A and B apart."
  );
});

test("formatP(p) never rounds to 0", () => {
  expect([0, 0.0004, 0.0321, 0.0996, 0.41, 1].map((p) => plain(formatP(p)))).toEqual([
    "p < 0.001",
    "p < 0.001",
    "p = 0.032",
    "p = 0.10",
    "p = 0.41",
    "p = 1.00"
  ]);
});

function plain(text: string): string {
  return text.replaceAll("\u00a0", " ");
}
