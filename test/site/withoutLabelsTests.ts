import type {BrowserContextOptions, Page} from "playwright-core";
import {expect, it} from "vitest";
import {text} from "./read.js";

type Open = (path: string, look?: BrowserContextOptions, before?: string) => Promise<{page: Page; problems: string[]}>;

// Workers take their time on a busy machine.
const patience = {timeout: 40_000};

/** What the page for traffic without labels promises, in the browser that `open` opens. */
export function withoutLabelsTests(open: Open): void {
  it("injects rows, and says that they are", async () => {
    const {page, problems} = await open("notebook/without-labels");
    await injected(page, /^Of 9 injected kinds, \d are mostly caught at full strength, \d at half strength$/);
    await expect.poll(() => text(page.locator("main")), patience).toContain("With injected rows among them");
    const main = await text(page.locator("main"));
    expect(main).toContain("Everything here is injected and simulated");
    expect(main).toContain("They come on top: no real row is changed or replaced.");
    expect(main).toContain("20 rows of each kind are injected after the 318 real ones.");
    expect(main).toContain("Share of injected rows that are flagged, with 95 % intervals.");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("keeps the choice of kinds in the address, and grows no forest for it", async () => {
    const {page, problems} = await open("notebook/without-labels?not-injected=mixed+values&not-injected=ghost");
    await injected(page, /^Of 8 injected kinds/);
    await page.getByLabel("click fraud").uncheck();
    await expect.poll(() => text(titleOf(page))).toMatch(/^Of 7 injected kinds/);
    await page.waitForURL(/not-injected=click\+fraud&not-injected=mixed\+values$/);
    await page.reload({waitUntil: "networkidle"});
    expect(await page.getByLabel("click fraud").isChecked()).toBe(false);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("holds injected recall against the half of the labels that the rule has not chosen by", async () => {
    const {page, problems} = await open("notebook/without-labels?threshold=youden");
    await injected(page, /^Of 9 injected kinds/);
    expect(await text(page.locator("main"))).toContain("judged at the threshold of the forest above, 0.617.");
    const details = page.locator("details", {hasText: "hold injected recall against the real"});
    await details.locator("summary").click();
    const halfJudged = /Of 13 fakes .* by the labels of one half of the rows; these fakes are of the/;
    await expect.poll(() => text(details), patience).toMatch(halfJudged);
    await page.getByLabel("Rule", {exact: true}).selectOption("mad");
    await expect.poll(() => details.locator("p").textContent(), patience).toMatch(/^Of 27 fakes (?!.*half)/);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("refuses to inject into a single row, in words", async () => {
    const {page, problems} = await open("single/without-labels");
    await scrollDown(page);
    await expect.poll(() => text(page.locator("main")), patience).toContain("Nothing can be injected here");
    expect(await page.locator(".observablehq--error").count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says in words that forests cannot be grown where the browser allows no worker", async () => {
    const {page, problems} = await open("unlabelled/without-labels", {}, "delete window.Worker");
    await scrollDown(page);
    await expect.poll(() => text(page.locator("main")), patience).toMatch(/Cannot inject: .*Worker/);
    const main = await text(page.locator("main"));
    expect(main).toMatch(/No other forest can be grown here: .*Worker/);
    expect(main).toMatch(/Not every kind can be grown here: .*Worker/);
    expect(await text(titleOf(page))).toBe("No injected kind could be judged");
    expect(await page.locator(".observablehq--error").count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

async function injected(page: Page, title: RegExp): Promise<void> {
  await scrollDown(page);
  await expect.poll(() => text(titleOf(page)), patience).toMatch(title);
}

function titleOf(page: Page) {
  return page.locator(".card", {hasText: "Share of injected rows that are flagged"}).locator("h3");
}

// Sections are worked out when they are seen.
async function scrollDown(page: Page): Promise<void> {
  for (const id of ["do-the-alerts-depend-on-chance", "do-unlike-forests-agree", "what-would-be-caught"]) {
    await page.locator(`[id^=${id}]`).scrollIntoViewIfNeeded();
    await page.waitForFunction((id) => {
      const {top, bottom} = document.querySelector(`[id^=${id}]`)!.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    }, id);
  }
  await page.getByText(/^(Injected kinds|Nothing can be injected here.*)$/).scrollIntoViewIfNeeded();
}
