import {expect, test} from "vitest";
import {growForest} from "../../lib/forest/growForest.js";
import {growMore} from "../../lib/forest/growMore.js";
import {joinForests} from "../../lib/forest/joinForests.js";
import {scoreRows} from "../../lib/forest/scoreRows.js";
import {sliceForest} from "../../lib/forest/sliceForest.js";
import {kinds} from "./kinds.js";
import {mixed} from "./mixedTable.js";

test.each(Object.entries(kinds))("joinForests(slices) gives the bytes of the whole forest: %s", (_, options) => {
  const whole = growForest(mixed, {...options, trees: 7});
  const parts = [sliceForest(whole, 0, 2), sliceForest(whole, 2, 3), sliceForest(whole, 3)];
  expect(new Uint8Array(joinForests(parts).buffer)).toEqual(new Uint8Array(whole.buffer));
});

test.each(Object.entries(kinds))(
  "growMore(forest, features, trees) goes on where the forest ended: %s",
  (_, options) => {
    const few = growForest(mixed, {...options, trees: 3});
    const many = growForest(mixed, {...options, trees: 8});
    expect(new Uint8Array(growMore(few, mixed, 5).buffer)).toEqual(new Uint8Array(many.buffer));
  }
);

test("a forest’s score is the mean of its slices’ in the exponent", () => {
  const whole = growForest(mixed, {preset: "paper", trees: 10});
  const [a, b] = [sliceForest(whole, 0, 5), sliceForest(whole, 5)].map((part) => scoreRows(part, mixed));
  for (const [i, s] of scoreRows(whole, mixed).entries()) expect(s).toBeCloseTo(Math.sqrt(a![i]! * b![i]!), 12);
});

test("sliceForest(forest, from, to) throws on trees that are not there", () => {
  const forest = growForest(mixed, {trees: 3});
  expect(() => sliceForest(forest, 0, 4)).toThrow("invalid trees: 0 to 4");
  expect(() => sliceForest(forest, 2, 2)).toThrow("invalid trees: 2 to 2");
  expect(() => sliceForest(forest, -1)).toThrow("invalid trees: -1 to 3");
  expect(() => growMore(forest, mixed, 0)).toThrow("invalid trees: 0");
});

test("joinForests(forests) throws on none, and on forests of other features or parameters", () => {
  const a = growForest({x: Float64Array.of(1, 2, 3)}, {trees: 2});
  const b = growForest({y: Float64Array.of(1, 2, 3)}, {trees: 2});
  const c = growForest({x: Float64Array.of(1, 2, 3)}, {trees: 2, metric: "density", penalizeRange: false});
  expect(() => joinForests([])).toThrow("expected forests of one kind, got: 0");
  expect(() => joinForests([a, b])).toThrow("expected forests of one kind, got: 2");
  expect(() => joinForests([a, c])).toThrow("expected forests of one kind, got: 2");
});

test("growMore(forest, features, trees) takes unknown categories as missing, and wants rows enough", () => {
  const agents = (values: string[]) => ({agent: {codes: Int32Array.of(0, 1, 0, 1), values}});
  const forest = growForest(agents(["a", "b"]), {preset: "paper", trees: 2});
  expect(growMore(forest, agents(["a", "z"]), 2).root).toHaveLength(5);
  const few = {agent: {codes: Int32Array.of(0), values: ["a"]}};
  expect(() => growMore(forest, few, 2)).toThrow("expected 4 rows to draw, got: 1");
});
