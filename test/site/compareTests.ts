import type {BrowserContextOptions, Page} from "playwright-core";
import {expect, it} from "vitest";
import {text} from "./read.js";

type Open = (path: string, look?: BrowserContextOptions, before?: string) => Promise<{page: Page; problems: string[]}>;

// Workers take their time on a busy machine.
const patience = {timeout: 30_000};

/** What the page that compares detectors promises, in the browser that `open` opens. */
export function compareTests(open: Open): void {
  it("compares the notebook’s forest with another preset, with intervals and DeLong’s test", async () => {
    const {page, problems} = await open("compare?rows=notebook&with=built&with=paper:1");
    await compared(page, 2);
    const table = await text(page.locator("table.comparison").first());
    expect(table).toMatch(/A as built: auto, seed 1 0\.999 0\.999–1\.000 0\.995 base rate 0\.085 0\.631 26/);
    expect(table).toContain("96.2 % 80.4–99.9 % 25 of 26 92.6 % 75.7–99.1 % 25 of 27");
    expect(await text(page.locator(".ranking-words"))).toMatch(
      /^Between A \(as built: auto, seed 1\) and B \(paper, seed 1\) no difference that these rows can show: 0\.006 \(.*\), p = 0\.\d+\.$/
    );
    expect(await page.locator("svg[aria-label$=curve] .operating-point").count()).toBe(4);
    expect(await offCurve(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("keeps what is added and removed in the address, so that a link shows the same", async () => {
    const {page, problems} = await open("compare?rows=notebook&with=built&with=paper:1");
    await compared(page, 2);
    await page.getByLabel("Preset").selectOption("rrcf");
    await page.getByLabel("Seed", {exact: true}).fill("3");
    await page.getByRole("button", {name: "Add preset"}).click();
    await page.waitForURL(/with=built&with=paper%3A1&with=rrcf%3A3$/);
    await compared(page, 3);
    expect(await page.locator(".ranking-words li").count()).toBe(3);
    await page.getByRole("button", {name: "Remove paper, seed 1"}).click();
    await page.waitForURL(/with=built&with=rrcf%3A3$/);
    await compared(page, 2);
    const shown = await text(page.locator("table.comparison").first());
    await page.reload({waitUntil: "networkidle"});
    await compared(page, 2);
    expect(await text(page.locator("table.comparison").first())).toBe(shown);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says what the address asks for in vain", async () => {
    const asked = ["__proto__:1", "<img src=x onerror='window.attacked = 1'>", "paper:1e9", "experiment:website"];
    const query = new URLSearchParams([["rows", "<script>"], ...asked.map((name) => ["with", name])]);
    const {page, problems} = await open(`compare?${query}`);
    await compared(page, 2);
    expect(await text(page.locator(".compare-rows .muted"))).toContain("asked for “<script>”, which cannot");
    expect(await text(page.locator(".model-state").first())).toContain(
      "asked for “__proto__:1”, “<img src=x onerror='window.attacked = 1'…”, “paper:1e9” and 1 more, which cannot"
    );
    expect(await page.evaluate(() => "attacked" in window)).toBe(false);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("judges on the other half where the rule has chosen by labels, dots on their curves", async () => {
    const {page, problems} = await open("compare?with=built&with=paper:1", {}, withRule({rule: "youden"}, 0.6));
    await compared(page, 2);
    expect(await text(page.locator("main"))).toContain("chosen each threshold by the labels of one half of them");
    const table = await text(page.locator("table.comparison").first());
    expect(table).toMatch(/base rate 0\.082 .* \d+ of 13 .* base rate 0\.082 .* \d+ of 13$/);
    expect(await page.locator("svg[aria-label='Precision–recall curve']").textContent()).toContain("base rate 8.2");
    expect(await page.locator("svg[aria-label$=curve] .operating-point").count()).toBe(4);
    expect(await offCurve(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("leaves out seeds that the rule has no answer for, and says which", async () => {
    const {page, problems} = await open("compare?with=built", {}, withRule({rule: "valley"}, 0.6));
    await page.locator("#over-seeds").scrollIntoViewIfNeeded();
    await expect
      .poll(() => text(page.locator(".seed-control .model-state")), patience)
      .toMatch(
        /The rule has no answer for seeds 2, 3, 4, 5, left out here: no valley: .*\. One seed alone has nothing/
      );
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("draws the runs over seeds once, whatever else becomes ready", async () => {
    const {page, problems} = await open("compare?with=built&with=paper:1");
    await page.locator("#over-seeds").scrollIntoViewIfNeeded();
    const drawn = await page.locator(".seed-stability").elementHandle(patience);
    await page.locator("#how-firm-is-an-alert").scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator(".row-stability text:text('threshold 0.')").count(), patience).toBe(2);
    await page.getByRole("button", {name: "Add preset"}).click();
    await compared(page, 3);
    await expect.poll(() => page.getByLabel("Detector").locator("option").count(), patience).toBe(3);
    expect(await drawn!.evaluate((element) => element.isConnected)).toBe(true);
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

async function compared(page: Page, detectors: number): Promise<void> {
  await expect
    .poll(() => page.locator("table.comparison").first().locator("tbody tr").count(), patience)
    .toBe(detectors);
  await expect.poll(() => text(page.locator(".compared")), patience).not.toContain("…");
}

// No experiment of the site has such a rule.
function withRule(rule: object, value: number): string {
  return `const json = Response.prototype.json;
    Response.prototype.json = async function () {
      const summary = await json.call(this);
      if (summary.name === "notebook") summary.threshold = ${JSON.stringify({rule, value})};
      return summary;
    };`;
}

/** The colors of the dots of both overlays that do not lie on the curve of their color. */
function offCurve(page: Page): Promise<string[]> {
  return page.locator("svg[aria-label$=curve]").evaluateAll((charts) =>
    charts.flatMap((chart) =>
      Array.from(chart.querySelectorAll(".operating-point"), (group) => {
        const color = group.getAttribute("stroke")!;
        const dot = group.querySelector("circle")!;
        const point = new DOMPoint(Number(dot.getAttribute("cx")), Number(dot.getAttribute("cy")));
        const lines = Array.from(chart.querySelectorAll<SVGPathElement>("g[aria-label=line] path"));
        const own = lines.filter((line) => line.closest("[stroke]")!.getAttribute("stroke") === color);
        const isOn = own.some((line) => {
          line.setAttribute("stroke-dasharray", "none");
          line.style.strokeWidth = "5px";
          return line.isPointInStroke(point);
        });
        return isOn ? [] : [`${chart.getAttribute("aria-label")} ${color}`];
      }).flat()
    )
  );
}
