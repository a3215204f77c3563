import fc from "fast-check";
import {expect, test} from "vitest";
import type {Features} from "../../lib/forest/features.js";
import {growForest} from "../../lib/forest/growForest.js";
import type {ForestOptions} from "../../lib/forest/parameters.js";
import {scoreOfMean} from "../../lib/forest/scoreOfMean.js";
import {meanValues, scoreRows} from "../../lib/forest/scoreRows.js";
import {treeDepths} from "../../lib/forest/treeDepths.js";
import {treeLeaves} from "../../lib/forest/treeLeaves.js";
import {treeValues} from "../../lib/forest/treeValues.js";
import {everyKind, mixed, withoutMissing} from "./mixedFeatures.js";
import {tables} from "./tables.js";

test.each(everyKind)("treeValues(forest, features) have meanValues as their mean: %o", (options) => {
  for (const features of tablesFor(options)) {
    const forest = growForest(features, {trees: 20, ...options});
    const {rows, trees, values} = treeValues(forest, features);
    const expected = meanValues(forest, features);
    for (let row = 0; row < rows; ++row) {
      const sum = values.subarray(row * trees, (row + 1) * trees).reduce((a, b) => a + b);
      expect(sum / trees).toBeCloseTo(expected[row]!, 9);
    }
  }
});

test.each(everyKind)("scoreOfMean(parameters, mean) is the score to the bit: %o", (options) => {
  const features = tablesFor(options)[0]!;
  const forest = growForest(features, {trees: 20, ...options});
  const mean = meanValues(forest, features);
  expect(mean.map((v) => scoreOfMean(forest.parameters, v))).toEqual(scoreRows(forest, features));
});

test("treeDepths(forest, features) are the values of a forest that counts splits without a penalty", () => {
  fc.assert(
    fc.property(tables, fc.constantFrom(0, 1, 5), (features, maxDepth) => {
      const forest = growForest(features, {preset: "paper", trees: 10, maxDepth});
      const {values} = treeValues(forest, features);
      expect(treeDepths(forest, features).values).toEqual(values);
    })
  );
});

test("treeLeaves(forest, features) names leaves, and all rows of one leaf have its value", () => {
  for (const options of everyKind) {
    const features = withoutMissing(tablesFor(options)[0]!);
    const forest = growForest(features, {trees: 10, ...options, penalizeRange: false});
    const leaves = treeLeaves(forest, features);
    const {values, trees} = treeValues(forest, features);
    for (const [i, leaf] of leaves.entries()) {
      const node = forest.root[i % trees]! + leaf;
      expect(forest.child[node]).toBe(0);
      expect(values[i]).toBe(forest.threshold[node]);
    }
  }
});

test("treeLeaves(forest, features) throws where missing values divide a row", () => {
  const forest = growForest(mixed, {preset: "paper", trees: 10});
  expect(() => treeLeaves(forest, mixed)).toThrow(
    /^expected one leaf a tree, got several, for the missing values of row: \d+$/
  );
});

function tablesFor({missing}: ForestOptions): Features[] {
  return missing === "fail" ? [withoutMissing(mixed)] : [mixed, withoutMissing(mixed)];
}
