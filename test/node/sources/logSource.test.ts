import {
  chmodSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync
} from "node:fs";
import {dirname, join} from "node:path";
import {gzipSync} from "node:zlib";
import {expect, test} from "vitest";
import {type LogOptions, logSource} from "../../../lib/node/sources/logSource.js";
import {accessLine, accessLines, append, lines, Received, temporaryFolder} from "./received.js";

test("logSource(path) hands on lines as they are written, torn ones when they are whole", async () => {
  const {path, received} = await follow();
  expect(received.source.state()).toMatchObject({status: "waiting", records: 0});
  expect(await received.settle()).toEqual([]);
  expect(received.source.state()).toMatchObject({status: "waiting", fault: "no such file"});
  append(path, accessLines(1, 2));
  expect(await received.settle()).toEqual(lines(1, 1, 2));
  append(path, accessLine(3).slice(0, 20));
  expect(await received.settle()).toEqual([]);
  append(path, accessLine(3).slice(20) + accessLine(4));
  expect(await received.settle()).toEqual(lines(3, 3, 4));
  expect(received.source.state()).toMatchObject({status: "following", fault: null, records: 4, rejected: 0, behind: 0});
  expect(received.begun).toEqual([`${path} combined`]);
});

test("logSource(path) reads a renamed file to its end first, and what is written to it later", async () => {
  const {path, received} = await follow();
  append(path, accessLines(1, 2));
  await received.settle();
  append(path, accessLine(3));
  renameSync(path, `${path}.1`);
  append(`${path}.1`, accessLine(4));
  append(path, accessLines(6, 7));
  append(`${path}.1`, accessLine(5));
  expect(await received.settle()).toEqual([...lines(3, 3, 4, 5), ...lines(1, 6, 7)]);
  append(`${path}.1`, accessLine(8));
  append(path, accessLine(9));
  expect(await received.settle()).toEqual([...lines(6, 8), ...lines(3, 9)]);
});

test("logSource(path) reads on in the copy of a file that is cut", async () => {
  const {path, received} = await follow();
  append(path, accessLines(1, 2));
  await received.settle();
  append(path, accessLines(3, 4));
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  expect(await received.settle()).toEqual(lines(3, 3, 4));
  append(path, accessLines(5, 6, 7, 8, 9, 10));
  expect(await received.settle()).toEqual(lines(1, 5, 6, 7, 8, 9, 10));
  expect(received.source.state().dropped).toBe(0);
});

test("logSource(path) goes on in a file that is cut without a copy", async () => {
  const {path, received} = await follow();
  append(path, accessLines(1, 2));
  await received.settle();
  truncateSync(path);
  append(path, accessLines(3, 4, 5));
  expect(await received.settle()).toEqual(lines(1, 3, 4, 5));
  expect(received.source.state().dropped).toBe(0);
});

test("logSource(path) counts bytes that were cut before they were read", async () => {
  const {path, received} = await follow();
  const [before, after] = [accessLines(...Array(3000).keys()), accessLines(1, 2)];
  append(path, before);
  await received.source.read(1);
  truncateSync(path);
  append(path, after);
  expect((await received.settle()).slice(-2)).toEqual(lines(1, 1, 2));
  const {bytes, dropped, rejected} = received.source.state();
  expect(dropped).toBeGreaterThan(50_000);
  expect(bytes + dropped).toBe(before.length + after.length);
  // The line of which the cut has left a part.
  expect(rejected).toBe(1);
});

test.skipIf(process.getuid?.() === 0)(
  "logSource(path) says of a file that it may not read it, and goes on",
  async () => {
    const {path, received} = await follow();
    append(path, accessLines(1));
    chmodSync(path, 0);
    await received.settle();
    expect(received.source.state()).toMatchObject({
      status: "fault",
      fault: "cannot be read (EACCES)",
      since: expect.any(Number)
    });
    chmodSync(path, 0o600);
    expect(await received.settle()).toEqual(lines(1, 1));
    expect(received.source.state()).toMatchObject({status: "following", fault: null, since: null});
  }
);

test("logSource(path) finds the copy of a file that was cut before a restart", async () => {
  const {path, received} = await follow();
  append(path, accessLines(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14));
  await received.settle();
  received.save();
  append(path, accessLine(15));
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
  append(path, accessLines(16));
  await received.restart();
  expect(await received.settle()).toEqual([...lines(15, 15), ...lines(1, 16)]);
  received.save();
  // A copy that lacks what was read last is no other log.
  append(path, accessLines(...Array(20).keys()));
  await received.settle();
  received.save();
  writeFileSync(`${path}.1`, readFileSync(path).subarray(0, 1500));
  writeFileSync(path, accessLines(40));
  await received.restart();
  expect(await received.settle()).toEqual(lines(1, 40));
  expect(received.source.state()).toMatchObject({rejected: 0, dropped: 0});
});

test("logSource(path) goes on after a restart, whatever has become of its files meanwhile", async () => {
  const {path, received} = await follow();
  append(path, accessLines(1, 2));
  await received.settle();
  append(path, accessLine(3).slice(0, 30));
  await received.settle();
  received.save();
  append(path, accessLine(3).slice(30) + accessLine(4));
  renameSync(path, `${path}.1`);
  append(path, accessLines(5, 6));
  compress(`${path}.1`, `${path}.2.gz`);
  renameSync(path, `${path}.1`);
  append(path, accessLine(7));
  await received.restart();
  expect(await received.settle()).toEqual([...lines(3, 3, 4), ...lines(1, 5, 6), ...lines(1, 7)]);
  expect(received.source.state()).toMatchObject({records: 7, files: 3});
  received.save();
  await received.restart();
  expect(await received.settle()).toEqual([]);
});

test("logSource(path) reads predecessors first, or none of what is there", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "access.log");
  append(`${path}.3`, accessLines(1, 2));
  compress(`${path}.3`, `${path}.2.gz`);
  append(`${path}.1`, accessLines(3, 4));
  append(path, accessLines(5, 6));
  const all = await follow({}, path);
  expect(await all.received.settle()).toEqual([...lines(1, 1, 2), ...lines(1, 3, 4), ...lines(1, 5, 6)]);
  const some = await follow({from: "end"}, path);
  expect(await some.received.settle()).toEqual([]);
  some.received.save();
  append(path, accessLine(7));
  await some.received.restart();
  expect(await some.received.settle()).toEqual(lines(3, 7));
});

test("logSource(path) reads predecessors in the order of their names, though the first line of one is late", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "access.log");
  append(`${path}.3`, accessLines(1, 90));
  append(`${path}.2`, accessLines(100));
  append(`${path}.1`, accessLines(40, 200));
  append(path, accessLines(150, 300));
  const received = await new Received((now) => logSource(path, {now})).start();
  expect(await received.settle()).toEqual([
    ...lines(1, 1, 90),
    ...lines(1, 100),
    ...lines(1, 40, 200),
    ...lines(1, 150, 300)
  ]);
});

test("logSource(path) follows a link to where it leads, and reads what it led to before", async () => {
  const {path, received} = await follow();
  const day = (n: number) => join(dirname(path), `site-2026-11-2${n}.log`);
  append(day(6), accessLines(1));
  append(day(7), accessLines(2));
  symlinkSync(day(7), path);
  expect(await received.settle()).toEqual([...lines(1, 1), ...lines(1, 2)]);
  received.save();
  append(day(7), accessLine(3));
  append(day(8), accessLines(4));
  rmSync(path);
  symlinkSync(day(8), path);
  await received.restart();
  expect(await received.settle()).toEqual([...lines(2, 3), ...lines(1, 4)]);
});

test("logSource(path) takes a file that is deleted and made again", async () => {
  const {path, received} = await follow();
  append(path, accessLines(1, 2));
  await received.settle();
  rmSync(path);
  await received.settle();
  expect(received.source.state()).toMatchObject({status: "waiting", fault: "no such file"});
  writeFileSync(path, accessLines(3));
  expect(await received.settle()).toEqual(lines(1, 3));
  expect(received.source.state()).toMatchObject({status: "following", fault: null, since: null});
});

async function follow(options: LogOptions = {}, path = join(temporaryFolder(), "access.log")) {
  const received = await new Received((now) => logSource(path, {...options, now})).start();
  return {path, received};
}

function compress(from: string, to: string): void {
  writeFileSync(to, gzipSync(readFileSync(from)));
  rmSync(from);
}
