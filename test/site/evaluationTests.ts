import {readFileSync} from "node:fs";
import type {BrowserContextOptions, Page} from "playwright-core";
import {expect, it} from "vitest";
import {matrixOf, text} from "./read.js";

type Open = (path: string, look?: BrowserContextOptions) => Promise<{page: Page; problems: string[]}>;

// Workers take their time on a busy machine.
const patience = {timeout: 30_000};

/** What the notebook’s operating point and evaluation promise, in the browser that `open` opens. */
export function evaluationTests(open: Open): void {
  it("reports precision and recall with intervals at the default rule, in a person’s terms", async () => {
    const {page} = await open("notebook/");
    const point = await section(page, "operating-point");
    expect(point).toMatch(/26 of 318 rows flagged, 8\.2 %, in 17 minutes/);
    expect(point).toMatch(/96 of 100 alerts are real \(precision\), 95 % interval 80–99\.9/);
    expect(point).toMatch(/7 of 100 fakes are missed, 95 % interval 0\.9–24; recall 92\.6 %, 25 of 27/);
    expect(point).toMatch(/accuracy on these rows, 95 % interval 97–99\.8; 91\.5 % without looking/);
    await page.context().close();
  });

  it("answers for another base rate and other costs, and keeps them in the address", async () => {
    const {page} = await open("notebook/");
    await page.getByLabel("Share of fakes in percent").fill("1");
    await page.waitForURL(/base=0\.01/);
    await expect
      .poll(() => section(page, "operating-point"))
      .toMatch(/73 of 100 alerts are real \(precision\) where 1 % of rows/);
    await page.getByLabel("Cost of a miss").fill("100");
    await page.waitForURL(/costs=100%3A1/);
    const address = page.url();
    await page.goto(address, {waitUntil: "networkidle"});
    expect(await page.getByLabel("Cost of a miss").inputValue()).toBe("100");
    expect(await section(page, "operating-point")).toContain("73 of 100 alerts");
    await page.goto(address.replace("base=0.01", "base=2").replace("100%3A1", "1e999:x"), {waitUntil: "networkidle"});
    expect(await page.getByLabel("Cost of a miss").inputValue()).toBe("10");
    expect(await section(page, "operating-point")).toContain("96 of 100 alerts are real (precision), 95 %");
    await page.context().close();
  });

  it("chooses by labels on one half and judges on the other", async () => {
    const {page} = await open("notebook/?threshold=youden");
    expect(await text(page.locator(".threshold-control"))).toContain("judged on the other");
    const counts = await matrixOf(page);
    expect(Math.abs(counts.reduce((sum, count) => sum + count) - 159)).toBeLessThanOrEqual(1);
    expect(await text(page.locator("main"))).toContain("all figures and charts here are of the other half");
    await page.getByLabel("Rule", {exact: true}).selectOption("mad");
    await expect.poll(async () => (await matrixOf(page)).reduce((sum, count) => sum + count), patience).toBe(318);
    await page.context().close();
  });

  it("says why a rule has no answer, and takes the experiment’s own instead", async () => {
    const {page, problems} = await open("unlabelled/?threshold=youden");
    expect(await text(page.locator(".refusal"))).toContain("This rule has no answer here: labels are needed");
    expect(await text(page.locator(".threshold-control output"))).toContain("top 5 %");
    expect(await page.locator("option[value=youden]").isDisabled()).toBe(true);
    await page.getByLabel("Rule", {exact: true}).selectOption("mad");
    expect(await page.locator(".refusal").innerText()).toBe("");
    await page.goto(`${page.url().split("?")[0]}?threshold=%3Cscript%3E`, {waitUntil: "networkidle"});
    expect(await text(page.locator(".threshold-control output"))).toContain("top 5 %");
    expect(await text(page.locator(".refusal"))).toBe("The address asks for a rule that there is not: <script>");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("draws bands when they are known, and false positives on a logarithmic scale", async () => {
    const {page} = await open("website/");
    const card = page.locator(".card", {has: page.locator("svg[aria-label='ROC curve']")}).first();
    const bands = card.locator("path.band");
    await card.scrollIntoViewIfNeeded();
    await expect.poll(() => bands.first().getAttribute("d"), patience).toMatch(/^M/);
    const ticks = () => card.locator("svg").first().textContent();
    expect(await ticks()).not.toMatch(/0\.1\s%/);
    await page.getByLabel("False positives on a logarithmic scale").check();
    await expect.poll(ticks, patience).toMatch(/0\.1\s%/);
    await page.context().close();
  });

  it("saves a chart as it looks, as SVG and PNG", async () => {
    const {page} = await open("notebook/");
    const save = page.locator(".save-chart").first();
    await save.scrollIntoViewIfNeeded();
    const download = async (name: string) => {
      const [saved] = await Promise.all([page.waitForEvent("download"), save.getByRole("button", {name}).click()]);
      return {name: saved.suggestedFilename(), bytes: readFileSync(await saved.path())};
    };
    const svg = await download("SVG");
    expect(svg.name).toBe("notebook-roc.svg");
    expect(svg.bytes.toString("utf8")).toContain("ROC: area 0.999");
    expect(svg.bytes.toString("utf8")).not.toMatch(/var\(|<script|class=/);
    const png = await download("PNG");
    expect(png.name).toBe("notebook-roc.png");
    expect(png.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    await page.context().close();
  });

  it("shows recall by kind of fake, and who is punished for nothing", async () => {
    const {page} = await open("website/");
    await page.locator("#where-it-fails").scrollIntoViewIfNeeded();
    const cards = page.locator("h3:text-matches('^(Recall|False alarms):')");
    await cards.first().waitFor();
    expect(await cards.first().innerText()).toMatch(
      /^Recall: missed more than the others: click fraud \(0\s% caught\), and 2 more$/
    );
    expect(await cards.last().innerText()).toMatch(
      /^False alarms: punished more than the others: feed reader \(11\.3\s% flagged\)$/
    );
    await page.locator("label.choice", {hasText: /^By/}).locator("select").selectOption("hour");
    await expect.poll(() => cards.last().innerText(), patience).toContain("hour");
    await page.context().close();
  });

  it("tells of each alert how likely it is to flip", async () => {
    const {page} = await open("notebook/");
    await page.locator(".alerts").scrollIntoViewIfNeeded();
    const chances = () => page.locator(".alerts .flip").allInnerTexts();
    await expect
      .poll(async () => (await chances()).every((chance) => /^(below 1|\d+)\s%$/.test(chance)), patience)
      .toBe(true);
    const last = (await chances()).at(-1)!;
    expect(Number.parseInt(last, 10)).toBeGreaterThan(5);
    await page.context().close();
  });
}

/** The text of what stands between a heading and the next of its kind. */
async function section(page: Page, id: string): Promise<string> {
  const words = await page.locator(`#${id}`).evaluate((heading) => {
    const texts: string[] = [];
    for (let next = heading.nextElementSibling; next && next.tagName !== heading.tagName; ) {
      texts.push((next as HTMLElement).innerText);
      next = next.nextElementSibling;
    }
    return texts.join(" ");
  });
  return words.replace(/\s+/g, " ").trim();
}
