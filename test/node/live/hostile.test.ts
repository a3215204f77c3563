import {readFileSync} from "node:fs";
import {expect, it} from "vitest";
import {randomSource} from "../../../lib/random.js";
import {FateOfLog} from "./faults/fateOfLog.js";
import {HostileClients} from "./faults/hostileClients.js";
import {RunningEddy, wait} from "./faults/runningEddy.js";
import {allRead, following, linesRead, patience} from "./faults/told.js";
import {faultTraffic} from "./faults/traffic.js";
import {emptyFolder} from "./folders.js";

const [content] = faultTraffic(8, {hours: 3, generations: 1}).contents;
const title = "hostile clients of each address hold up neither reading nor others, and fill no memory";

it(title, {timeout: 180_000}, async () => {
  const folder = emptyFolder();
  const log = new FateOfLog(folder, randomSource(8));
  const eddy = await new RunningEddy({folder, args: following}).listening();
  const early = Math.floor(content!.length * 0.75);
  await log.write(content!.subarray(0, early), 1);
  await expect.poll(async () => (await eddy.state()).model.phase, patience).toBe("watching");
  const memory = mostMemory(eddy);
  const hostile = new HostileClients(Number(new URL(eddy.origin).port), randomSource(8));
  let isWritten = false;
  const writing = log.write(content!.subarray(early), 25).finally(() => {
    isWritten = true;
  });
  for (let before = 0; !isWritten; ) {
    hostile.goOn();
    const state = await eddy.state();
    expect(linesRead(state)).toBeGreaterThanOrEqual(before);
    before = linesRead(state);
    expect(await (await eddy.get("/healthz")).text()).toBe("ok\n");
    await wait(100);
  }
  await writing;
  await allRead(eddy, [content!]);
  expect(mostMemory(eddy) - memory).toBeLessThan(250);
  // Also while they hold their connections.
  expect(await eddy.end("SIGTERM")).toBe(0);
});

/** Megabytes of memory that a process has had at most; 0 where the system does not tell. */
function mostMemory({pid}: RunningEddy): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
  } catch {
    return 0;
  }
}
