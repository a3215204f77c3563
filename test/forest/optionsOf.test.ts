import {expect, test} from "vitest";
import {optionsOf} from "../../lib/forest/optionsOf.js";
import {type ForestOptions, type PresetName, presets, resolveParameters} from "../../lib/forest/parameters.js";

test.each(Object.keys(presets) as PresetName[])(
  "optionsOf(parameters) names a preset that makes them: %s",
  (preset) => {
    const parameters = resolveParameters(20_000, 8, {preset});
    const options = optionsOf(parameters, 20_000, 8);
    expect(Object.keys(options)).toEqual(["preset"]);
    expect(resolveParameters(20_000, 8, options)).toEqual(parameters);
  }
);

test.each<[ForestOptions, ForestOptions]>([
  [
    {preset: "isotree", trees: 500, sampleSize: 256, seed: 1},
    {preset: "paper", trees: 500}
  ],
  [{preset: "paper", maxDepth: 8}, {preset: "paper"}],
  [
    {preset: "paper", maxDepth: 9, seed: 7},
    {preset: "paper", maxDepth: 9, seed: 7}
  ],
  [{preset: "paper", dims: 2}, {preset: "extended"}],
  [
    {preset: "paper", dims: 2, missing: "fail"},
    {preset: "extended", missing: "fail"}
  ],
  [
    {preset: "sciforest", penalizeRange: false, metric: "density"},
    {preset: "sciforest", penalizeRange: false, metric: "density"}
  ],
  [
    {preset: "paper", pooledGain: 0.5, averageGain: 0.5},
    {preset: "paper", pooledGain: 0.5, averageGain: 0.5}
  ]
])("optionsOf(parameters) of %o is %o", (given, expected) => {
  const parameters = resolveParameters(20_000, 8, given);
  const options = optionsOf(parameters, 20_000, 8);
  expect(options).toEqual(expected);
  expect(resolveParameters(20_000, 8, options)).toEqual(parameters);
});

test("optionsOf(parameters) holds for one row", () => {
  const parameters = resolveParameters(1, 1, {preset: "isotree"});
  expect(resolveParameters(1, 1, optionsOf(parameters, 1, 1))).toEqual(parameters);
});
