import {readdirSync, readFileSync, rmSync} from "node:fs";
import {join} from "node:path";
import type {FastifyInstance} from "fastify";
import type {Browser, BrowserContextOptions, Page} from "playwright-core";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {siteServer} from "../../lib/node/siteServer.js";
import {launchChromium} from "../chromium.js";
import {bringTests} from "./bringTests.js";
import {buildCopy} from "./buildCopy.js";
import {compareTests} from "./compareTests.js";
import {evaluationTests} from "./evaluationTests.js";
import {featureTests} from "./featureTests.js";
import {liveServerTests} from "./liveServerTests.js";
import {liveTests} from "./liveTests.js";
import {matrixOf, text} from "./read.js";
import {withoutLabelsTests} from "./withoutLabelsTests.js";

const experiments = ["flows", "hostile", "lab-flows", "lab-sessions", "notebook", "single", "unlabelled", "website"];
const pages = [
  "",
  "bring",
  "compare",
  "live",
  "methods",
  ...experiments.flatMap((name) => [`${name}/`, `${name}/map`, `${name}/without-labels`])
];
const wide = {viewport: {width: 1440, height: 900}, colorScheme: "light"} as const;
const narrow = {viewport: {width: 390, height: 844}, colorScheme: "dark"} as const;

let project: string;
let server: FastifyInstance;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  project = buildCopy();
  server = siteServer({directory: join(project, "dist"), map: "/notebook/map"});
  origin = `${await server.listen({host: "127.0.0.1", port: 0})}/`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(project, {recursive: true, force: true});
});

describe("build", () => {
  it("takes nothing from a CDN", () => {
    const files = readdirSync(join(project, "dist"), {recursive: true, encoding: "utf8"});
    expect(files.filter((file) => file.startsWith("_npm"))).toEqual([]);
    expect(files).toContain("notebook/index.html");
  });

  it("leaves no attribute uninterpolated, which Framework does not do", () => {
    const files = readdirSync(join(project, "dist"), {recursive: true, encoding: "utf8"});
    for (const file of files.filter((file) => file.endsWith(".html"))) {
      expect(readFileSync(join(project, "dist", file), "utf8").split("<script")[0]).not.toMatch(/<[^>]+=["']?\$\{/);
    }
  });

  it("names every experiment in the sidebar and on the start page", () => {
    const html = readFileSync(join(project, "dist/index.html"), "utf8");
    for (const name of experiments) {
      expect(html).toContain(`href="./${name}/"`);
      expect(html).toContain(`experiments/${name}/summary`);
    }
  });
});

describe.each([wide, narrow])("every page at $viewport.width px", (look) => {
  it.each(pages)("/%s shows no error, asks nobody else, fits, light and dark", async (path) => {
    const {page, problems} = await open(path, look);
    await page.emulateMedia({colorScheme: look.colorScheme === "light" ? "dark" : "light"});
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await page.locator("h1, .map-title").first().innerText()).not.toBe("");
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe("the start page", () => {
  it("shows how 91.5 % accuracy flags nothing, and what a lower threshold catches", async () => {
    const {page} = await open("");
    const story = page.locator(".story");
    expect(await text(story)).toMatch(/91\.5 % accuracy 91\.5 % no-information rate/);
    expect(await text(story)).toContain("It flags none of the 27 fake sessions");
    expect(await matrixOf(page)).toEqual([291, 27, 0, 0]);
    await page.getByRole("slider").fill("0.58");
    await expect.poll(async () => (await matrixOf(page))[3]).toBeGreaterThan(13);
    const [tn, fn, fp, tp] = await matrixOf(page);
    expect(tn! + fp!).toBe(291);
    expect(fn! + tp!).toBe(27);
    expect(await text(story)).toContain(`It catches ${tp} of 27 fakes at the price of ${fp} false alarms`);
    expect(await page.locator("a.experiment").count()).toBe(experiments.length);
    await page.context().close();
  });
});

describe("the notebook", () => {
  it("keeps 318 of 1,000 rows, 27 of them fake", async () => {
    const {page} = await open("notebook/");
    expect(await text(page.locator(".provenance"))).toContain(
      "1,000 rows, 318 kept (left out: 682 not on land), 27 fake"
    );
    await page.context().close();
  });

  it("calls the fixed 0.75 degenerate, with caret’s numbers", async () => {
    const {page} = await open("notebook/?threshold=fixed:0.75");
    expect(await text(page.locator(".caution"))).toContain("It flags none of the 27 fake sessions");
    const statistic = async (name: string) =>
      text(
        page
          .locator(".statistics tr", {
            has: page.getByRole("rowheader", {name: new RegExp(`^${name}\\s*(, (higher|lower) is better)?$`)})
          })
          .locator("td")
          .first()
      );
    expect(await statistic("Accuracy")).toBe("0.9151");
    expect(await statistic("Accuracy, lower bound")).toBe("0.8789");
    expect(await statistic("Accuracy, upper bound")).toBe("0.9433");
    expect(await statistic("P-value, accuracy above no-information rate")).toMatch(/^0\.551/);
    expect(await statistic("P-value, McNemar")).toBe("5.624e-07");
    expect(await matrixOf(page)).toEqual([291, 27, 0, 0]);
    for (const chart of await page.locator(".needs-labels .card").all()) expect(await chart.isVisible()).toBe(true);
    expect(await page.locator(".needs-labels .card:visible svg[class^=plot]").count()).toBe(3);
    expect(await text(page.locator(".alerts"))).toContain("Nothing is flagged");
    await page.context().close();
  });

  it("moves matrix, markers, map and alerts with the threshold", async () => {
    const {page} = await open("notebook/?threshold=fixed:0.75");
    const markers = () =>
      page
        .locator("circle[stroke-width='2.5']:visible")
        .evaluateAll((dots) => dots.map((dot) => dot.getAttribute("cy")));
    const rings = () =>
      page
        .locator(".map-icon > div")
        .evaluateAll((icons) => icons.map((icon) => (icon as HTMLElement).style.background).join());
    const before = {matrix: await matrixOf(page), markers: await markers(), rings: await rings()};
    await page.locator(".statistics").first().scrollIntoViewIfNeeded();
    const bar = (await page.locator(".threshold-bar").boundingBox())!;
    expect(bar.y + bar.height).toBeCloseTo(900, 0);
    await page.locator(".threshold-bar input").fill("0.55");
    await page.waitForFunction(() => document.querySelectorAll(".alerts tbody tr").length > 0);
    expect(await matrixOf(page)).not.toEqual(before.matrix);
    expect(await markers()).not.toEqual(before.markers);
    expect(await rings()).not.toEqual(before.rings);
    expect(await page.locator(".alerts tbody tr").count()).toBe(25);
    expect(await text(page.locator(".threshold-bar"))).toMatch(
      /^0\.550 · \d+ flagged · precision \d+ % · recall \d+ %$/
    );
    await page.context().close();
  });

  it("keeps the threshold in the address and on the experiment’s other page, and resets it", async () => {
    const {page} = await open("notebook/");
    await page.getByLabel("Rule", {exact: true}).selectOption("quantile");
    await page.getByLabel("share", {exact: true}).fill("10");
    await page.waitForURL(/threshold=quantile%3A0\.1$/);
    await page.getByRole("link", {name: "The map alone"}).click();
    await page.waitForSelector(".map-icon");
    expect(page.url()).toContain("threshold=quantile");
    expect(await text(page.locator(".threshold-control output"))).toContain("top 10 %");
    await page.goBack();
    await page.waitForSelector(".threshold-control");
    expect(await text(page.locator(".threshold-control output"))).toContain("top 10 %");
    await page.locator(".threshold-control").getByRole("button", {name: "as built"}).click();
    expect(await text(page.locator(".threshold-control output"))).toContain("median + 3 MAD");
    await expect.poll(() => page.url()).not.toContain("threshold=");
    await page.context().close();
  });

  it("filters everything by a period that is dragged or typed", async () => {
    const {page} = await open("notebook/");
    const overlay = page.locator(".timeline .overlay");
    await overlay.scrollIntoViewIfNeeded();
    const chart = (await overlay.boundingBox())!;
    await page.mouse.move(chart.x + chart.width * 0.25, chart.y + 40);
    await page.mouse.down();
    await page.mouse.move(chart.x + chart.width * 0.75, chart.y + 40, {steps: 4});
    await page.mouse.up();
    await page.waitForURL(/period=/);
    const rows = async () => (await matrixOf(page)).reduce((sum, count) => sum + count, 0);
    await expect.poll(rows).toBeLessThan(220);
    const within = await rows();
    expect(within).toBeGreaterThan(100);
    const matrix = await matrixOf(page);
    expect(await text(page.locator(".period"))).toContain(`${within} of 318 rows`);
    expect(await text(page.locator(".row-table output"))).toContain(`${within} results`);
    await page.reload({waitUntil: "networkidle"});
    expect(await matrixOf(page)).toEqual(matrix);
    await page.getByRole("button", {name: "all of the time"}).click();
    await page.waitForFunction(() => /318 of 318/.test(document.querySelector(".period")!.textContent!));
    await page.getByLabel("To (UTC)").fill("2026-01-05T00:08:00");
    await page.getByLabel("To (UTC)").blur();
    await page.waitForURL(/period=/);
    await expect.poll(rows).toBeLessThan(200);
    await page.context().close();
  });

  it("groups, searches, and downloads all rows as CSV", async () => {
    const {page} = await open("notebook/");
    await page.getByLabel("Group by").selectOption("country");
    expect(await text(page.locator(".groups tbody"))).toMatch(/^Antarctica 84 9 8 9\.5 %/);
    await page.locator(".row-table input[type=text], .row-table input[type=search]").fill("Antarctica");
    await page.waitForFunction(() => !/318 results/.test(document.querySelector(".row-table output")!.textContent!));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", {name: "Download as CSV"}).click()
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trim()
      .split("\r\n");
    expect(download.suggestedFilename()).toBe("notebook.csv");
    expect(lines).toHaveLength(319);
    expect(lines[0]).toContain("request_rate");
    await page.context().close();
  });

  it("shows a row’s label and values on hover, and opens clusters", async () => {
    const {page} = await open("notebook/map");
    await page.locator(".map-icon:has(.dot)").first().hover();
    expect(await text(page.locator(".leaflet-tooltip"))).toMatch(
      /^(Genuine|Fake) Traffic, score 0\.\d+, (flagged|left alone)/
    );
    const count = () => page.locator(".map-icon").count();
    const before = await count();
    await page.locator(".map-icon:has(.cluster)").first().click();
    await expect.poll(count).not.toBe(before);
    await page.getByLabel("Color of the map").selectOption("label");
    expect(await text(page.locator(".map-tools .legend"))).toBe("genuine fake unknown");
    await page.context().close();
  });
});

describe("the model", () => {
  it("retrains for a parameter, moves all that follows, and is as built again at a click", async () => {
    const {page, problems} = await open("notebook/");
    const built = await scene(page);
    expect(built.state).toBe("As built: the scores of the archive.");
    await page.getByLabel("Preset").selectOption("paper");
    await page.getByLabel("Trees").fill("3");
    await trained(page);
    await expect.poll(async () => page.locator(".changed").count()).toBe(1);
    const moved = await scene(page);
    for (const part of ["charts", "alerts", "threshold", "point", "map", "rows", "code"] as const) {
      expect(moved[part], part).not.toEqual(built[part]);
    }
    expect(await text(page.locator(".model-changes .figures"))).toMatch(
      /^0\.\d{3} → 0\.\d{3} area under ROC as built and now; 0\.5 is chance 0\.\d{3} rank agreement .* \d+ → \d+ alerts/
    );
    await page.getByRole("button", {name: "As built", exact: true}).click();
    await expect.poll(async () => scene(page)).toEqual(built);
    await expect.poll(() => page.locator(".changed").count()).toBe(0);
    await expect.poll(() => page.url()).not.toContain("forest=");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("follows a quick slider to its last place only", async () => {
    const {page, problems} = await open("website/?forest=preset:paper");
    await trained(page);
    await page.evaluate(async () => {
      const slider = document.querySelector<HTMLInputElement>("[aria-label='Rows per tree']")!;
      for (let i = 0; i < 40; ++i) {
        slider.value = i === 39 ? "2" : `${i % 9}`;
        slider.dispatchEvent(new Event("input", {bubbles: true}));
        await new Promise((resolve) => setTimeout(resolve, 6));
      }
    });
    await page.waitForURL(/sampleSize%3A64$/);
    await trained(page);
    const {page: fresh} = await open("website/?forest=preset:paper,sampleSize:64");
    await trained(fresh);
    await expect.poll(async () => follows(page)).toEqual(await follows(fresh));
    expect(problems).toEqual([]);
    await page.context().close();
    await fresh.context().close();
  });

  it("keeps the choice in the address, so that a link shows the same", async () => {
    const {page} = await open("notebook/");
    await page.getByLabel("Preset").selectOption("extended");
    await page.getByLabel("Seed").fill("7");
    await page.getByLabel("Unique paths", {exact: true}).uncheck();
    await page.waitForURL(/forest=preset%3Aextended%2Cseed%3A7&without=unique_paths_visited$/);
    await trained(page);
    const {page: fresh, problems} = await open(new URL(page.url()).pathname.slice(1) + new URL(page.url()).search);
    await trained(fresh);
    expect(await fresh.getByLabel("Preset").inputValue()).toBe("extended");
    expect(await fresh.getByLabel("Unique paths", {exact: true}).isChecked()).toBe(false);
    await expect.poll(async () => follows(fresh)).toEqual(await follows(page));
    expect((await follows(fresh)).code).toContain(
      'features: ["request_rate", "session_duration"],\nforest: {preset: "extended", seed: 7},'
    );
    expect(problems).toEqual([]);
    await page.context().close();
    await fresh.context().close();
  });

  it("works without labels, with one row, and says when no feature is left", async () => {
    const {page, problems} = await open("unlabelled/?forest=preset:sciforest");
    await trained(page);
    await expect.poll(() => text(page.locator(".model-changes .figures"))).toMatch(/^0\.\d{3} rank agreement/);
    for (const box of await page.getByRole("checkbox").all()) if (await box.isChecked()) await box.uncheck();
    expect(await text(page.locator(".model-state"))).toBe(
      "Cannot train: no features left. Below are still the scores before."
    );
    expect(problems).toEqual([]);
    await page.context().close();
    const {page: single, problems: singleProblems} = await open("single/?forest=preset:rrcf,trees:5");
    await trained(single);
    await expect.poll(() => text(single.locator(".model-changes"))).toContain("– rank agreement");
    expect(singleProblems).toEqual([]);
    await single.context().close();
  });

  it("keeps the scores as built where the browser allows no worker", async () => {
    const {page} = await open("notebook/", wide, "delete window.Worker");
    const {charts} = await scene(page);
    await page.getByLabel("Preset").selectOption("rrcf");
    await expect
      .poll(() => text(page.locator(".model-state")))
      .toMatch(/^Cannot train: .*still the scores as built\.$/);
    expect((await scene(page)).charts).toEqual(charts);
    await page.context().close();
  });

  it("says what the address asked for in vain, and keeps the rest", async () => {
    const {page, problems} = await open("notebook/?forest=preset:foo,trees:7&without=zzz");
    await trained(page);
    expect(await text(page.locator(".model-state"))).toMatch(
      /^Trained in .*\. The address asked for preset:foo, without=zzz, which there are not\.$/
    );
    expect((await follows(page)).code).toContain("trees: 7");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says what a seed is, and trains on one soon after it is typed", async () => {
    const {page, problems} = await open("notebook/");
    const seed = page.getByLabel("Seed");
    await seed.pressSequentially(".5");
    expect(await text(page.locator(".model-state"))).toContain("A seed is a whole number from 0 to 999,999,999.");
    await seed.blur();
    expect(await seed.inputValue()).toMatch(/\.5$/);
    await expect.poll(() => page.url()).not.toContain("seed");
    await seed.fill("12");
    await page.waitForURL(/forest=seed%3A12$/);
    await trained(page);
    expect(await text(page.locator(".model-state"))).toMatch(/^Trained in [^.]*\.$/);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("works where the browser blocks storage", async () => {
    // Framework’s sidebar takes storage for granted.
    const block = `for (const name of ["getItem", "setItem", "removeItem"]) {
      const own = Storage.prototype[name];
      Storage.prototype[name] = function (key, ...values) {
        if (key.startsWith("eddy/")) throw new DOMException("blocked");
        return own.call(this, key, ...values);
      };
    }`;
    const {page, problems} = await open("notebook/?forest=trees:7", wide, block);
    await trained(page);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("gives the worker the right to compile, and no page that does without it", async () => {
    const policyOf = async (path: string) => (await fetch(origin + path)).headers.get("content-security-policy")!;
    const files = readdirSync(join(project, "dist/_import"), {recursive: true, encoding: "utf8"});
    const worker = files.find((file) => /forestWorker\.\w+\.js$/.test(file))!;
    for (const path of ["", "methods", "notebook/map"]) expect(await policyOf(path)).not.toContain("wasm-unsafe-eval");
    expect(await policyOf(`_import/${worker}`)).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
  });
});

describe("without labels", () => {
  it("says so, and what can be judged", async () => {
    const {page} = await open("unlabelled/");
    expect(await text(page.locator(".note"))).toContain("What can be said without labels");
    expect(await page.locator(".statistics").count()).toBe(0);
    expect(await page.locator(".confusion:visible").count()).toBe(0);
    expect(await text(page.locator(".map-frame"))).toContain("200 of 200 rows have no coordinates");
    expect(await text(page.locator(".features"))).toMatch(/Median 20 requests\/min/);
    await page.context().close();
  });
});

describe("an address that asks for too much", () => {
  it.each([
    "?period=2030-01-01T00:00:00Z/2030-02-01T00:00:00Z",
    "?threshold=fixed:1e308",
    "?threshold=x",
    "?period=x/y"
  ])("%s shows the page without errors", async (query) => {
    const {page, problems} = await open(`notebook/${query}`);
    expect(problems).toEqual([]);
    expect((await matrixOf(page)).reduce((sum, count) => sum + count, 0)).toBe(318);
    await page.context().close();
  });
});

describe("hostile names", () => {
  it("are text on pages, in tables, tooltips and on the map", async () => {
    for (const path of ["", "hostile/", "hostile/map"]) {
      const {page, problems} = await open(path);
      if (path !== "") {
        for (const dot of await page.locator(".map-icon").all()) await dot.hover({force: true});
        await page
          .getByLabel("Group by")
          .selectOption("country")
          .catch(() => {});
      }
      expect(await page.evaluate(() => "attacked" in window)).toBe(false);
      expect(await text(page.locator("main"))).toContain("<script>window.attacked = 1</script>");
      expect(problems).toEqual([]);
      await page.context().close();
    }
  });
});

describe("the operating point and the evaluation", () => evaluationTests(open));

describe("Compare", () => compareTests(open));

describe("Your logs", () => bringTests(open));

describe("Live", () => liveTests(open));

describe("Live, where eddy live serves", () => liveServerTests(() => ({browser, project})));

// It grows 36 forests, and a browser on a busy machine is late now and then.
describe("Without labels", {retry: process.env.CI ? 1 : 0}, () => withoutLabelsTests(open));

describe("Features", () => featureTests(open));

describe("the server", () => {
  it("has the map alone at /map", async () => {
    const {page} = await open("map");
    expect(page.url()).toBe(`${origin}notebook/map`);
    expect(await page.locator(".map-icon").count()).toBeGreaterThan(20);
    await page.context().close();
  });

  it("answers unknown pages with the site’s own", async () => {
    const page = await browser.newPage();
    expect((await page.goto(`${origin}nothing/here`))!.status()).toBe(404);
    expect(await text(page.locator("h1"))).toBe("There is nothing here");
    await page.close();
  });
});

async function open(path: string, look: BrowserContextOptions = wide, before = "") {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  await page.addInitScript(before);
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "log" && message.type() !== "info") problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url()))
      problems.push(`asks ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(origin + path, {waitUntil: "networkidle"});
  // Charts further down wait until they are seen.
  await page.waitForFunction(() =>
    [...document.querySelectorAll("observablehq-loading")].every(
      (mark) => !mark.checkVisibility() || mark.getBoundingClientRect().top > innerHeight
    )
  );
  problems.push(...(await page.locator(".observablehq--error").allTextContents()));
  return {page, problems};
}

// What follows the model: charts, texts and the map’s colors, in full.
async function follows(page: Page) {
  return {
    charts: await page
      .locator(".card svg[class^=plot]")
      .evaluateAll((plots) => plots.filter((plot) => !plot.closest(".features")).map((plot) => plot.innerHTML)),
    alerts: await page.locator(".alerts").innerText(),
    threshold: await page.locator(".threshold-control output").innerText(),
    point: await page.locator(".threshold-bar output").innerText(),
    map: await page
      .locator(".map-icon > div")
      .evaluateAll((icons) => icons.map((icon) => (icon as HTMLElement).style.background)),
    code: (await page.locator("pre.source").allInnerTexts()).join("\n")
  };
}

// All of that, what the model says of itself, and the table of rows, which draws when it is seen.
async function scene(page: Page) {
  await page.locator(".row-table").scrollIntoViewIfNeeded();
  return {
    ...(await follows(page)),
    state: await page.locator(".model-state").innerText(),
    rows: await page.locator(".row-table tbody").innerText()
  };
}

async function trained(page: Page): Promise<void> {
  await expect
    .poll(() => page.locator(".model-state").innerText(), {timeout: 30_000})
    .toMatch(/^Trained in [\d,]+ ms on /);
}
