import {expect, test} from "vitest";
import {growForest} from "../../lib/forest/growForest.js";
import {forestInTurns} from "../../src/components/forestInTurns.js";
import {features} from "../notebookOnLand.js";

test("forestInTurns(features, parameters, invalidation) is the forest grown at once, to the byte", async () => {
  for (const preset of ["paper", "sciforest"] as const) {
    const expected = growForest(features, {preset, trees: 40});
    const forest = await forestInTurns(features, expected.parameters, new Promise(() => {}));
    expect(new Uint8Array(forest.buffer)).toEqual(new Uint8Array(expected.buffer));
  }
});

test("forestInTurns(features, parameters, invalidation) never settles when it is invalidated", async () => {
  const {parameters} = growForest(features, {preset: "paper", trees: 40});
  const forest = forestInTurns(features, parameters, Promise.resolve());
  const later = new Promise((resolve) => setTimeout(resolve, 100, "nothing yet"));
  expect(await Promise.race([forest, later])).toBe("nothing yet");
});
