import {mkdirSync, renameSync, rmSync, symlinkSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {type AlertEvent, changeKey} from "../../../lib/live/alert.js";
import {randomSource} from "../../../lib/random.js";
import {FateOfLog} from "./faults/fateOfLog.js";
import {Receiver} from "./faults/receiver.js";
import {RunningEddy} from "./faults/runningEddy.js";
import {TinyDisk} from "./faults/tinyDisk.js";
import {folderOf, following, hasFaults, linesAfter, patience} from "./faults/told.js";
import {faultTraffic} from "./faults/traffic.js";
import {emptyFolder} from "./folders.js";

const [content] = faultTraffic(3, {hours: 2, generations: 1}).contents;
const part = (from: number, to: number) => content!.subarray(from * content!.length, to * content!.length);
const timeout = 180_000;

it("a log that is not there, a folder or unreadable is said to be so, also after a restart, and read on", {
  timeout
}, async () => {
  const folder = emptyFolder();
  const [path, aside] = [join(folder, "access.log"), join(folder, "aside")];
  let eddy = await new RunningEddy({folder, args: following}).listening();
  await hasFaults(eddy, ["access.log: no such file"]);
  expect((await eddy.state()).sources[0]!.status).toBe("waiting");
  const log = new FateOfLog(folder, randomSource(3));
  await log.write(part(0, 0.4), 1);
  await hasFaults(eddy, []);
  const troubles = [
    {fault: "cannot be read (ELOOP)", make: () => symlinkSync("access.log", path), isRestarted: false},
    {fault: "is a folder", make: () => mkdirSync(path), isRestarted: true}
  ];
  for (const [i, {fault, make, isRestarted}] of troubles.entries()) {
    renameSync(path, aside);
    make();
    await log.write(part(0.4 + 0.2 * i, 0.5 + 0.2 * i), 1);
    await hasFaults(eddy, [`access.log: ${fault}`]);
    if (isRestarted) {
      await eddy.end("SIGKILL");
      eddy = await eddy.again().listening();
    }
    await log.write(part(0.5 + 0.2 * i, 0.6 + 0.2 * i), 1);
    await hasFaults(eddy, [`access.log: ${fault}`]);
    expect((await eddy.state()).sources[0]!.status).toBe("fault");
    await expect.poll(() => eddy.said, patience).toContain(`access.log: ${fault}`);
    rmSync(path, {recursive: true});
    renameSync(aside, path);
    await hasFaults(eddy, []);
    await expect.poll(() => eddy.said, patience).toContain(`access.log: ${fault}: over`);
  }
  await log.write(part(0.8, 1), 1);
  expect(await linesAfter(eddy, [content!])).toEqual(await undisturbed());
});

const title = "a full disk is said, and nothing of what happens meanwhile is lost";
it.skipIf(!TinyDisk.isPossible())(title, {timeout}, async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, "state"));
  const disk = await TinyDisk.open(join(folder, "state"), 24);
  const log = new FateOfLog(folder, randomSource(4));
  const full = "cannot be written (ENOSPC: the disk is full)";
  let eddy = await new RunningEddy({folder, args: following, within: disk.within(folder)}).listening();
  await log.write(part(0, 0.2), 1);
  await expect.poll(async () => (await eddy.state()).checkpoint!.bytes, patience).toBeGreaterThan(0);
  disk.fill();
  await log.write(part(0.2, 0.3), 1);
  await hasFaults(eddy, [`checkpoint: state/checkpoint: ${full}`]);
  await eddy.end("SIGKILL");
  eddy = eddy.again();
  expect(await eddy.ended).toBe(1);
  expect(eddy.said.join()).toContain(full);
  disk.free();
  eddy = await eddy.again().listening();
  await log.write(part(0.3, 0.8), 1);
  await expect.poll(async () => (await eddy.state()).alerts.raised, patience).toBeGreaterThan(0);
  disk.fill();
  await log.write(part(0.8, 0.9), 1);
  const alerts = `state/events-0000000000000001.jsonl: ${full}`;
  await expect.poll(async () => (await eddy.state()).faults.map(({what}) => what), patience).toContain(alerts);
  disk.free();
  await hasFaults(eddy, []);
  await log.write(part(0.9, 1), 1);
  expect(await linesAfter(eddy, [content!])).toEqual(await undisturbed());
});

it("a webhook that is away, fails or falls silent hears of every alert in the end, in order", {timeout}, async () => {
  const folder = emptyFolder();
  const receiver = await new Receiver().listen();
  await receiver.close();
  const args = [...following, "--silence", "0", "--webhook", receiver.url];
  const log = new FateOfLog(folder, randomSource(5));
  let eddy = await new RunningEddy({folder, args}).listening();
  await log.write(part(0, 0.8), 1);
  const where = new URL(receiver.url).origin;
  await hasFaults(eddy, [`${where}: cannot be reached (ECONNREFUSED)`]);
  receiver.answers = 500;
  await receiver.listen();
  await hasFaults(eddy, [`${where}: answers (HTTP 500)`]);
  receiver.answers = null;
  const before = receiver.posts.length;
  await expect.poll(() => receiver.posts.length, patience).toBeGreaterThan(before);
  await eddy.end("SIGKILL");
  receiver.answers = 204;
  eddy = await eddy.again().listening();
  await log.write(part(0.8, 1), 1);
  const events = await linesAfter(eddy, [content!], async () => {
    const webhook = (await eddy.state()).outputs.find(({kind}) => kind === "webhook")!;
    return webhook.fault === null && webhook.waiting === 0;
  });
  const told = events.filter(({what}) => what !== "grew").map(changeKey);
  expect(receiver.taken.map(({id}) => id)).toEqual(told);
  expect(new Set(receiver.posts.map(({id}) => id))).toEqual(new Set(told));
  const bodies = new Map(receiver.posts.map(({id, body}) => [id, body]));
  for (const {id, body} of receiver.posts) expect(body).toBe(bodies.get(id));
  expect(events).toEqual(await undisturbed());
});

let once: Promise<readonly AlertEvent[]> | undefined;

/** What is told of the log when nothing happens to it. */
function undisturbed(): Promise<readonly AlertEvent[]> {
  once ??= (async () => {
    const eddy = await new RunningEddy({folder: folderOf([content!]), args: following}).listening();
    const lines = await linesAfter(eddy, [content!]);
    expect(lines.filter(({what}) => what === "raised").length).toBeGreaterThan(5);
    return lines;
  })();
  return once;
}
