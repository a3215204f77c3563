import {appendFileSync, copyFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {logSource} from "../../../lib/node/sources/logSource.js";
import {accessLines, Received, temporaryFolder} from "./received.js";

test.each([
  ["few", "before a restart", 3],
  ["few", "while it is not followed, and it goes on", 3],
  ["few", "while it is followed", 3],
  ["many", "before a restart", 40],
  ["many", "while it is not followed, and it goes on", 40],
  ["many", "while it is followed", 40]
])("a log of %s lines is followed, and no copy of it, made %s", async (_, when, n) => {
  for (const isSaved of [true, false]) {
    const folder = temporaryFolder();
    const path = join(folder, "access.log");
    const received = await new Received((now) => logSource(path, {now})).start();
    let written = 0;
    const write = () => appendFileSync(path, accessLines(...Array.from({length: n}, () => written++)));
    const copy = () => copyFileSync(path, `${path}.1`);
    write();
    const kept = await received.settle();
    if (isSaved) received.save();
    else kept.length = 0;
    if (when !== "while it is followed") copy();
    if (when === "while it is not followed, and it goes on") write();
    await received.restart();
    kept.push(...(await received.settle()));
    if (when === "while it is followed") copy();
    kept.push(...(await received.settle()));
    for (let i = 0; i < 2; ++i) {
      write();
      kept.push(...(await received.settle()));
    }
    expect(kept).toEqual(Array.from({length: written}, (_, i) => `${i + 1} /${i}`));
    expect(received.source.state()).toMatchObject({behind: 0, dropped: 0, more: []});
  }
});
