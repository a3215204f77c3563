import {existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline";
import fc from "fast-check";
import {expect, it} from "vitest";
import {readCheckpoint, writeCheckpoint} from "../../../lib/node/live/checkpoint.js";
import {run} from "./children.js";
import {emptyFolder} from "./folders.js";

it("readCheckpoint(folder) is null where there has never been one", async () => {
  expect(await readCheckpoint(emptyFolder())).toBeNull();
  expect(await readCheckpoint(join(emptyFolder(), "none"))).toBeNull();
});

it("readCheckpoint(folder) gives back what was written, the newest", async () => {
  const folder = emptyFolder();
  const data = {
    map: new Map([["a", new Set([1, NaN])]]),
    array: Float64Array.of(1.5, -0),
    big: 10n ** 30n,
    none: undefined
  };
  const bytes = await writeCheckpoint(folder, data);
  expect(await readCheckpoint(folder)).toEqual({data, bytes, warnings: []});
  expect(readFileSync(join(folder, "checkpoint")).length).toBe(bytes);
  for (const number of [2, 3]) await writeCheckpoint(folder, number);
  expect((await readCheckpoint(folder))?.data).toBe(3);
  expect(readdirSync(folder).sort()).toEqual(["checkpoint", "checkpoint.previous"]);
});

it("writeCheckpoint(folder, data) takes the data at once, and one at a time", async () => {
  const folder = emptyFolder();
  const data = {count: 1};
  const written = writeCheckpoint(folder, data);
  data.count = 2;
  await expect(writeCheckpoint(folder, data)).rejects.toThrow(`checkpoint is being written: ${folder}`);
  await written;
  expect((await readCheckpoint(folder))?.data).toEqual({count: 1});
});

it("readCheckpoint(folder) falls back to the one before, whatever is damaged, and says so", async () => {
  const folder = emptyFolder();
  const [path, previous] = ["checkpoint", "checkpoint.previous"].map((name) => join(folder, name)) as [string, string];
  for (const number of [1, 2]) await writeCheckpoint(folder, {number, filling: "x".repeat(300)});
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.integer({min: 1, max: 255}),
      fc.boolean(),
      async (at, bits, isCut) => {
        const damaged = Buffer.from(whole);
        damaged[at]! ^= bits;
        writeFileSync(path, isCut ? whole.subarray(0, at) : damaged);
        const found = await readCheckpoint(folder);
        // Four bytes of the header mean nothing.
        if (!isCut && at >= 12 && at < 16) return;
        expect(found?.data).toMatchObject({number: 1});
        expect(found?.warnings.length).toBe(1);
        expect(found?.warnings[0]).toContain(`${path}: `);
      }
    ),
    {numRuns: 200}
  );
  writeFileSync(previous, "");
  await expect(readCheckpoint(folder)).rejects.toThrow(
    /checkpoint: .*; .*checkpoint\.previous: damaged; start with --fresh to forget what was learned/
  );
});

it("readCheckpoint(folder) does not believe lengths", async () => {
  const folder = emptyFolder();
  await writeCheckpoint(folder, 1);
  const path = join(folder, "checkpoint");
  const file = readFileSync(path);
  file.writeBigUInt64LE(2n ** 63n, 16);
  writeFileSync(path, file);
  await expect(readCheckpoint(folder)).rejects.toThrow(`${path}: damaged; start with --fresh`);
  truncateSync(path, 2 ** 40);
  await expect(readCheckpoint(folder)).rejects.toThrow(`${path}: damaged; start with --fresh`);
});

it("readCheckpoint(folder, options) refuses other options, and says which", async () => {
  const folder = emptyFolder();
  await writeCheckpoint(folder, 1, {pause: 30, features: ["a", "b"], forest: {trees: 5, seed: 1}, rows: undefined});
  const same = {forest: {seed: 1, trees: 5}, pause: 30, features: ["a", "b"]};
  expect((await readCheckpoint(folder, same))?.data).toBe(1);
  for (const [other, words] of [
    [{...same, pause: 10}, "pause was 30 and is 10"],
    [{...same, features: ["b", "a"]}, 'features was ["a","b"] and is ["b","a"]'],
    [{...same, rows: "flows"}, 'rows was not given and is "flows"'],
    [{pause: 30, features: ["a", "b"]}, 'forest was {"seed":1,"trees":5} and is not given']
  ] as const) {
    await expect(readCheckpoint(folder, other)).rejects.toThrow(`checkpoint: ${words}; start with the same, or`);
  }
});

it("writeCheckpoint(folder, data) names what cannot be written, and leaves the one before", async () => {
  const folder = emptyFolder();
  await writeCheckpoint(folder, 1);
  mkdirSync(join(folder, "checkpoint.part"));
  await expect(writeCheckpoint(folder, 2)).rejects.toThrow(/checkpoint: cannot be written \(EISDIR: is a folder\)$/);
  expect((await readCheckpoint(folder))?.data).toBe(1);
  await expect(writeCheckpoint(join(folder, "none"), 2)).rejects.toThrow("cannot be written (ENOENT: no such folder)");
});

it("readCheckpoint(folder) gives the last that was written, or a later one, after kills at any moment", async () => {
  const folder = emptyFolder();
  let last = 0;
  for (let kills = 0; kills < 3; ++kills) {
    const child = run("writeCheckpoints.ts", [folder, String(last + 1)]);
    let count = 0;
    for await (const line of createInterface(child.stdout!)) {
      last = Number(line);
      if (++count > 2 * kills) child.kill("SIGKILL");
    }
    const found = await readCheckpoint(folder);
    const {number, filling} = found!.data as {number: number; filling: Float64Array};
    expect(found!.warnings).toEqual([]);
    expect(number).toBeGreaterThanOrEqual(last);
    expect(filling.every((value) => value === number)).toBe(true);
    last = number;
  }
  expect(existsSync(join(folder, "checkpoint.previous"))).toBe(true);
});
