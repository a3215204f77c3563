import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {compileKernel} from "../../../lib/node/compileKernel.js";

test("lib/forest/kernel/module.ts is what assembly.ts compiles to", async () => {
  expect(readFileSync("lib/forest/kernel/module.ts", "utf8")).toBe(await compileKernel());
});
