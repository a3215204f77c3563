import fc from "fast-check";
import {expect, test} from "vitest";
import {flagTop} from "../../lib/evaluation/flagTop.js";

test("flagTop(score, most) flags the rows of highest score", () => {
  const score = Float64Array.of(0.2, 0.9, 0.5, 0.7);
  expect([...flagTop(score, 0)]).toEqual([0, 0, 0, 0]);
  expect([...flagTop(score, 2)]).toEqual([0, 1, 0, 1]);
  expect([...flagTop(score, 4)]).toEqual([1, 1, 1, 1]);
  expect([...flagTop(score, 9)]).toEqual([1, 1, 1, 1]);
  expect(flagTop(new Float64Array(), 3)).toEqual(new Uint8Array());
});

test("flagTop(score, most) leaves out all that tie at the cut", () => {
  expect([...flagTop(Float64Array.of(0.5, 0.5, 0.5, 0.7), 2)]).toEqual([0, 0, 0, 1]);
  expect([...flagTop(Float64Array.of(0.5, 0.5), 1)]).toEqual([0, 0]);
});

test("flagTop(score, most) never flags more, nor a row below one that it spares", () => {
  const scores = fc.array(fc.integer({min: 0, max: 20}));
  fc.assert(
    fc.property(scores, fc.nat(30), (values, most) => {
      const score = Float64Array.from(values);
      const flagged = flagTop(score, most);
      const spared = score.filter((_, row) => flagged[row] === 0);
      expect(flagged.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(most);
      for (const value of score.filter((_, row) => flagged[row] === 1)) {
        expect(spared.every((other) => other < value)).toBe(true);
      }
    })
  );
});

test("flagTop(score, most) throws on what is no number of rows", () => {
  expect(() => flagTop(Float64Array.of(1), -1)).toThrow("invalid most: -1");
  expect(() => flagTop(Float64Array.of(1), 0.5)).toThrow("invalid most: 0.5");
  expect(() => flagTop(Float64Array.of(Number.NaN), 1)).toThrow("invalid score at row 0: NaN");
});
