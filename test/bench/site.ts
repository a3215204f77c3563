// Measures the built site in Chromium, as JSON: what a page weighs compressed, when it can be read, and how long the
// notebook takes to follow the threshold. Run: npm run bench
import type {Browser} from "playwright-core";
import {siteServer} from "../../lib/node/siteServer.js";
import {launchChromium} from "../chromium.js";

const runs = 9;
const server = siteServer({directory: "dist"});
const origin = await server.listen({host: "127.0.0.1", port: 0});
const browser = await launchChromium();
const pages: Record<string, unknown> = {};
for (const path of ["/", "/methods", "/notebook/", "/notebook/map", "/website/", "/website/map"]) {
  pages[path] = {...(await measureLoad(browser, origin + path)), ...(await measureThreshold(browser, origin + path))};
}
console.log(JSON.stringify({node: process.version, browser: browser.version(), runs, pages}, null, 2));
await browser.close();
await server.close();

// Readable: prose and the first chart are there. Complete: no cell is running any more. Both in ms from the navigation.
async function measureLoad(browser: Browser, url: string) {
  const readable: number[] = [];
  const complete: number[] = [];
  let bytes = 0;
  for (let run = 0; run < runs; ++run) {
    const context = await browser.newContext({viewport: {width: 1440, height: 900}});
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send("Network.enable");
    bytes = 0;
    network.on("Network.loadingFinished", ({encodedDataLength}) => {
      bytes += encodedDataLength;
    });
    await page.goto(url, {waitUntil: "commit"});
    const since = () => page.evaluate(() => performance.now());
    await page.waitForSelector(url.endsWith("/methods") ? "h1" : ".map-icon, svg[class^=plot] rect", {
      state: "attached"
    });
    readable.push(await since());
    await page.waitForFunction(() => !document.querySelector("observablehq-loading"));
    complete.push(await since());
    await page.waitForLoadState("networkidle");
    await context.close();
  }
  return {kilobytes: Math.round(bytes / 1000), readable: median(readable), complete: median(complete)};
}

// From the slider’s event to the frame after the one in which matrix, curves, map and alerts have followed.
async function measureThreshold(browser: Browser, url: string) {
  const page = await browser.newPage({viewport: {width: 1440, height: 900}});
  await page.goto(url, {waitUntil: "networkidle"});
  const slider = page.locator("input[type=range]").last();
  if ((await slider.count()) === 0) return {};
  const times: number[] = [];
  for (let run = 0; run < runs; ++run) {
    times.push(
      await slider.evaluate(
        (input: HTMLInputElement, value) =>
          new Promise<number>((resolve) => {
            const start = performance.now();
            input.value = `${value}`;
            input.dispatchEvent(new Event("input", {bubbles: true}));
            // Framework runs cells between frames: the second frame shows their work.
            requestAnimationFrame(() =>
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)))
            );
          }),
        0.45 + run * 0.02
      )
    );
  }
  await page.close();
  return {threshold: median(times), slowest: Math.round(Math.max(...times))};
}

function median(values: number[]): number {
  return Math.round(values.sort((a, b) => a - b)[values.length >> 1]!);
}
