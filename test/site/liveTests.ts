import type {BrowserContextOptions, Page} from "playwright-core";
import {expect, it} from "vitest";
import {text} from "./read.js";

type Open = (path: string, look?: BrowserContextOptions, before?: string) => Promise<{page: Page; problems: string[]}>;

// A busy machine draws late.
const patience = {timeout: 40_000};
const atRest = {viewport: {width: 1440, height: 900}, reducedMotion: "reduce"} as const;

/** What the page for live traffic promises where nothing is watched, in the browser that `open` opens. */
export function liveTests(open: Open): void {
  it("replays a recording, plainly marked as one, and alerts arrive", async () => {
    const {page, problems} = await open("live");
    expect(await text(page.locator(".live-replay"))).toMatch(/^A replay of a recording, not live traffic\. /);
    await page.getByLabel("Speed of the replay").selectOption("120");
    await expect.poll(() => page.locator(".live-alert").count(), patience).toBeGreaterThan(5);
    expect(await text(page.locator(".live-headline"))).toMatch(
      /^Watching the recorded traffic: .*, \d+ alerts are open\.$/
    );
    const alert = page.locator(".live-alert").first();
    expect(await text(alert)).toMatch(
      /^\d\d:\d\d:\d\d (open|closed).* above 0\.\d{3} .* typically .* Values and history$/
    );
    for (const title of ["Requests a minute: at most", "Scores: above the line are alerts", "Alerts: "]) {
      await expect.poll(() => text(page.locator(".live-charts")), patience).toContain(title);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("pauses, plays to the end, and begins again", async () => {
    const {page, problems} = await open("live");
    const tools = page.locator(".live-replay-tools");
    await page.getByRole("button", {name: "Pause", exact: true}).click();
    const paused = await text(tools);
    await page.waitForTimeout(300);
    expect(await text(tools)).toBe(paused);
    await page.getByLabel("Speed of the replay").selectOption("120");
    await page.getByRole("button", {name: "Play", exact: true}).click();
    await expect.poll(() => text(tools), patience).toContain("The recording has ended at");
    const most = await page.locator(".live-alert").count();
    await page.getByRole("button", {name: "From the beginning"}).click();
    await expect.poll(() => page.locator(".live-alert").count(), patience).toBeLessThan(most);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("holds the list still under a pointer, counts what comes, and shows all of an alert on demand", async () => {
    const {page, problems} = await open("live");
    await expect.poll(() => page.locator(".live-alert").count(), patience).toBeGreaterThan(1);
    const list = page.locator(".live-alerts");
    await list.hover();
    const held = await page.locator(".live-who").allInnerTexts();
    await page.getByLabel("Speed of the replay").evaluate((select: HTMLSelectElement) => {
      select.value = "120";
    });
    await expect.poll(() => text(page.locator(".live-tools")), patience).toMatch(/Held while you look: \d+ new above/);
    expect(await page.locator(".live-who").allInnerTexts()).toEqual(held);
    await page.locator(".live-alert summary").first().click();
    await expect
      .poll(() => text(page.locator(".live-more").first()), patience)
      .toMatch(/Why .* How it went .* raised .* All values .* Raised by line [\d,]+ of/);
    await page.locator("h1").click();
    await expect.poll(() => page.locator(".live-who").count(), patience).toBeGreaterThan(held.length);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("stands at the end, at rest, for who wants little motion, and fits a phone with all of it", async () => {
    for (const look of [atRest, {...atRest, viewport: {width: 390, height: 844}}]) {
      const {page, problems} = await open("live", look);
      expect(await text(page.locator(".live-replay-tools"))).toContain("The recording has ended at");
      await expect.poll(() => page.locator(".live-alert").count(), patience).toBeGreaterThan(10);
      expect(await page.locator(".live-alert").count()).toBeLessThanOrEqual(100);
      expect(await text(page.locator(".live-system"))).toMatch(/The threshold is 0\.\d{3}, by the rule: /);
      await page.locator(".live-alert summary").first().click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      expect(problems).toEqual([]);
      await page.context().close();
    }
  });
}
