import fc from "fast-check";
import {expect, test} from "vitest";
import {choosingHalf, reportedLabels} from "../../lib/evaluation/choosingHalf.js";
import {thresholdRules} from "../../lib/evaluation/thresholdRules.js";

const labels = fc.array(fc.constantFrom(0, 1, NaN), {maxLength: 200});

test("choosingHalf(label) has half of each class, one more of an odd number, and no unknown rows", () => {
  fc.assert(
    fc.property(labels, fc.nat(), (label, seed) => {
      const half = choosingHalf(label, {seed});
      expect(half.length).toBe(label.length);
      for (const y of [0, 1]) {
        const chosen = half.filter((h, row) => h === 1 && label[row] === y).length;
        expect(chosen).toBe(Math.ceil(label.filter((l) => l === y).length / 2));
      }
      expect(half.some((h, row) => h === 1 && Number.isNaN(label[row]!))).toBe(false);
    })
  );
});

test("choosingHalf(label, {seed}) is the same for the same seed and another for others", () => {
  const label = Array.from({length: 100}, (_, i) => i % 2);
  expect(choosingHalf(label)).toEqual(choosingHalf(label, {seed: 1}));
  expect(choosingHalf(label, {seed: 2})).not.toEqual(choosingHalf(label, {seed: 1}));
});

test("choosingHalf(label, {seed}) takes each row as often as others", () => {
  const label = [0, 1, 0, 1, 1, NaN, 0, 0, 1, 0, 1];
  const times = label.map(() => 0);
  for (let seed = 0; seed < 2000; ++seed) {
    for (const [row, h] of choosingHalf(label, {seed}).entries()) times[row]! += h;
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
      const half = choosingHalf(label);
      const kept = label.map((y, row) => (needs === "labels" && half[row] === 1 ? NaN : y));
      expect([...reported]).toEqual(kept);
    })
  );
});

test("reportedLabels(label, rule) changes nothing", () => {
  const label = Object.freeze([1, 0, 1, 0]);
  expect(reportedLabels(label, {rule: "fixed", value: 1})).toEqual(Float64Array.of(1, 0, 1, 0));
  expect(reportedLabels(label, {rule: "youden"}).filter((y) => !Number.isNaN(y)).length).toBe(2);
});

test("choosingHalf(label, {client}) keeps the rows of a client together", () => {
  const rows = fc.array(fc.tuple(fc.constantFrom(0, 1, NaN), fc.integer({min: -1, max: 12})), {maxLength: 200});
  fc.assert(
    fc.property(rows, fc.nat(), (table, seed) => {
      const [label, client] = [table.map(([y]) => y), table.map(([, code]) => code)];
      const half = choosingHalf(label, {client, seed});
      for (const code of new Set(client.filter((c) => c >= 0))) {
        const sides = half.filter((_, row) => client[row] === code && !Number.isNaN(label[row]!));
        expect(new Set(sides).size).toBeLessThanOrEqual(1);
      }
      const fakes = new Set(client.filter((code, row) => code >= 0 && label[row] === 1));
      const drawn = [...fakes].filter(
        (code) => half[client.findIndex((c, row) => c === code && label[row] === 1)] === 1
      );
      const single = label.filter((y, row) => y === 1 && client[row]! < 0).length;
      const drawnSingle = half.filter((h, row) => h === 1 && label[row] === 1 && client[row]! < 0).length;
      expect(drawn.length + drawnSingle).toBe(Math.ceil((fakes.size + single) / 2));
    })
  );
  expect(() => choosingHalf([1, 0], {client: [1]})).toThrow(RangeError);
});
