import fc from "fast-check";
import {expect, test} from "vitest";
import {injectedRecall} from "../../lib/evaluation/injectedRecall.js";
import {clopperPearson} from "../../lib/evaluation/interval.js";

const unknown = Number.NaN;

test("injectedRecall(label, score, threshold) counts the injected and the real above the threshold", () => {
  const label = Float64Array.of(unknown, unknown, unknown, 0, 1, 1);
  const score = Float64Array.of(0.4, 0.4, 0.5, 0.7, 0.6, 0.5);
  expect(injectedRecall(label, score, 0.5)).toEqual({
    injected: 2,
    caught: 1,
    recall: 0.5,
    interval: clopperPearson(1, 2),
    real: 4,
    flagged: 1
  });
});

test("injectedRecall(label, score, threshold) has a recall of NaN where nothing was injected", () => {
  const {recall, injected, real} = injectedRecall(Float64Array.of(unknown, 0), Float64Array.of(0.5, 0.6), 0.5);
  expect({recall, injected, real}).toEqual({recall: Number.NaN, injected: 0, real: 2});
});

test("injectedRecall(label, score, threshold) leaves out no row", () => {
  const rows = fc.array(fc.tuple(fc.constantFrom(1, unknown), fc.double({min: 0, max: 1, noNaN: true})));
  fc.assert(
    fc.property(rows, fc.double({min: 0, max: 1, noNaN: true}), (rows, threshold) => {
      const label = Float64Array.from(rows, ([label]) => label);
      const score = Float64Array.from(rows, ([, score]) => score);
      const {caught, flagged, injected, real} = injectedRecall(label, score, threshold);
      expect(caught + flagged).toBe(score.filter((value) => value > threshold).length);
      expect(injected + real).toBe(rows.length);
    })
  );
});

test("injectedRecall(label, score, threshold) throws on other lengths", () => {
  expect(() => injectedRecall(Float64Array.of(1), Float64Array.of(1, 2), 0.5)).toThrow("expected 2 labels, got: 1");
});
