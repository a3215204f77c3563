import {readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {combined} from "../../../lib/formats/accessLog.js";
import {type AlertEvent, changeKey} from "../../../lib/live/alert.js";
import type {LiveState} from "../../../lib/live/liveState.js";
import {randomSource} from "../../../lib/random.js";
import {type Fate, FateOfLog} from "./faults/fateOfLog.js";
import {RestlessEddy} from "./faults/restlessEddy.js";
import {RunningEddy} from "./faults/runningEddy.js";
import {faultTraffic} from "./faults/traffic.js";
import {emptyFolder} from "./folders.js";

// What is tried is chosen by the seed; when processes are killed, by the speed of the machine, too.
const seed = Number(process.env.FAULT_SEED ?? 6);
const {contents} = faultTraffic(seed);
const watching =
  "--warm-up 100 --pause 5 --retrain 20 --threshold quantile:0.1 --no-places --no-site --port 0 --state state".split(
    " "
  );
const following = [...watching, ..."--tail access.log --checkpoint 0.2 --alerts alerts.jsonl".split(" ")];
const patience = {timeout: 120_000, interval: 100};

it("the log that is followed undisturbed raises alerts by several models", async () => {
  const {events, state} = await undisturbed();
  expect(new Set(events.map(({alert}) => alert.id)).size).toBeGreaterThan(30);
  expect(new Set(events.map(({alert}) => alert.model)).size).toBeGreaterThan(2);
  expect(state.model.generation).toBeGreaterThan(3);
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
      if (isRestarted) await eddy.without(missesLog, async () => {});
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
  const told = await toldAfter(await eddy.leave(), folder, contents);
  expect(eddy.kills).toBeGreaterThan(3);
  expectSame(told, await undisturbed());
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

// Of the generations but the last. Of a log that is cut or removed nothing is left, so that it must have been read before.
const fates: Fate[] = ["rename", "copy and cut", "rename", "rename", "cut", "remove", "copy and cut", "rename"];

interface Told {
  readonly events: readonly AlertEvent[];
  readonly lines: readonly AlertEvent[];
  readonly state: LiveState;
}

let once: Promise<Told> | undefined;

/** What is told of the log where nothing happens to it. */
function undisturbed(): Promise<Told> {
  once ??= (async () => {
    const folder = folderOf(contents);
    return toldAfter(await new RunningEddy({folder, args: following}).listening(), folder, contents);
  })();
  return once;
}

/** A folder of a log that was rotated. */
function folderOf(contents: readonly Buffer[]): string {
  const folder = emptyFolder();
  for (const [i, content] of [...contents].reverse().entries()) {
    writeFileSync(join(folder, `access.log${i === 0 ? "" : `.${i}`}`), content);
  }
  return folder;
}

/** All that is told when the log has been read, with the lines of the file of alerts. */
async function toldAfter(eddy: RunningEddy, folder: string, read: readonly Buffer[]): Promise<Told> {
  await allRead(eddy, read);
  // What has been read may not have been judged yet.
  expect(await eddy.end("SIGTERM")).toBe(0);
  const again = await new RunningEddy({folder, args: following}).listening();
  const [state, events] = [await again.state(), await again.events()];
  await again.end("SIGTERM");
  return {events, lines: linesOfAlerts(folder), state};
}

function linesOfAlerts(folder: string): AlertEvent[] {
  const lines = readFileSync(join(folder, "alerts.jsonl"), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

async function missesLog(eddy: RunningEddy): Promise<void> {
  const fault = {where: "access.log", what: "no such file", since: expect.any(Number)};
  await expect.poll(async () => (await eddy.state()).faults, patience).toEqual([fault]);
}

async function allRead(eddy: RunningEddy, read: readonly Buffer[]): Promise<void> {
  const lines = read.reduce((sum, content) => sum + linesIn(content), 0);
  await expect.poll(async () => linesOf(await eddy.state()), patience).toBe(lines);
}

function linesOf({sources: [source]}: LiveState): number {
  return source!.records + source!.rejected + source!.passedOver;
}

/** Lines of which a reader says anything. */
function linesIn(content: Buffer): number {
  let lines = 0;
  const count = () => void ++lines;
  const reader = combined.open({request: count, flow: count, packet: count, reject: count, passOver: count});
  reader.push(content);
  reader.end();
  return lines;
}

function expectSame(told: Told, other: Told): void {
  const words = `seed ${seed}`;
  expect(told.events.map(changeKey), words).toEqual(other.events.map(changeKey));
  expect(told.events, words).toEqual(other.events);
  expect(told.lines, words).toEqual(told.events);
  const {clock, records, late, open, alerts, model, minutes, watched, sources} = other.state;
  expect(told.state, words).toMatchObject({clock, records, late, open, alerts, model, minutes, watched, faults: []});
  const {rejected, rejects, passedOver} = sources[0]!;
  expect(told.state.sources[0], words).toMatchObject({rejected, rejects, passedOver, dropped: 0, behind: 0});
}
