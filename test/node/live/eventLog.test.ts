import {execFileSync} from "node:child_process";
import {once} from "node:events";
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline";
import fc from "fast-check";
import {expect, it, onTestFinished} from "vitest";
import type {AlertEvent} from "../../../lib/live/alert.js";
import {change, changes} from "./alerts.js";
import {run} from "./children.js";
import {emptyFolder} from "./folders.js";
import {openLog} from "./openLog.js";

it("EventLog of an empty folder holds nothing", async () => {
  const log = await openLog(join(emptyFolder(), "a", "b"));
  expect([log.first, log.last, log.settled]).toEqual([1, 0, 0]);
  expect([await log.after(0, 10), await log.before(10, 10), await log.find("0".repeat(16))]).toEqual([[], [], null]);
  expect(await log.append([])).toEqual([]);
});

it("EventLog.append(changes) counts from 1 and tells listeners in order", async () => {
  const log = await openLog(emptyFolder());
  const told: number[] = [];
  const end = log.subscribe(({sequence}) => told.push(sequence));
  const both = await Promise.all([log.append(changes(2)), log.append(changes(3, 3))]);
  expect(both.map((events) => events.map(({sequence}) => sequence))).toEqual([
    [1, 2],
    [3, 4, 5]
  ]);
  end();
  await log.append(changes(1, 6));
  expect(told).toEqual([1, 2, 3, 4, 5]);
  expect(await log.after(4, 10)).toEqual([
    {sequence: 5, ...change(5)},
    {sequence: 6, ...change(6)}
  ]);
});

it("EventLog gives what is after and before a sequence, whatever the files", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({min: 0, max: 7}), {maxLength: 12}),
      fc.integer({min: 1, max: 9}),
      fc.integer({min: 0, max: 60}),
      fc.integer({min: 1, max: 20}),
      async (batches, files, at, limit) => {
        const folder = emptyFolder();
        let log = await openLog(folder, {events: 30, files});
        let next = 1;
        for (const count of batches) {
          await log.append(changes(count, next));
          next += count;
        }
        for (const again of [false, true]) {
          if (again) log = await openLog(folder, {events: 30, files, covered: next - 1});
          expect([log.last, log.settled]).toEqual([next - 1, next - 1]);
          expect(log.last - log.first + 1).toBeLessThanOrEqual(30 + 7);
          const all = Array.from({length: next - log.first}, (_, i) => log.first + i);
          expect(await gather((sequence) => log.after(sequence, limit), at, 1)).toEqual(all.filter((s) => s > at));
          expect(await gather((sequence) => log.before(sequence, limit), at, -1)).toEqual(
            all.filter((s) => s < at).reverse()
          );
          expect((await log.after(at, limit)).length).toBeLessThanOrEqual(limit);
        }
        await log.close();
      }
    ),
    {numRuns: 40}
  );
});

it("EventLog keeps at most so many events and bytes, the newest", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder, {events: 100, files: 10});
  for (let i = 0; i < 50; ++i) await log.append(changes(5, 1 + 5 * i));
  expect([log.first, log.last, readdirSync(folder).length]).toEqual([151, 250, 10]);
  const small = await openLog(folder, {bytes: 20_000, covered: 250});
  for (let i = 0; i < 20; ++i) await small.append(changes(5, 1001 + 5 * i));
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  expect(bytes).toBeLessThan(25_000);
  expect(small.last).toBe(350);
});

it("EventLog.find(id) is an alert as of its latest change", async () => {
  const folder = emptyFolder();
  const log = await openLog(folder, {events: 40, files: 4});
  await log.append(changes(12));
  await log.append([change(7, "grew", {score: 0.8})]);
  await log.append(changes(12, 20));
  for (const opened of [log, await openLog(folder)]) {
    expect((await opened.find(change(7).alert.id))?.score).toBe(0.8);
    expect(await opened.find(change(8).alert.id)).toEqual(change(8).alert);
    expect([await opened.find("f".repeat(16)), await opened.find("../x")]).toEqual([null, null]);
  }
});

it("EventLog recognises changes that come again after a crash, also in pieces and twice the same", async () => {
  const folder = emptyFolder();
  const twice = [...changes(4), change(4), ...changes(3, 5)];
  await (await openLog(folder)).append(twice);
  const log = await openLog(folder, {covered: 2});
  const told: AlertEvent[] = [];
  log.subscribe((event) => told.push(event));
  expect([log.last, log.settled]).toEqual([8, 2]);
  expect(await log.append(twice.slice(2, 4))).toEqual([]);
  expect([log.last, log.settled]).toEqual([8, 4]);
  log.covered(4);
  const events = await log.append([...twice.slice(4), change(9)]);
  expect(events).toEqual([{sequence: 9, ...change(9)}]);
  expect([told, log.settled]).toEqual([events, 9]);
  expect(await log.append([change(9)])).toMatchObject([{sequence: 10}]);
});

it("EventLog awaits no longer what the traffic has left an hour behind", async () => {
  const folder = emptyFolder();
  await (await openLog(folder)).append(changes(3));
  const log = await openLog(folder, {covered: 1});
  await log.append(changes(1, 3600));
  expect(log.settled).toBe(1);
  await log.append(changes(1, 3602 + 1));
  expect([log.settled, log.last]).toEqual([2, 5]);
  await log.append(changes(1, 4000));
  expect([log.settled, log.last]).toEqual([6, 6]);
});

it("EventLog cuts off a torn line, and leaves out and tells of damaged ones", async () => {
  const folder = emptyFolder();
  await (await openLog(folder)).append(changes(4));
  const path = join(folder, readdirSync(folder)[0]!);
  const whole = readFileSync(path);
  for (const torn of [1, 100, 300]) {
    writeFileSync(path, whole);
    truncateSync(path, whole.length - torn);
    const log = await openLog(folder, {covered: 3});
    expect(log.last).toBe(3);
    expect(await log.append([change(4)])).toMatchObject([{sequence: 4}]);
    expect(readFileSync(path).equals(whole)).toBe(true);
  }
  const lines = whole.toString().split("\n");
  for (const bad of ["", "null", '{"sequence":2}', lines[0]!, lines[1]!.slice(0, -1), lines[1]!.replace("open", '"')]) {
    writeFileSync(path, [lines[0], bad, ...lines.slice(2)].join("\n"));
    const warnings: string[] = [];
    const log = await openLog(folder, {warn: (message) => warnings.push(message)});
    expect(warnings).toEqual([`${path}: 1 damaged line is left out`]);
    expect((await log.after(0, 10)).map(({sequence}) => sequence)).toEqual([1, 3, 4]);
    expect(await log.append(changes(4))).toMatchObject([{sequence: 5, alert: change(2).alert}]);
  }
  appendFileSync(path, Buffer.alloc(5000));
  expect((await openLog(folder)).last).toBe(5);
});

it("EventLog goes on after a checkpoint whose events are gone", async () => {
  const log = await openLog(emptyFolder(), {covered: 7});
  expect([log.first, log.last]).toEqual([8, 7]);
  expect(await log.append([change(1)])).toMatchObject([{sequence: 8}]);
});

it("EventLog goes on when its folder is removed", async () => {
  const folder = join(emptyFolder(), "state");
  const log = await openLog(folder);
  await log.append(changes(2));
  rmSync(folder, {recursive: true});
  expect([await log.after(0, 5), await log.find(change(1).alert.id)]).toEqual([[], null]);
  expect(await log.append(changes(1, 3))).toMatchObject([{sequence: 3}]);
  expect((await (await openLog(folder)).after(0, 5)).map(({sequence}) => sequence)).toEqual([3]);
});

it("EventLog.append(changes) writes all or nothing on a full disk, and goes on when there is room", async ({skip}) => {
  const folder = emptyFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], {stdio: "ignore"});
  } catch {
    skip("only root may mount");
  }
  onTestFinished(() => void execFileSync("umount", ["-l", folder]));
  mkdirSync(join(folder, "state"));
  writeFileSync(join(folder, "ballast"), Buffer.alloc(24_000));
  const log = await openLog(join(folder, "state"), {events: 100_000, files: 2000});
  let next = 1;
  let fault: Error | null = null;
  while (fault === null) {
    await log.append(changes(7, next)).then(
      () => {
        next += 7;
      },
      (error: Error) => {
        fault = error;
      }
    );
  }
  expect(fault).toMatchObject({name: "InputError"});
  expect(String(fault)).toMatch(/events-\d+\.jsonl: cannot be written \(ENOSPC: the disk is full\)$/);
  expect(next).toBeGreaterThan(7);
  await expect(log.append(changes(7, next))).rejects.toThrow("ENOSPC");
  expect(log.last).toBe(next - 1);
  const reader = await openLog(join(folder, "state"), {covered: next - 1});
  expect(reader.last).toBe(next - 1);
  rmSync(join(folder, "ballast"));
  expect(await log.append(changes(7, next))).toMatchObject([{sequence: next}, {}, {}, {}, {}, {}, {}]);
  expect(await gather((sequence) => log.after(sequence, 50), 0, 1)).toEqual(
    Array.from({length: next + 6}, (_, i) => i + 1)
  );
});

it("EventLog.append(changes) names a file that may not grow", {skip: process.platform === "win32"}, async () => {
  const folder = emptyFolder();
  const child = run("appendAlerts.ts", [folder, "300"], 16);
  let text = "";
  child.stdout!.on("data", (data) => {
    text += data;
  });
  await once(child, "close");
  expect(text).toMatch(/events-0{15}1\.jsonl: cannot be written \(EFBIG: files may not be that large\)\n$/);
  const log = await openLog(folder);
  expect(log.last % 3).toBe(0);
  expect(log.last).toBeGreaterThan(9);
});

it("EventLog holds each event once after kills at any moment", async () => {
  const folder = emptyFolder();
  const count = 300;
  const kills = [10, 30, 50];
  for (const most of [...kills, Number.POSITIVE_INFINITY]) {
    const child = run("appendAlerts.ts", [folder, String(count)]);
    let fresh = 0;
    for await (const line of createInterface(child.stdout!)) {
      if (line.endsWith(" 3") && ++fresh > most) child.kill("SIGKILL");
    }
  }
  const log = await openLog(folder, {covered: count});
  expect(log.last).toBe(count);
  const events: AlertEvent[] = [];
  for (let from = 0; from < count; from = events.at(-1)!.sequence) events.push(...(await log.after(from, 1000)));
  expect(events).toEqual(changes(count).map((changed, i) => ({sequence: i + 1, ...changed})));
});

async function gather(
  read: (sequence: number) => Promise<AlertEvent[]>,
  from: number,
  step: 1 | -1
): Promise<number[]> {
  const sequences: number[] = [];
  for (let at = from; ; ) {
    const events = await read(at);
    if (events.length === 0) return sequences;
    sequences.push(...events.map(({sequence}) => sequence));
    expect(Math.sign(events.at(-1)!.sequence - at)).toBe(step);
    at = events.at(-1)!.sequence;
  }
}
