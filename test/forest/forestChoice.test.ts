import {expect, test} from "vitest";
import {
  asBuilt,
  chosenFeatures,
  chosenOptions,
  chosenParameters,
  type ForestChoice,
  formatChoice,
  parseChoice,
  simplified
} from "../../lib/forest/forestChoice.js";

const own = {options: {preset: "paper", maxDepth: 5, seed: 3}, features: ["a", "b,c", "d=&"], rows: 1000} as const;

test.each<[string, ForestChoice]>([
  ["", {without: []}],
  ["forest=trees%3A300", {trees: 300, without: []}],
  [
    "forest=preset%3Afair-cut%2CsampleSize%3A64%2Cdims%3A3%2Cseed%3A0",
    {preset: "fair-cut", sampleSize: 64, dims: 3, seed: 0, without: []}
  ],
  ["without=b%2Cc&without=d%3D%26", {without: ["b,c", "d=&"]}]
])("formatChoice(choice) and parseChoice(query) agree on %s", (text, choice) => {
  expect(`${formatChoice(choice)}`).toBe(text);
  expect(parseChoice(new URLSearchParams(text), own)).toEqual({choice, ignored: []});
});

test.each([
  "forest=x",
  "forest=preset:none",
  "forest=preset:toString",
  "forest=trees:0",
  "forest=trees:1e9",
  "forest=trees:1001",
  "forest=trees:-1",
  "forest=trees:1.5",
  "forest=maxDepth:3",
  "forest=dims:0"
])("parseChoice(query) ignores %s", (text) => {
  const part = text.slice("forest=".length);
  expect(parseChoice(new URLSearchParams(text), own)).toEqual({choice: asBuilt, ignored: [part]});
});

test("parseChoice(query) keeps what else there is, and names features that there are none of", () => {
  expect(parseChoice(new URLSearchParams("forest=trees:-5,seed:7&without=z&without=a"), own)).toEqual({
    choice: {seed: 7, without: ["a"]},
    ignored: ["trees:-5", "without=z"]
  });
});

test("parseChoice(query) takes numbers by the preset, wherever it stands", () => {
  const divided = {...own, options: {preset: "paper", missing: "divide"}} as const;
  expect(parseChoice(new URLSearchParams("forest=dims:3,preset:extended"), divided)).toEqual({
    choice: {preset: "extended", dims: 3, without: []},
    ignored: []
  });
});

test("chosenOptions(choice) changes the experiment’s own, and another preset takes their place", () => {
  expect(chosenOptions(asBuilt, own)).toEqual(own.options);
  expect(chosenOptions({trees: 5, without: []}, own)).toEqual({preset: "paper", maxDepth: 5, seed: 3, trees: 5});
  expect(chosenOptions({preset: "rrcf", without: []}, own)).toEqual({preset: "rrcf", seed: 3});
});

test("chosenParameters(choice) depends on the features that are left", () => {
  expect(chosenParameters({preset: "extended", dims: 3, without: ["a"]}, own).dims).toBe(2);
  expect(chosenFeatures({without: ["a"]}, own)).toEqual(["b,c", "d=&"]);
  expect(() => chosenParameters({without: [...own.features]}, own)).toThrow("no features left");
});

test("simplified(choice) leaves out what would be so anyway", () => {
  expect(simplified({preset: "paper", trees: 100, sampleSize: 256, dims: 1, seed: 3, without: []}, own)).toEqual(
    asBuilt
  );
  expect(simplified({trees: 101, seed: 3, without: ["d=&", "a"]}, own)).toEqual({trees: 101, without: ["a", "d=&"]});
  expect(simplified({preset: "extended", dims: 2, without: []}, own)).toEqual({preset: "extended", without: []});
  expect(simplified({trees: 100, without: [...own.features]}, own)).toEqual({without: [...own.features]});
});
