import {afterAll, expect, test} from "vitest";

// A page may refuse WebAssembly by its policy; nothing but the name must be needed to get the same bits.
const allowed = globalThis.WebAssembly;
Object.assign(globalThis, {WebAssembly: undefined});
afterAll(() => {
  Object.assign(globalThis, {WebAssembly: allowed});
});

test("scoreRows(forest, features) gives the same bits where WebAssembly is refused", async () => {
  const {growForest} = await import("../../../lib/forest/growForest.js");
  const {scoreRows} = await import("../../../lib/forest/scoreRows.js");
  const {instantiate} = await import("../../../lib/forest/kernel/instantiate.js");
  const {features} = await import("../../notebookOnLand.js");
  expect(instantiate()).toBeNull();
  for (const preset of ["paper", "extended", "sciforest"] as const) {
    const forest = growForest(features, {preset});
    const refused = scoreRows(forest, features);
    Object.assign(globalThis, {WebAssembly: allowed});
    expect(scoreRows({...forest}, features)).toEqual(refused);
    Object.assign(globalThis, {WebAssembly: undefined});
  }
});
