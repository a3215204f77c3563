import {spawn} from "node:child_process";
import {once} from "node:events";
import type {Browser, Page} from "playwright-core";
import {launchChromium} from "../chromium.js";
import {type Measure, median} from "./measure.js";

const runs = 9;

/**
 * The built site as readers get it, from a server of its own: what a page weighs compressed, when it can be read, and how
 * long it takes to follow the threshold and the model’s controls.
 */
export async function measureSite(): Promise<Measure> {
  const server = spawn(process.execPath, ["--import", "tsx", "lib/node/start.ts", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"]
  });
  const [greeting] = await once(server.stdout, "data");
  const origin = /http:\S+/.exec(`${greeting}`)![0];
  const browser = await launchChromium();
  const pages: Measure[] = [];
  for (const path of ["/", "/methods", "/notebook/", "/notebook/map", "/website/", "/website/map"]) {
    const kilobytes = await measureWeight(browser, origin + path);
    pages.push({
      path,
      kilobytes,
      ...(await measureLoad(browser, origin + path)),
      ...(await measureThreshold(browser, origin + path)),
      ...(await measureRetraining(browser, origin + path))
    });
  }
  await browser.close();
  server.kill();
  return {chromium: browser.version(), runs, pages};
}

// All that a first visit transfers, in thousands of bytes.
async function measureWeight(browser: Browser, url: string): Promise<number> {
  const page = await openPage(browser);
  const network = await page.context().newCDPSession(page);
  let bytes = 0;
  network.on("Network.loadingFinished", ({encodedDataLength}) => {
    bytes += encodedDataLength;
  });
  await network.send("Network.enable");
  await page.goto(url, {waitUntil: "networkidle"});
  await page.context().close();
  return Math.round(bytes / 1000);
}

type Marks = typeof globalThis & Record<"text" | "charts", number>;

// From the navigation until the frame with the page’s title and text, and until that with its first chart or marker: medians
// of first visits, in milliseconds.
async function measureLoad(browser: Browser, url: string) {
  const text: number[] = [];
  const charts: number[] = [];
  for (let run = 0; run < runs; ++run) {
    const page = await openPage(browser);
    await page.addInitScript(watchFor("text", "#observablehq-main h1:not(:empty), .map-title"));
    await page.addInitScript(watchFor("charts", ".map-icon, svg[class^=plot] rect"));
    await page.goto(url, {waitUntil: "networkidle"});
    text.push(await (await page.waitForFunction(() => (window as unknown as Marks).text)).jsonValue());
    if (!url.endsWith("/methods")) {
      charts.push(await (await page.waitForFunction(() => (window as unknown as Marks).charts)).jsonValue());
    }
    await page.context().close();
  }
  return {text: median(text), charts: charts.length === 0 ? undefined : median(charts)};
}

// A text, as tsx adds to functions what a page does not know.
function watchFor(name: string, selector: string): string {
  return `requestAnimationFrame(function watch() {
    const found = document.querySelector(${JSON.stringify(selector)});
    requestAnimationFrame(found ? () => (window.${name} = performance.now()) : watch);
  })`;
}

// From the slider’s event to the frame that shows matrix, curves, map and alerts at the new threshold.
async function measureThreshold(browser: Browser, url: string) {
  const page = await openPage(browser);
  await page.goto(url, {waitUntil: "networkidle"});
  const slider = page.locator("input[type=range]").last();
  if ((await slider.count()) === 0) return {};
  const times: number[] = [];
  for (let run = 0; run < runs; ++run) {
    const move = (input: HTMLElement | SVGElement, value: number) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        Object.assign(input, {value: `${value}`});
        input.dispatchEvent(new Event("input", {bubbles: true}));
        // Framework runs cells between frames, so the second frame is the one that shows their work.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))));
      });
    times.push(await slider.evaluate(move, 0.45 + run * 0.02));
  }
  await page.context().close();
  return {threshold: median(times), slowestThreshold: Math.round(Math.max(...times))};
}

// From another seed to the last change that it makes anywhere on the page: grown and scored in workers, and all redrawn. The
// first movement starts the workers and does not count.
async function measureRetraining(browser: Browser, url: string) {
  const page = await openPage(browser);
  await page.goto(url, {waitUntil: "networkidle"});
  const seed = page.getByLabel("Seed");
  if ((await seed.count()) === 0) return {};
  const move = (input: HTMLElement | SVGElement, value: number) =>
    new Promise<number>((resolve) => {
      const start = performance.now();
      let last = start;
      const observer = new MutationObserver(() => {
        last = performance.now();
      });
      observer.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
      Object.assign(input, {value: `${value}`});
      input.dispatchEvent(new Event("change", {bubbles: true}));
      const timer = setInterval(() => {
        const isTrained = document.querySelector(".model-state")?.textContent?.startsWith("Trained in");
        if (!isTrained || performance.now() - last < 500) return;
        clearInterval(timer);
        observer.disconnect();
        resolve(last - start);
      }, 50);
    });
  const times: number[] = [];
  for (let run = 0; run < runs; ++run) times.push(await seed.evaluate(move, 100 + run));
  await page.context().close();
  return {retrained: median(times.slice(1)), slowestRetrained: Math.round(Math.max(...times.slice(1)))};
}

async function openPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({viewport: {width: 1440, height: 900}});
  return context.newPage();
}
