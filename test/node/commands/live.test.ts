import {spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {expect, it, onTestFinished} from "vitest";
import {checkLiveOptions, type LiveOptions} from "../../../lib/node/live/liveOptions.js";
import {watchOptions} from "../../../lib/node/live/watchOptions.js";
import {UsageError} from "../../../lib/node/usageError.js";
import {eventually} from "../live/eventually.js";
import {RunningEddy} from "../live/faults/runningEddy.js";
import {emptyFolder} from "../live/folders.js";

const words = ["--no-site", "--no-places", "--port", "0"];

it("live ends by a signal that comes while it starts", async () => {
  const folder = logIn(emptyFolder());
  // A lock that nobody holds, which another process seems to be taking over.
  mkdirSync(join(folder, "state", "lock.takeover"), {recursive: true});
  writeFileSync(join(folder, "state", "lock"), "");
  const eddy = new RunningEddy({folder, args: [...words, "--state", "state", "access.log"]});
  await eventually(() => readdirSync(join(folder, "state")).some((name) => /^lock\.\d/.test(name))).toBe(true);
  eddy.signal("SIGTERM");
  rmdirSync(join(folder, "state", "lock.takeover"));
  expect(await eddy.ended).toBe(0);
});

it("live goes on, and ends well, when nobody reads what it says", async () => {
  const folder = logIn(emptyFolder());
  const cli = fileURLToPath(new URL("../../../lib/node/cli.ts", import.meta.url));
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const args = ["--import", tsx, cli, "live", ...words, "--state", "state", "access.log"];
  const child = spawn(process.execPath, args, {cwd: folder, stdio: ["ignore", "ignore", "pipe"]});
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const [said] = await once(child.stderr.setEncoding("utf8"), "data");
  child.stderr.destroy();
  renameSync(join(folder, "access.log"), join(folder, "gone"));
  const [, origin] = /(http:\/\/[^/\s]+)/.exec(said)!;
  await eventually(async () => (await (await fetch(`${origin}/api/state`)).json()).faults.length).toBe(1);
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

it("live goes on with a log whose path is spelled otherwise, and a replay forgets nothing of it", async () => {
  const folder = logIn(emptyFolder());
  for (const log of ["access.log", "./access.log", join(folder, "access.log")]) {
    const eddy = await new RunningEddy({folder, args: [...words, "--state", "state", log]}).listening();
    await eventually(async () => (await eddy.state()).records).toBe(20);
    const {sources} = await eddy.state();
    expect(sources).toMatchObject([{name: log, records: 20}]);
    expect(await eddy.end("SIGTERM")).toBe(0);
  }
  const replay = new RunningEddy({folder, args: [...words, "--replay", "--exit", "--state", "state", "access.log"]});
  expect(await replay.ended).toBe(1);
  expect(replay.said.join("\n")).toMatch(/holds what a watch has kept/);
  expect(existsSync(join(folder, "state", "checkpoint"))).toBe(true);
});

it.each<[string, Partial<LiveOptions>]>([
  ["a log is given twice: ./access.log", {logs: ["access.log", "./access.log"]}],
  ["--webhook-secret goes with --webhook", {webhookSecret: "secret"}],
  ["--silence goes with --webhook or --syslog", {silence: 5, alerts: "-"}]
])("checkLiveOptions(options) says: %s", (message, options) => {
  expect(() => checkLiveOptions({logs: ["access.log"], ...options})).toThrow(new UsageError(message));
});

it.each<[string, Partial<LiveOptions>]>([
  ["invalid warm-up: 1", {warmUp: 1}],
  ["invalid sampleSize: 0", {forest: {sampleSize: 0}}],
  ["sessions have no such feature: colour", {features: ["colour"]}],
  ["flows have no such feature: requests", {rows: "flows", features: ["requests"]}]
])("watchOptions(options) says before anything is followed: %s", async (message, options) => {
  await expect(watchOptions({logs: ["access.log"], places: false, ...options})).rejects.toThrow(message);
});

it("watchOptions(options) takes features that only one kind of rows has", async () => {
  for (const features of [["requests"], ["bytes_out"]]) {
    const {watch} = await watchOptions({logs: ["access.log"], places: false, features});
    expect(watch.model).toMatchObject({features});
  }
});

function logIn(folder: string): string {
  const line = (i: number) =>
    `192.0.2.${i} - - [05/Jan/2026:00:00:${String(i).padStart(2, "0")} +0000] "GET /${i} HTTP/1.1" 200 99 "-" "curl/8"\n`;
  writeFileSync(join(folder, "access.log"), Array.from({length: 20}, (_, i) => line(i)).join(""));
  return folder;
}
