import {expect, test} from "vitest";
import {falseAlarmWords, thresholdWords} from "../../src/components/rateWords.js";

test("falseAlarmWords(share) says one in how many below 1 %", () => {
  expect(falseAlarmWords(1 - 0.996)).toBe("1 in 250 genuine rows flagged");
  expect(falseAlarmWords(1 / 4975)).toBe("1 in 4,975 genuine rows flagged");
  expect(falseAlarmWords(0.01)).toBe("false positive rate 1.0\u00a0%");
  expect(falseAlarmWords(1)).toBe("false positive rate 100.0\u00a0%");
  expect(falseAlarmWords(0)).toBe("no genuine row flagged");
});

test("thresholdWords(threshold) says what the infinite ones do", () => {
  expect([-Infinity, 0.5, Infinity].map(thresholdWords)).toEqual([
    "every row flagged",
    "threshold 0.500",
    "no row flagged"
  ]);
});
