import {expect, test} from "vitest";
import {delongInterval} from "../../lib/evaluation/delong.js";
import {inversion} from "../../lib/evaluation/inversion.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {goldens} from "./goldens.js";

test("inversion(area) names the golden that ranks the wrong way round, and no other", () => {
  for (const [name, {label, score}] of goldens) {
    const words = inversion(delongInterval(scoreLevels(label, score)));
    if (name !== "inverted") expect(words, name).toBe(null);
    else
      expect(words).toBe(
        "The score is inverted: a fake row outscores a genuine one in only 16.6 % of pairs, where chance gives 50 %. Taken the other way round, it would in 83.4 %."
      );
  }
});

test("inversion(area) does not take chance for inversion, but needs no interval for a score that is always wrong", () => {
  expect(inversion({lower: 0.3, estimate: 0.45, upper: 0.6})).toBe(null);
  expect(inversion({lower: NaN, estimate: 0, upper: NaN})).toContain("in only 0 % of pairs");
  expect(inversion({lower: NaN, estimate: NaN, upper: NaN})).toBe(null);
});
