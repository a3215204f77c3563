import {expect, test} from "vitest";
import {confusionMatrix} from "../../lib/evaluation/confusionMatrix.js";
import {scoreLevels} from "../../lib/evaluation/scoreLevels.js";
import {validateCount, validateLengths} from "../../lib/evaluation/validate.js";

const readers = {
  scoreLevels,
  confusionMatrix: (label: number[], score: number[]) => confusionMatrix(label, score, 0)
};

test.each(Object.entries(readers))("%s(label, score) rejects invalid rows", (_, read) => {
  expect(() => read([0, 1, 0, 1], [1, 2, 3, 4, 5])).toThrow(new RangeError("expected 5 labels, got: 4"));
  expect(() => read([0, 1, NaN, 2], [1, 2, 3, 4])).toThrow(new RangeError("invalid label at row 3: 2"));
  expect(() => read([0, 0.5], [1, 2])).toThrow(new RangeError("invalid label at row 1: 0.5"));
  expect(() => read([0, 1, 1], [1, 2, NaN])).toThrow(new RangeError("invalid score at row 2: NaN"));
  expect(() => read([NaN, 1], [Infinity, 2])).toThrow(new RangeError("invalid score at row 0: Infinity"));
});

test.each(Object.entries(readers))("%s(label, score) reads typed arrays and changes nothing", (_, read) => {
  const label = Object.freeze([1, 0, NaN, 1, 0]) as number[];
  const score = Object.freeze([3, 1, 2, 5, 4]) as number[];
  const typed = read(
    Uint8Array.of(1, 0, 1, 0) as unknown as number[],
    Float32Array.of(3, 1, 5, 4) as unknown as number[]
  );
  expect(read(label, score)).toEqual(typeof typed === "object" && "unknown" in typed ? {...typed, unknown: 1} : typed);
});

test("validateLengths(label, score, what) names what there is too little or too much of", () => {
  validateLengths([1], [2]);
  expect(() => validateLengths([1], [], "scores")).toThrow(new RangeError("expected 0 scores, got: 1"));
});

test("validateCount(count, least, what) takes whole numbers from the least on", () => {
  for (const count of [2, 3, 1e15]) validateCount(count, 2, "points");
  for (const count of [1, 2.5, NaN, Infinity, -3, 2 ** 60]) {
    expect(() => validateCount(count, 2, "points")).toThrow(new RangeError(`invalid points: ${count}`));
  }
});
