import {mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {folderSource} from "../../../lib/node/sources/folderSource.js";
import {accessLine, accessLines, append, lines, Received, temporaryFolder} from "./received.js";

test("folderSource(path) follows each log, in the order of their times, and those that appear", async () => {
  const {folder, received} = await follow();
  append(join(folder, "a.log"), accessLines(1, 4, 5));
  append(join(folder, "b.log"), accessLines(2, 3, 6));
  expect(targets(await received.settle())).toEqual(["/1", "/2", "/3", "/4", "/5", "/6"]);
  append(join(folder, "c.log"), accessLines(7));
  append(join(folder, "a.log"), accessLines(8));
  expect(targets(await received.settle())).toEqual(["/7", "/8"]);
  expect(received.begun.slice(-2)).toEqual([`${folder}/c.log combined`, `${folder}/a.log combined`]);
  expect(received.source.state()).toMatchObject({status: "following", fault: null, files: 3, records: 8});
});

test("folderSource(path) takes rotated files for predecessors, and goes on after a restart", async () => {
  const {folder, received} = await follow();
  append(join(folder, "a.log.1"), accessLines(1, 2));
  append(join(folder, "a.log"), accessLines(3));
  append(join(folder, "b-20261127.log"), accessLines(4));
  expect((await received.settle()).sort()).toEqual(["1 /1", "1 /3", "1 /4", "2 /2"]);
  received.save();
  renameSync(join(folder, "a.log.1"), join(folder, "a.log.2"));
  append(join(folder, "a.log"), accessLine(5));
  renameSync(join(folder, "a.log"), join(folder, "a.log.1"));
  append(join(folder, "b-20261128.log"), accessLines(6));
  append(join(folder, "a.log"), accessLines(7));
  await received.restart();
  expect((await received.settle()).sort()).toEqual(["1 /6", "1 /7", "2 /5"]);
  expect(received.source.state()).toMatchObject({files: 5, records: 7});
});

test("folderSource(path) reads of what is there only what comes, of what appears all", async () => {
  const folder = temporaryFolder();
  append(join(folder, "a.log"), accessLines(1, 2));
  const received = await new Received((now) => folderSource(folder, {from: "end", now})).start();
  expect(await received.settle()).toEqual([]);
  append(join(folder, "a.log"), accessLines(3));
  append(join(folder, "b.log"), accessLines(4));
  expect(await received.settle()).toEqual([...lines(3, 3), ...lines(1, 4)]);
});

test("folderSource(path) passes over what is no log, and says so where there is nothing else", async () => {
  const {folder, received} = await follow();
  writeFileSync(join(folder, "README.md"), "This is not a log but a text.\nIt goes on for a while, as texts do.\n");
  writeFileSync(join(folder, "empty.log"), "");
  mkdirSync(join(folder, "old"));
  symlinkSync("a.log", join(folder, "current.log"));
  expect(await received.settle()).toEqual([]);
  expect(received.source.state().fault).toMatch(/README.md looks like text .*, which Eddy does not read$/);
  append(join(folder, "a.log"), accessLines(1));
  expect(await received.settle()).toEqual(lines(1, 1));
  expect(received.source.state()).toMatchObject({status: "following", fault: null});
});

test("folderSource(path) follows at most 256 logs, says so, and takes others when some are gone", async () => {
  const {folder, received} = await follow();
  for (let i = 0; i < 258; ++i) append(join(folder, `${1000 + i}.log`), accessLines(i));
  expect(await received.settle()).toHaveLength(256);
  expect(received.source.state().fault).toBe("holds 258 logs, of which 256 are followed");
  for (let i = 0; i < 5; ++i) rmSync(join(folder, `${1000 + i}.log`));
  expect((await received.settle()).sort()).toEqual(["1 /256", "1 /257"]);
  expect(received.source.state()).toMatchObject({status: "following", fault: null});
});

test("folderSource(path) waits for a folder, and says when it is gone", async () => {
  const folder = join(temporaryFolder(), "later");
  const received = await new Received((now) => folderSource(folder, {now})).start();
  await received.settle();
  expect(received.source.state()).toMatchObject({status: "waiting", fault: "no such file"});
  mkdirSync(folder);
  append(join(folder, "a.log"), accessLines(1));
  expect(await received.settle()).toEqual(lines(1, 1));
  rmSync(folder, {recursive: true});
  await received.settle();
  expect(received.source.state()).toMatchObject({status: "waiting", fault: "no such file"});
});

test("folderSource(path) says that it is no folder as long as a file stands in its place", async () => {
  const {folder, received} = await follow();
  append(join(folder, "a.log"), accessLines(1));
  await received.settle();
  renameSync(folder, `${folder}-moved`);
  writeFileSync(folder, accessLines(2));
  utimesSync(folder, 0, 0);
  for (let i = 0; i < 3; ++i) {
    expect(await received.settle()).toEqual([]);
    expect(received.source.state()).toMatchObject({status: "fault", fault: "is no folder"});
  }
  rmSync(folder);
  renameSync(`${folder}-moved`, folder);
  append(join(folder, "a.log"), accessLines(3));
  expect(await received.settle()).toEqual(lines(2, 3));
  expect(received.source.state()).toMatchObject({status: "following", fault: null});
});

async function follow() {
  const folder = temporaryFolder();
  const received = await new Received((now) => folderSource(folder, {now})).start();
  return {folder, received};
}

function targets(records: readonly string[]): string[] {
  return records.map((record) => record.split(" ")[1]!);
}
