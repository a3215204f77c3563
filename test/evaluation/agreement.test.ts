import fc from "fast-check";
import {expect, test} from "vitest";
import {agreement, verdicts} from "../../lib/evaluation/agreement.js";
import {confusionStatistics} from "../../lib/evaluation/confusionStatistics.js";

const pairs = fc
  .array(fc.tuple(fc.constantFrom(0, 1), fc.constantFrom(0, 1), fc.constantFrom(0, 1, NaN)), {maxLength: 60})
  .map((rows) => ({
    first: rows.map(([a]) => a),
    second: rows.map(([, b]) => b),
    label: rows.map(([, , y]) => y)
  }));

test("agreement(first, second, label) counts rows by verdicts and label", () => {
  const found = agreement([1, 1, 1, 0, 0, 0], [1, 1, 0, 1, 0, 0], [1, 0, 1, NaN, 0, 0]);
  expect(found).toMatchObject({both: 2, onlyFirst: 1, onlySecond: 1, neither: 2, jaccard: 0.5});
  expect(found.fake).toEqual({both: 1, onlyFirst: 1, onlySecond: 0, neither: 0});
  expect(found.genuine).toEqual({both: 1, onlyFirst: 0, onlySecond: 0, neither: 2});
});

test("agreement(first, second) has Cohen’s kappa", () => {
  // R 4.2.2, caret 6.0-93: confusionMatrix(matrix(c(20, 10, 5, 15), 2))$overall["Kappa"]; also Cohen’s own example
  const first = [...ones(25), ...zeros(25)];
  const second = [...ones(20), ...zeros(5), ...ones(10), ...zeros(15)];
  expect(agreement(first, second).kappa).toBeCloseTo(0.4, 12);
});

test("agreement(first, second) has the kappa that caret gives when one of them is the label", () => {
  fc.assert(
    fc.property(pairs, ({first, second}) => {
      const {both, onlyFirst, onlySecond, neither, kappa} = agreement(first, second);
      expect(kappa).toEqual(confusionStatistics({tp: both, fp: onlyFirst, fn: onlySecond, tn: neither}).kappa);
    })
  );
});

test("agreement(first, second) does not care who is first", () => {
  fc.assert(
    fc.property(pairs, ({first, second, label}) => {
      const there = agreement(first, second, label);
      const back = agreement(second, first, label);
      expect([back.jaccard, back.kappa, back.both, back.neither]).toEqual([
        there.jaccard,
        there.kappa,
        there.both,
        there.neither
      ]);
      expect([back.onlyFirst, back.fake.onlySecond]).toEqual([there.onlySecond, there.fake.onlyFirst]);
      expect(there.both + there.onlyFirst + there.onlySecond + there.neither).toBe(first.length);
    })
  );
});

test("agreement(verdict, verdict) is full, and undefined where there is nothing to agree on", () => {
  expect(agreement([1, 0, 1], [1, 0, 1])).toMatchObject({jaccard: 1, kappa: 1});
  expect(agreement([1, 1], [1, 1])).toMatchObject({jaccard: 1, kappa: NaN});
  expect(agreement([0, 0], [0, 0])).toMatchObject({jaccard: NaN, kappa: NaN});
  expect(agreement([], [])).toMatchObject({both: 0, neither: 0, jaccard: NaN, kappa: NaN});
});

test("agreement(first, second, label) throws where lengths differ", () => {
  expect(() => agreement([1], [1, 0])).toThrow(RangeError);
  expect(() => agreement([1], [1], [1, 0])).toThrow(RangeError);
});

test("verdicts(score, threshold) flags what is greater", () => {
  expect([...verdicts([0.1, 0.5, 0.6], 0.5)]).toEqual([0, 0, 1]);
  expect([...verdicts([0.1], -Infinity)]).toEqual([1]);
  expect(() => verdicts([NaN], 0.5)).toThrow("invalid score at row 0: NaN");
  expect(() => verdicts([0.1], NaN)).toThrow("invalid threshold: NaN");
});

function ones(n: number): number[] {
  return new Array(n).fill(1);
}

function zeros(n: number): number[] {
  return new Array(n).fill(0);
}
