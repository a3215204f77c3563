import {execFileSync} from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync
} from "node:fs";
import {join} from "node:path";
import {createInterface} from "node:readline";
import {Writable} from "node:stream";
import fc from "fast-check";
import {expect, it, onTestFinished} from "vitest";
import {Delivery} from "../../../../lib/node/live/outputs/delivery.js";
import {jsonLine} from "../../../../lib/node/live/outputs/jsonLine.js";
import {JsonLines, JsonStream} from "../../../../lib/node/live/outputs/jsonLines.js";
import type {Output} from "../../../../lib/node/live/outputs/output.js";
import {change, changes} from "../alerts.js";
import {run} from "../children.js";
import {eventually} from "../eventually.js";
import {emptyFolder} from "../folders.js";
import {openLog} from "../openLog.js";

it("jsonLine(value) is JSON of the same value that no terminal can take for commands", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(0x24f), fc.nat(0xffff))), (units) => {
      const text = String.fromCharCode(...units, 0xdb40, 0xdc41, 0x202e);
      const line = jsonLine({text});
      expect(JSON.parse(line)).toEqual({text});
      expect(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line)).toBe(false);
    })
  );
});

it("JsonLines appends every event to a file, also those before it, and goes on where it ends", async () => {
  const {folder, path, log} = await place();
  await log.append(changes(3));
  let delivery = await open(new JsonLines(path), log, folder);
  await log.append([change(3, "grew"), change(3, "closed")]);
  await eventually(() => sequencesIn(path)).toEqual([1, 2, 3, 4, 5]);
  expect(readFileSync(path, "utf8").split("\n")[3]).toBe(JSON.stringify({sequence: 4, ...change(3, "grew")}));
  await delivery.close();
  // The file knows better than a cursor that was not saved any more.
  rmSync(join(folder, "outputs"), {recursive: true});
  await log.append(changes(2, 4));
  delivery = await open(new JsonLines(path), log, folder);
  await eventually(() => sequencesIn(path)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(delivery.state()).toMatchObject({kind: "file", name: path, sequence: 7});
});

it("JsonLines cuts off a torn line", async () => {
  for (const cut of [1, 20, 300, "all", "zeros"] as const) {
    const {folder, path, log} = await place();
    await log.append(changes(2));
    await (await open(new JsonLines(path), log, folder)).close();
    const whole = readFileSync(path);
    if (cut === "zeros") appendFileSync(path, Buffer.alloc(4096));
    else truncateSync(path, cut === "all" ? 17 : whole.length - cut);
    rmSync(join(folder, "outputs"), {recursive: true});
    await open(new JsonLines(path), log, folder);
    await eventually(() => readFileSync(path).equals(whole)).toBe(true);
  }
});

it("JsonLines refuses what is not its own, and leaves it as it is", async () => {
  const {folder, path, log} = await place();
  for (const text of [
    "GET /",
    "a\nb",
    "{}\n",
    "\n",
    '{"sequence":1}\n',
    '{"sequence":"x","alert":{}}\n{"sequence":1',
    "x".repeat(70_000)
  ]) {
    writeFileSync(path, text);
    await expect(open(new JsonLines(path), log, folder)).rejects.toThrow(
      `${path}: does not end with a line of an alert; name another file`
    );
    expect(readFileSync(path, "utf8")).toBe(text);
  }
  rmSync(path);
  mkdirSync(path);
  await expect(open(new JsonLines(path), log, folder)).rejects.toThrow(`${path}: is no file`);
  const nowhere = join(folder, "none", "alerts.jsonl");
  await expect(open(new JsonLines(nowhere), log, folder)).rejects.toThrow(
    `${nowhere}: cannot be written (ENOENT: no such folder)`
  );
});

it("JsonLines appends all of a log that was begun afresh to the file of the one before", async () => {
  const {folder, path, log} = await place();
  await log.append(changes(5));
  await (await open(new JsonLines(path), log, folder)).close();
  const fresh = await place();
  await fresh.log.append(changes(5, 100));
  await open(new JsonLines(path), fresh.log, fresh.folder);
  await eventually(() => sequencesIn(path)).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
});

it("JsonLines begins a file anew that is renamed or emptied, without a break", async () => {
  const {folder, path, log} = await place();
  let delivery = await open(new JsonLines(path), log, folder);
  await log.append(changes(2));
  await eventually(() => delivery.state().sequence).toBe(2);
  renameSync(path, `${path}.1`);
  await log.append(changes(2, 3));
  await eventually(() => delivery.state().sequence).toBe(4);
  expect([sequencesIn(`${path}.1`), sequencesIn(path)]).toEqual([
    [1, 2],
    [3, 4]
  ]);
  truncateSync(path);
  await log.append(changes(1, 5));
  await eventually(() => delivery.state().sequence).toBe(5);
  expect(sequencesIn(path)).toEqual([5]);
  await delivery.close();
  renameSync(path, `${path}.2`);
  delivery = await open(new JsonLines(path), log, folder);
  await log.append(changes(1, 6));
  await eventually(() => sequencesIn(path)).toEqual([6]);
});

it("JsonLines leaves no half of a line on a full disk, and goes on when there is room", async ({skip}) => {
  const {folder, log} = await place();
  const disk = emptyFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=48k", "tmpfs", disk], {stdio: "ignore"});
  } catch {
    skip("only root may mount");
  }
  onTestFinished(() => void execFileSync("umount", ["-l", disk]));
  writeFileSync(join(disk, "ballast"), Buffer.alloc(40_000));
  const path = join(disk, "alerts.jsonl");
  const delivery = await open(new JsonLines(path), log, folder);
  await log.append(changes(5));
  await eventually(() => delivery.state().delivered).toBe(5);
  await log.append(changes(25, 6));
  await eventually(() => delivery.state().fault).toBe(`${path}: cannot be written (ENOSPC: the disk is full)`);
  // While it is tried again, some lines stand there for a moment.
  await eventually(() => sequencesIn(path)).toEqual([1, 2, 3, 4, 5]);
  rmSync(join(disk, "ballast"));
  await eventually(() => delivery.state()).toMatchObject({sequence: 30, fault: null});
  expect(sequencesIn(path)).toEqual(Array.from({length: 30}, (_, i) => i + 1));
});

it("JsonLines holds each event once, whole, after kills at any moment", async () => {
  const folder = emptyFolder();
  const path = join(folder, "alerts.jsonl");
  const count = 280;
  for (const most of [80, 160, Number.POSITIVE_INFINITY]) {
    const child = run("tellFile.ts", [folder, path, String(count)]);
    for await (const line of createInterface(child.stdout!)) if (Number(line) > most) child.kill("SIGKILL");
  }
  expect(
    readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
  ).toEqual(changes(count).map((changed, i) => ({sequence: i + 1, ...changed})));
});

it("JsonStream writes lines to a stream, and says what is wrong with it", async () => {
  const {folder, log} = await place();
  let text = "";
  let fault: Error | null = Object.assign(new Error("no"), {code: "EIO"});
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      if (fault === null) text += chunk;
      done();
    }
  });
  const broken = new Writable({write: (_, __, done) => done(fault)}).on("error", () => {});
  const failing = await open(new JsonStream(broken), log, emptyFolder());
  fault = null;
  const delivery = await open(new JsonStream(stream), log, folder);
  await log.append(changes(2));
  await eventually(() => delivery.state().delivered).toBe(2);
  expect(
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line).sequence)
  ).toEqual([1, 2]);
  broken.destroy();
  await eventually(() => failing.state().sequence).toBe(2);
});

async function place() {
  const folder = emptyFolder();
  return {folder, path: join(folder, "alerts.jsonl"), log: await openLog(folder)};
}

async function open(output: Output, log: Awaited<ReturnType<typeof openLog>>, folder: string): Promise<Delivery> {
  const delivery = await Delivery.open(output, log, {folder, firstWait: 5, longestWait: 20});
  onTestFinished(() => delivery.close(0));
  return delivery;
}

function sequencesIn(path: string): number[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.slice(0, -1).map((line) => JSON.parse(line).sequence);
}
