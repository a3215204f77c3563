import {expect, test} from "vitest";
import {delongInterval} from "../../lib/evaluation/delong.js";
import {inversion} from "../../lib/evaluation/inversion.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {goldens} from "./goldens.js";

test("inversion(area, counts) names the golden that ranks the wrong way round, and no other", () => {
  for (const [name, {label, score}] of goldens) {
    const levels = scoreLevels(label, score);
    const words = inversion(delongInterval(levels), levels);
    if (name !== "inverted") expect(words, name).toBe(null);
    else {
      expect(words).toBe(
        "The score is inverted: a fake row outscores a genuine one in only 16.6 % of pairs, where chance gives 50 %. Taken the other way round, it would in 83.4 %."
      );
    }
  }
});

test("inversion(area, counts) does not take chance for inversion", () => {
  const many = {positives: 50, negatives: 500};
  expect(inversion({lower: 0.3, estimate: 0.45, upper: 0.6}, many)).toBe(null);
  expect(inversion({lower: NaN, estimate: NaN, upper: NaN}, {positives: 0, negatives: 9})).toBe(null);
  const never = {lower: 0, estimate: 0, upper: 0};
  expect(inversion(never, {positives: 1, negatives: 1})).toBe(null);
  expect(inversion(never, {positives: 1, negatives: 39})).toBe(null);
  expect(inversion(never, {positives: 1, negatives: 40})).toContain("in only 0 % of pairs");
  // C(7, 3) is 35, C(8, 4) is 70
  expect(inversion(never, {positives: 3, negatives: 4})).toBe(null);
  expect(inversion(never, {positives: 4, negatives: 4})).toContain("inverted");
});
