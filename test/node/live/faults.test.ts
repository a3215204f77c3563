import {appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {changeKey} from "../../../lib/live/alert.js";
import {randomSource} from "../../../lib/random.js";
import {type Fate, FateOfLog} from "./faults/fateOfLog.js";
import {RestlessEddy} from "./faults/restlessEddy.js";
import {RunningEddy} from "./faults/runningEddy.js";
import {
  allRead,
  expectSame,
  folderOf,
  following,
  hasFaults,
  linesOfAlerts,
  patience,
  type Told,
  toldAfter,
  toldUndisturbed,
  watching
} from "./faults/told.js";
import {faultTraffic} from "./faults/traffic.js";
import {emptyFolder} from "./folders.js";

// What is tried is chosen by the seed; when processes are killed, by the speed of the machine, too.
const seed = Number(process.env.FAULT_SEED ?? 6);
const {contents} = faultTraffic(seed);

let lasting: {readonly eddy: RunningEddy; readonly folder: string};

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "eddy-lasting-"));
  lasting = {folder, eddy: new RunningEddy({folder, args: following, outlives: true})};
});

afterAll(async () => {
  await lasting.eddy.end("SIGKILL");
  rmSync(lasting.folder, {recursive: true});
});

it("the log that is followed undisturbed raises alerts by several models", async () => {
  const {events, state} = await undisturbed();
  expect(new Set(events.map(({alert}) => alert.id)).size).toBeGreaterThan(15);
  expect(new Set(events.map(({alert}) => alert.model)).size).toBeGreaterThan(1);
  expect(state.model.generation).toBeGreaterThan(2);
  expect(state.late).toBeGreaterThan(5);
  expect(state.sources[0]).toMatchObject({files: contents.length - 1, behind: 0, dropped: 0});
});

it("alerts are the same whatever becomes of the log and of eddy live", {timeout: 300_000}, async () => {
  const random = randomSource(seed, 1);
  const folder = emptyFolder();
  const log = new FateOfLog(folder, random);
  const eddy = new RestlessEddy(folder, following, randomSource(seed, 2));
  let at = 0;
  const part = (content: Buffer, end: number) => {
    const start = at;
    at = Math.min(content.length, end);
    return content.subarray(start, at);
  };
  for (const [i, content] of contents.entries()) {
    const within = () => at + Math.floor((content.length - at) * random());
    await log.write(part(content, within()));
    const isRestarted = i % 3 === 1;
    await log.vanish(part(content, at + 5000), async () => {
      if (isRestarted)
        await eddy.without(
          (running) => hasFaults(running, ["access.log: no such file"]),
          async () => {}
        );
    });
    await log.write(part(content, within()));
    const rest = part(content, content.length);
    const read = contents.slice(0, i + 1);
    at = 0;
    const fate = fates[i];
    if (fate === "rename" || fate === "copy and cut") await log.rotate(fate, rest);
    else await log.write(rest);
    if (fate === "remove")
      await eddy.without(
        (running) => allRead(running, read),
        () => log.rotate(fate)
      );
    if (fate === "cut") {
      await eddy.calmly(async (running) => {
        await allRead(running, read);
        await log.rotate(fate);
        // The first checkpoint may have been begun before.
        for (let checkpoint = 0; checkpoint < 2; ++checkpoint) {
          const {written} = (await running.state()).checkpoint!;
          await log.write(part(contents[i + 1]!, at + 1000));
          await expect.poll(async () => (await running.state()).checkpoint!.written, patience).not.toBe(written);
        }
      });
    }
  }
  log.close();
  const told = await toldAfter(await eddy.leave(), contents);
  expect(eddy.kills).toBeGreaterThan(3);
  const {events} = await undisturbed();
  expect(told.events.map(changeKey), `seed ${seed}`).toEqual(events.map(changeKey));
  expectSame(told, await undisturbed(), `seed ${seed}`);
});

it("what is cut before it could be read is counted", {timeout: 120_000}, async () => {
  const large = Buffer.concat(Array.from({length: 20}, () => contents[0]!));
  const folder = folderOf([Buffer.concat(Array.from({length: 8}, () => large))]);
  const eddy = await new RunningEddy({folder, args: following}).listening();
  const log = async () => (await eddy.state()).sources[0]!;
  await expect.poll(async () => (await log()).behind, {...patience, interval: 5}).toBeGreaterThan(0);
  eddy.signal("SIGSTOP");
  truncateSync(join(folder, "access.log"));
  appendFileSync(join(folder, "access.log"), contents[2]!);
  eddy.signal("SIGCONT");
  const read = async () => {
    const {bytes, dropped, behind} = await log();
    return {all: bytes + dropped, behind};
  };
  await expect.poll(read, patience).toEqual({all: 8 * large.length + contents[2]!.length, behind: 0});
  expect((await log()).dropped).toBeGreaterThan(0);
});

it.each(["max", "9000"])("a replay at speed %s gives the same alerts", {timeout: 120_000}, async (speed) => {
  const {events, state} = await undisturbed();
  const folder = folderOf(contents);
  const replaying = [...watching, "--replay", "--speed", speed, "--exit", "--alerts", "alerts.jsonl", "."];
  expect(await new RunningEddy({folder, args: replaying}).ended).toBe(0);
  const told = linesOfAlerts(folder);
  expect(told.slice(0, events.length)).toEqual(events);
  // Its end closes sessions, of which some are raised only then.
  const ends = told.slice(events.length);
  expect(ends.filter(({what}) => what === "closed")).toHaveLength(new Set(ends.map(({alert}) => alert.id)).size);
  expect(ends.filter(({what}) => what === "closed").length).toBeGreaterThanOrEqual(state.alerts.open);
});

// By now it has missed its log for a while.
it("a fault that has lasted for a minute is told to whoever asks for health", {timeout: 180_000}, async () => {
  const {eddy, folder} = lasting;
  await expect.poll(async () => (await eddy.get("/healthz")).status, {timeout: 90_000, interval: 500}).toBe(503);
  expect(await (await eddy.get("/healthz")).text()).toMatch(/^access\.log: no such file \(since .*Z\)\n$/);
  writeFileSync(join(folder, "access.log"), contents[0]!);
  await expect.poll(async () => (await eddy.get("/healthz")).text(), patience).toBe("ok\n");
});

// Of the generations but the last. Of a log that is cut or removed nothing is left, so that it must have been read before.
const fates: Fate[] = ["rename", "copy and cut", "rename", "rename", "cut", "remove", "copy and cut", "rename"];

let once: Promise<Told> | undefined;

function undisturbed(): Promise<Told> {
  once ??= toldUndisturbed(contents);
  return once;
}
