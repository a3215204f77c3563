import {expect, test} from "vitest";
import {growForest} from "../../lib/forest/growForest.js";
import {isolationPath} from "../../lib/forest/isolationPath.js";
import {treeDepths} from "../../lib/forest/treeDepths.js";
import {treeLeaves} from "../../lib/forest/treeLeaves.js";
import {treeValues} from "../../lib/forest/treeValues.js";
import {everyKind, mixed, withoutMissing} from "./mixedFeatures.js";

const complete = withoutMissing(mixed);

test.each(everyKind)(
  "isolationPath(forest, tree, features, row) ends in the row’s leaf with its value: %o",
  (options) => {
    const forest = growForest(complete, {trees: 5, ...options});
    const leaves = treeLeaves(forest, complete);
    const {values, rows} = treeValues(forest, complete);
    const depths = treeDepths(forest, complete).values;
    for (let row = 0; row < rows; row += 7) {
      for (let tree = 0; tree < 5; ++tree) {
        const {steps, leaf, value, depth, size} = isolationPath(forest, tree, complete, row);
        expect(leaf - forest.root[tree]!).toBe(leaves[row * 5 + tree]);
        expect(value).toBe(values[row * 5 + tree]);
        expect(depth).toBe(depths[row * 5 + tree]);
        expect(steps.at(-1)?.sizeAfter ?? size).toBe(size);
        for (const [i, step] of steps.entries()) {
          expect(step.share).toBe(1);
          expect(step.side).toBe(step.sum <= step.threshold ? "left" : "right");
          expect(step.features).toHaveLength(step.weights.length);
          expect(step.weights.reduce((sum, weight, d) => sum + weight * step.values[d]!, 0)).toBeCloseTo(step.sum, 9);
          expect(step.sizeAfter).toBeLessThan(step.sizeBefore);
          expect(step.sizeBefore).toBe(i === 0 ? forest.size[forest.root[tree]!] : steps[i - 1]!.sizeAfter);
        }
      }
    }
  }
);

test("isolationPath(forest, tree, features, row) names the categories on the row’s side", () => {
  const c = {codes: Int32Array.from({length: 60}, (_, i) => i % 3), values: ["a", "b", "c"]};
  const forest = growForest({c}, {preset: "paper", trees: 10});
  for (let tree = 0; tree < 10; ++tree) {
    for (const {categories} of isolationPath(forest, tree, {c}, 1).steps) {
      expect(categories![0]).toBe("b");
      expect(categories!.length).toBeLessThan(3);
    }
  }
});

test("isolationPath(forest, tree, features, row) follows the larger part of a divided row", () => {
  const forest = growForest(mixed, {preset: "paper", trees: 5});
  for (let tree = 0; tree < 5; ++tree) {
    const {steps} = isolationPath(forest, tree, mixed, 3);
    for (const {sum, share, features} of steps) {
      expect(Number.isNaN(sum)).toBe(features[0] === "x");
      expect(share).toBeGreaterThanOrEqual(0.5);
      expect(share < 1).toBe(Number.isNaN(sum));
    }
  }
});

test("isolationPath(forest, tree, features, row) has no step where nothing could be split", () => {
  const x = new Float64Array(4).fill(2);
  const {steps, size, depth} = isolationPath(growForest({x}, {preset: "paper", trees: 1}), 0, {x}, 2);
  expect({steps, size}).toEqual({steps: [], size: 4});
  expect(depth).toBeCloseTo(13 / 6, 12);
});

test("isolationPath(forest, tree, features, row) throws on a tree or row that is not there", () => {
  const x = Float64Array.of(1, 2);
  const forest = growForest({x}, {preset: "paper", trees: 2});
  expect(() => isolationPath(forest, 2, {x}, 0)).toThrow("invalid tree: 2");
  expect(() => isolationPath(forest, 0, {x}, 2)).toThrow("invalid row: 2");
});
