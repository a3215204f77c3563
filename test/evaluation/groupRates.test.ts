import fc from "fast-check";
import {expect, test} from "vitest";
import {groupRates} from "../../lib/evaluation/groupRates.js";
import {clopperPearson} from "../../lib/evaluation/interval.js";

test("groupRates(code, label, score, {of: 1}) is the recall of each group", () => {
  const rates = groupRates([0, 0, 1, 1, 1, 0], [1, 1, 1, 1, 0, 0], [3, 1, 3, 3, 3, 3], {of: 1, threshold: 2});
  expect(rates).toEqual([
    {group: 0, rows: 2, flagged: 1, rate: 0.5, ...clopperPearson(1, 2), differs: null},
    {group: 1, rows: 2, flagged: 2, rate: 1, ...clopperPearson(2, 2), differs: null}
  ]);
});

test("groupRates(code, label, score, {of: 0}) is the false-alarm rate of each group", () => {
  const rates = groupRates([4, 4, 9], [0, 0, 0], [1, 3, 2], {of: 0, threshold: 2});
  expect(rates.map(({group, rows, flagged}) => [group, rows, flagged])).toEqual([
    [4, 2, 1],
    [9, 1, 0]
  ]);
});

test("groupRates(…) puts rows of unknown group into one and leaves rows of unknown label out", () => {
  const rates = groupRates([-1, NaN, 0, 0], [0, 0, 0, NaN], [3, 1, 3, 3], {of: 0, threshold: 2});
  expect(rates.map(({group, rows, flagged}) => [group, rows, flagged])).toEqual([
    [-1, 2, 1],
    [0, 1, 1]
  ]);
});

test("groupRates(…) names a group that is punished, and none among equals", () => {
  const n = 1000;
  const code = Array.from({length: n}, (_, i) => i % 10);
  const label = new Float64Array(n);
  const punished = code.map((group, i) => Number(Math.floor(i / 10) % 20 === 0 || (group === 3 && i % 20 === 3)));
  const more = groupRates(code, label, punished, {of: 0, threshold: 0.5}).filter(({differs}) => differs === "more");
  expect(more.map(({group}) => group)).toEqual([3]);
  const even = code.map((_, i) => Number(Math.floor(i / 10) % 20 === 0));
  expect(groupRates(code, label, even, {of: 0, threshold: 0.5}).some(({differs}) => differs !== null)).toBe(false);
});

test("groupRates(…) counts every labelled row once", () => {
  const rows = fc.array(fc.tuple(fc.integer({min: -1, max: 4}), fc.constantFrom(0, 1, NaN), fc.integer({max: 5})));
  fc.assert(
    fc.property(rows, (table) => {
      const [code, label, score] = [0, 1, 2].map((i) => table.map((row) => row[i]!)) as [number[], number[], number[]];
      for (const of of [0, 1] as const) {
        const rates = groupRates(code, label, score, {of, threshold: 0});
        expect(rates.reduce((sum, {rows: n}) => sum + n, 0)).toBe(label.filter((y) => y === of).length);
      }
    })
  );
});

test("groupRates(…) rejects lengths that differ", () => {
  const rates = (label: number[], score: number[]) => () => groupRates([0], label, score, {of: 0, threshold: 0});
  expect(rates([0, 1], [1])).toThrow(new RangeError("expected 1 labels, got: 2"));
  expect(rates([0], [])).toThrow(new RangeError("expected 1 scores, got: 0"));
});
