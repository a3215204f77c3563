import fc from "fast-check";
import {expect, test} from "vitest";
import {agreement} from "../../lib/evaluation/agreement.js";
import {alertStability} from "../../lib/evaluation/alertStability.js";

test("alertStability(runs) counts alerts of each run, and runs for each row", () => {
  const stability = alertStability([Uint8Array.of(1, 1, 0, 0), Uint8Array.of(1, 0, 1, 0), Uint8Array.of(1, 1, 0, 0)]);
  expect([...stability.alerts]).toEqual([2, 2, 2]);
  expect([...stability.timesFlagged]).toEqual([3, 2, 1, 0]);
  expect(stability).toMatchObject({always: 1, sometimes: 2});
  expect(stability.jaccard).toBeCloseTo((1 / 3 + 1 + 1 / 3) / 3, 14);
});

test("alertStability(runs) has the mean of agreement over the pairs that flag anything", () => {
  const runs = fc
    .tuple(fc.integer({min: 0, max: 20}), fc.integer({min: 2, max: 5}))
    .chain(([rows, count]) =>
      fc.array(fc.uint8Array({minLength: rows, maxLength: rows, max: 1}), {minLength: count, maxLength: count})
    );
  fc.assert(
    fc.property(runs, (runs) => {
      const shares = runs.flatMap((a, i) => runs.slice(i + 1).map((b) => agreement(a, b).jaccard));
      const known = shares.filter((share) => !Number.isNaN(share));
      const expected = known.reduce((sum, share) => sum + share, 0) / known.length;
      const {jaccard} = alertStability(runs);
      if (Number.isNaN(expected)) expect(jaccard).toBeNaN();
      else expect(jaccard).toBeCloseTo(expected, 12);
    })
  );
});

test("alertStability(runs) of one run, of silent runs and of none has no pairs to compare", () => {
  expect(alertStability([Uint8Array.of(1, 0)])).toMatchObject({always: 1, sometimes: 0, jaccard: NaN});
  expect(alertStability([new Uint8Array(3), new Uint8Array(3)])).toMatchObject({always: 0, sometimes: 0, jaccard: NaN});
  expect(alertStability([])).toMatchObject({always: 0, sometimes: 0, jaccard: NaN});
});

test("alertStability(runs) throws where lengths differ", () => {
  expect(() => alertStability([new Uint8Array(2), new Uint8Array(3)])).toThrow("expected 2 verdicts, got: 3");
});
