import {join} from "node:path";
import {expect, test} from "vitest";
import {replay} from "../../../lib/node/sources/replay.js";
import {accessLine, accessLines, append, lines, Received, temporaryFolder} from "./received.js";

test("replay(paths) hands on all that is there and ends", async () => {
  const path = join(temporaryFolder(), "access.log");
  append(path, accessLines(1, 2) + accessLine(3).trimEnd());
  append(`${path}.1`, accessLines(0));
  const received = await new Received((now) => replay([path], {now})).start();
  expect(await received.settle()).toEqual(lines(1, 1, 2, 3));
  expect(received.source.state()).toMatchObject({status: "ended", records: 3, behind: 0});
});

test("replay(paths) lets lines pass when their time has come", async () => {
  const path = join(temporaryFolder(), "access.log");
  append(path, accessLines(0, 0, 30, 60, 60, 120));
  const received = await new Received((now) => replay([path], {speed: 60, now})).start();
  const passed: [number, string[]][] = [];
  for (let progress = ""; progress !== "ended"; received.clock += 250) {
    progress = await received.source.read(2 ** 16);
    const records = received.take();
    if (records.length > 0) passed.push([received.clock, records]);
  }
  expect(passed).toEqual([
    [0, ["1 /0", "2 /0"]],
    [500, ["3 /30"]],
    [1000, ["4 /60", "5 /60"]],
    [2000, ["6 /120"]]
  ]);
});

test("replay(paths) gives the same whatever the speed, and several logs in the order of their times", async () => {
  const folder = temporaryFolder();
  const [a, b, c] = [join(folder, "a.log"), join(folder, "b.log"), join(folder, "c.log")];
  append(a, `${accessLines(1, 2)}no request\n${accessLines(9, 10)}`);
  append(b, accessLines(3, 5, 7));
  append(c, accessLines(4, 6, 8, 11));
  const expected = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((n) => `/${n}`);
  for (const speed of [1, 1000, Number.POSITIVE_INFINITY]) {
    const received = await new Received((now) => replay([c, folder === a ? b : a, b], {speed, now})).start();
    const records: string[] = [];
    for (let progress = ""; progress !== "ended"; received.clock += 100) progress = await received.source.read(64);
    records.push(...received.take());
    expect(records.map((record) => record.split(" ")[1])).toEqual(expected);
  }
});

test("replay(paths) reads the files of a rotated log in their order, as it does those of a folder", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "access.log");
  append(`${path}.2`, accessLines(1, 2));
  append(`${path}.1`, accessLines(3));
  append(path, accessLines(4));
  const expected = [...lines(1, 1, 2), ...lines(1, 3), ...lines(1, 4)];
  for (const paths of [[path, `${path}.1`, `${path}.2`], [folder]]) {
    const received = await new Received((now) => replay(paths, {now})).start();
    expect(await received.settle()).toEqual(expected);
  }
});

test("replay(paths) refuses what is not there and what is no speed", async () => {
  const path = join(temporaryFolder(), "none.log");
  await expect(new Received(() => replay([path])).start()).rejects.toThrow(`${path}: no such file`);
  expect(() => replay([path], {speed: 0})).toThrow("invalid speed: 0");
});

test("replay(paths) says so where nothing could be read", async () => {
  const path = join(temporaryFolder(), "notes.txt");
  append(path, "Not a log, but a letter.\nIt has two lines.\n");
  const received = await new Received((now) => replay([path], {now})).start();
  expect(await received.settle()).toEqual([]);
  expect(received.source.state().fault).toBe("holds no requests or flows that can be read");
});
