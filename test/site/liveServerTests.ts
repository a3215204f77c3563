import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {expect, it} from "vitest";
import type {Alert} from "../../lib/live/alert.js";
import {randomSource} from "../../lib/random.js";
import {formatScore} from "../../src/components/format.js";
import {shorten} from "../../src/components/liveWords.js";
import {FateOfLog} from "../node/live/faults/fateOfLog.js";
import {RunningEddy} from "../node/live/faults/runningEddy.js";
import {allRead, patience, words} from "../node/live/faults/told.js";
import {faultTraffic} from "../node/live/faults/traffic.js";
import {emptyFolder} from "../node/live/folders.js";
import {text} from "./read.js";

const {contents} = faultTraffic(9, {hours: 3, generations: 3});
const watching = words("--warm-up 100 --pause 5 --retrain 20 --threshold quantile:0.1 --no-places --checkpoint 0.2");

/** What the page for live traffic promises where something is watched, in a browser and with the site of a project. */
export function liveServerTests(given: () => {readonly browser: Browser; readonly project: string}): void {
  it("goes on by itself when eddy live was killed, and shows each alert once", {timeout: 240_000}, async () => {
    const {browser, project} = given();
    const folder = emptyFolder();
    const log = new FateOfLog(folder, randomSource(9));
    const [path, state] = [join(folder, "access.log"), join(folder, "state")];
    const args = [...watching, "--tail", path, "--state", state];
    const start = (port: string) => new RunningEddy({folder: project, project, args: [...args, "--port", port]});
    const eddy = await start("0").listening();
    const {page, problems} = await open(browser, `${eddy.origin}/live`);
    await page.evaluate("window.isSame = true");
    await log.write(contents[0]!, 1);
    await expect.poll(() => page.locator(".live-alert").count(), patience).toBeGreaterThan(0);
    const connection = page.locator(".live-connection");
    expect(await connection.textContent()).toBe("");
    expect(problems).toEqual([]);

    await eddy.end("SIGKILL");
    await expect.poll(() => connection.textContent(), patience).toMatch(/^Connection lost at .*, trying again: /);
    await log.rotate("rename", contents[1]!.subarray(0, 1000));
    await log.write(contents[1]!.subarray(1000), 1);
    const again = await start(new URL(eddy.origin).port).listening();
    await expect.poll(() => connection.textContent(), patience).toBe("");
    await log.rotate("copy and cut");
    await log.write(contents[2]!, 1);
    await allRead(again, contents);
    const rows = async () => rowsOf(await alertsOf(again));
    await expect.poll(async () => [await shownIn(page), await rows()], patience).toSatisfy(isSame);
    expect((await rows()).length).toBeGreaterThan(20);
    await page.getByRole("button", {name: "Hold"}).click();
    expect(await text(page.locator(".live-tools"))).not.toContain("new above");
    expect(await page.evaluate("window.isSame")).toBe(true);
    expect(problems.filter((problem) => !isOfConnection(problem))).toEqual([]);
    await page.context().close();
    expect(await again.end("SIGTERM")).toBe(0);
  });
}

async function open(browser: Browser, url: string): Promise<{page: Page; problems: string[]}> {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}, reducedMotion: "reduce"});
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log" && message.type() !== "info") problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", () => problems.push("a dialog"));
  await page.goto(url);
  return {page, problems};
}

// What a browser itself says of a server that is away.
function isOfConnection(problem: string): boolean {
  return /^error: Failed to load resource: net::ERR_(CONNECTION_\w+|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)$/.test(
    problem
  );
}

async function alertsOf(eddy: RunningEddy): Promise<Alert[]> {
  const alerts = new Map((await eddy.events()).map(({alert}) => [alert.id, alert]));
  return [...alerts.values()];
}

/** What rows should show, the newest first. */
function rowsOf(alerts: readonly Alert[]): string[] {
  const newest = [...alerts].sort((a, b) => b.raised - a.raised || (a.id < b.id ? -1 : 1));
  return newest.map(({client, score, threshold}) =>
    [shorten(client, 45), formatScore(score), `above ${formatScore(threshold)}`].join(" ")
  );
}

async function shownIn(page: Page): Promise<string[]> {
  return page
    .locator(".live-alert")
    .evaluateAll((rows) =>
      rows.map((row) =>
        [".live-who b", ".live-score strong", ".live-score small"]
          .map((part) => row.querySelector(part)!.textContent)
          .join(" ")
      )
    );
}

function isSame([shown, told]: [string[], string[]]): boolean {
  return JSON.stringify(shown) === JSON.stringify(told);
}
