import type {BrowserContextOptions, Page} from "playwright-core";
import {expect, it} from "vitest";
import {text} from "./read.js";

type Open = (path: string, look?: BrowserContextOptions, before?: string) => Promise<{page: Page; problems: string[]}>;

// Workers take their time on a busy machine.
const patience = {timeout: 40_000};

/** What the pages make of features that are texts, logarithms or missing, in the browser that `open` opens. */
export function featureTests(open: Open): void {
  it("draws texts as bars, and numbers of logarithms beside their axes", async () => {
    const {page, problems} = await open("flows/");
    expect(await text(page.locator(".provenance"))).toContain("316 without interval variation, 2 without state");
    const service = page.locator(".distributions .card", {hasText: "15 different"});
    await expect.poll(() => service.locator("th").allInnerTexts()).toHaveLength(14);
    expect((await service.locator("th").allInnerTexts()).slice(-2)).toEqual(["3 others", "missing"]);
    const bytes = page.locator(".distributions .card", {hasText: "Bytes received"});
    expect((await bytes.locator("[aria-label^='x-axis tick label'] text").allTextContents()).join(" ")).toBe(
      "0 1 100 10k 1M"
    );
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says of alerts and splits what the log says, and what is missing", async () => {
    const {page, problems} = await open("flows/");
    await page.locator(".alerts").scrollIntoViewIfNeeded();
    expect(await text(page.locator(".alerts tbody tr").first())).toMatch(/Client’s ports, minute [\d,]+ ports above/);
    expect(await text(page.locator(".alerts"))).toMatch(/State REJ 0\.8 % of rows typical SF/);
    await page.getByText("How a row is isolated").last().scrollIntoViewIfNeeded();
    await expect.poll(() => text(page.locator(".isolation .steps")), patience).toMatch(/log\(bytes (sent|received)\)/);
    await page.getByText("What the forest learned").last().scrollIntoViewIfNeeded();
    const surface = page.locator(".card", {hasText: "The score over flow duration and bytes sent"});
    await expect.poll(() => text(surface), patience).toMatch(/state SF.*Bytes sent \(bytes\), log/);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("retrains without a text, and is as built again", async () => {
    const {page, problems} = await open("flows/");
    const scores = () => page.locator(".alerts td:first-child").allInnerTexts();
    const built = await scores();
    await page.getByLabel("Service", {exact: true}).uncheck();
    await expect.poll(() => text(page.locator(".model-state")), patience).toMatch(/^Trained in/);
    await expect.poll(scores).not.toEqual(built);
    expect(await text(page.locator(".model-changes"))).toContain("rank agreement");
    await page.getByLabel("Service", {exact: true}).check();
    await expect.poll(scores).toEqual(built);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says why nothing can be injected among texts", async () => {
    const {page, problems} = await open("flows/without-labels");
    const words = "Nothing can be injected here: “State” holds text, which the simulation does not know.";
    await expect.poll(() => text(page.locator("main")), patience).toContain(words);
    expect(await text(page.locator("main"))).not.toContain("A high recall says");
    expect(problems).toEqual([]);
    await page.context().close();
  });
}
