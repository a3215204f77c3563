import {expect, test} from "vitest";
import {categoriesOf} from "../../lib/traffic/table.js";
import {differenceWords, realRecall} from "../../src/components/injectedAgainstReal.js";
import {rowsByVotes} from "../../src/components/votesChart.js";

const label = Float64Array.of(1, 1, 1, 0, Number.NaN, 1);
const score = Float64Array.of(0.9, 0.4, 0.8, 0.9, 0.9, 0.7);

test("realRecall(label, score, at) counts caught fakes by kind, and all of them last", () => {
  const kind = categoriesOf(["scan", "spam", "scan", "reader", "scan", null]);
  expect(realRecall(label, score, {threshold: 0.5, kind})).toEqual([
    {kind: "scan", fakes: 2, caught: 2},
    {kind: "spam", fakes: 1, caught: 0},
    {kind: "all fakes", fakes: 4, caught: 3}
  ]);
  expect(realRecall(label, score, {threshold: 0.5, kind: null})).toEqual([{kind: "all fakes", fakes: 4, caught: 3}]);
});

test("differenceWords(real, injected) says how far both are apart", () => {
  const real = [
    {kind: "scan", fakes: 2, caught: 2},
    {kind: "spam", fakes: 4, caught: 1},
    {kind: "all fakes", fakes: 6, caught: 3}
  ];
  const recalls = (entries: [string, number][]) => new Map(entries.map(([kind, recall]) => [kind, {recall}]));
  expect(
    differenceWords(
      real,
      recalls([
        ["scan", 0.9],
        ["spam", 0.5]
      ])
    )
  ).toContain("at most 25 points apart");
  expect(differenceWords(real, recalls([["scan", 0.99]]))).toContain("1 point apart");
  expect(differenceWords(real, recalls([["other", 1]]))).toContain("No injected kind is among them");
});

test("rowsByVotes(timesFlagged, forests) counts the rows that 1, 2, … forests flag", () => {
  expect(rowsByVotes(Uint32Array.of(0, 1, 3, 3, 2, 0), 3)).toEqual([1, 1, 2]);
  expect(rowsByVotes(new Uint32Array(), 2)).toEqual([0, 0]);
});
