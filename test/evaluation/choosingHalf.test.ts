import fc from "fast-check";
import {expect, test} from "vitest";
import {choosingHalf, choosingLabels, reportedLabels} from "../../lib/evaluation/choosingHalf.js";
import {thresholdRules} from "../../lib/evaluation/thresholdRules.js";

const labels = fc.array(fc.constantFrom(0, 1, NaN), {maxLength: 200});

test("choosingHalf(label) has half of each class, one more of an odd number, and no unknown rows", () => {
  fc.assert(
    fc.property(labels, fc.nat(), (label, seed) => {
      const half = choosingHalf(label, seed);
      expect(half.length).toBe(label.length);
      for (const y of [0, 1]) {
        const chosen = half.filter((h, row) => h === 1 && label[row] === y).length;
        expect(chosen).toBe(Math.ceil(label.filter((l) => l === y).length / 2));
      }
      expect(half.some((h, row) => h === 1 && Number.isNaN(label[row]!))).toBe(false);
    })
  );
});

test("choosingHalf(label, seed) is the same for the same seed and another for others", () => {
  const label = Array.from({length: 100}, (_, i) => i % 2);
  expect(choosingHalf(label)).toEqual(choosingHalf(label, 1));
  expect(choosingHalf(label, 2)).not.toEqual(choosingHalf(label, 1));
});

test("choosingHalf(label, seed) takes each row as often as others", () => {
  const label = [0, 1, 0, 1, 1, NaN, 0, 0, 1, 0, 1];
  const times = label.map(() => 0);
  for (let seed = 0; seed < 2000; ++seed) {
    for (const [row, h] of choosingHalf(label, seed).entries()) times[row]! += h;
  }
  // Six standard deviations of 2,000 draws of three in five
  for (const [row, y] of label.entries()) {
    if (Number.isNaN(y)) expect(times[row]).toBe(0);
    else expect(Math.abs(times[row]! - 1200)).toBeLessThan(140);
  }
});

test("choosingHalf(label) is defined without rows and rejects other labels", () => {
  expect(choosingHalf([])).toEqual(new Uint8Array(0));
  expect([...choosingHalf([1, NaN, 0])]).toEqual([1, 0, 1]);
  expect(() => choosingHalf([1, 2])).toThrow(new RangeError("invalid label at row 1: 2"));
});

test("reportedLabels(label, rule) leaves out what the rule has chosen by", () => {
  fc.assert(
    fc.property(labels, fc.constantFrom(...thresholdRules), (label, {rule, needs}) => {
      const reported = reportedLabels(label, {rule} as Parameters<typeof reportedLabels>[1]);
      const chosen = needs === "labels" ? choosingLabels(label) : label.map(() => NaN);
      for (const [row, y] of label.entries()) {
        const both = [reported[row]!, chosen[row]!];
        expect(both.filter((l) => !Number.isNaN(l))).toEqual(Number.isNaN(y) ? [] : [y]);
      }
    })
  );
});

test("reportedLabels(label, rule) changes nothing", () => {
  const label = Object.freeze([1, 0, 1, 0]);
  expect(reportedLabels(label, {rule: "fixed", value: 1})).toEqual(Float64Array.of(1, 0, 1, 0));
  expect(reportedLabels(label, {rule: "youden"}).filter((y) => !Number.isNaN(y)).length).toBe(2);
});
