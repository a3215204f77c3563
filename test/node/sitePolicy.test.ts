import {cpSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {afterAll, beforeAll, expect, it, vi} from "vitest";
import {siteServer} from "../../lib/node/siteServer.js";
import {launchChromium} from "../chromium.js";

const require = createRequire(import.meta.url);
const directory = mkdtempSync(join(tmpdir(), "eddy-policy-"));
const app = siteServer({directory});
vi.setConfig({testTimeout: 30_000});

let browser: Browser;
let origin: string;

beforeAll(async () => {
  const htl = "_node/htl@0.3.1/index.01234567.js";
  const arquero = "_node/arquero@8.0.3/arquero.min.01234567.js";
  cpSync(require.resolve("htl"), join(directory, htl));
  cpSync(require.resolve("arquero/dist/arquero.min.js"), join(directory, arquero));
  page("htl", `import {html} from "./${htl}"; document.body.append(html\`<button onclick=\${click}>\`);`);
  page("arquero", `import "./${arquero}"; document.title = aq.table({x: [1]}).derive({y: (d) => d.x + 1}).get("y");`);
  page("eval", "try { document.title = eval('2'); } catch (error) { document.title = error.name; }");
  page("wasm", "await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); document.title = 'compiled';");
  page("worker", `new Worker("./worker.js").onmessage = ({data}) => { document.title = data; };`);
  writeFileSync(
    join(directory, "worker.js"),
    "try { postMessage(eval('2')) } catch (error) { postMessage(error.name); }"
  );
  page("kernel", `new Worker("./kernel.js", {type: "module"}).onmessage = ({data}) => { document.title = data; };`);
  writeFileSync(join(directory, "kernel.js"), 'import {compile} from "./compile.js"; compile();');
  writeFileSync(
    join(directory, "compile.js"),
    "export const compile = () => { new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); postMessage('compiled'); };"
  );
  origin = await app.listen({port: 0, host: "127.0.0.1"});
  browser = await launchChromium();
}, 600_000);

afterAll(async () => {
  await browser?.close();
  await app.close();
  rmSync(directory, {recursive: true});
});

it("sitePolicy lets Hypertext Literal assign event handlers without a message", async () => {
  const {tab, messages} = await open("/htl");
  await tab.click("button");
  expect([await tab.title(), messages]).toEqual(["clicked", []]);
});

it.each([
  ["/arquero", "2"],
  ["/wasm", "compiled"],
  ["/kernel", "compiled"]
])("sitePolicy lets %s compile without a message", async (path, title) => {
  const {tab, messages} = await open(path);
  await tab.waitForFunction((expected) => document.title === expected, title);
  expect(messages).toEqual([]);
});

it.each(["/eval", "/worker"])("sitePolicy keeps %s from compiling", async (path) => {
  const {tab} = await open(path);
  await tab.waitForFunction(() => document.title === "EvalError");
});

it.each([
  ["an inline script", "const s = document.createElement('script'); s.text = 'stolen()'; document.body.append(s);"],
  ["an event handler", "document.body.innerHTML = '<img src=x onerror=stolen()>';"],
  [
    "a foreign script",
    "const s = document.createElement('script'); s.src = 'https://a.test/'; document.body.append(s);"
  ],
  ["a foreign image", "new Image().src = 'https://a.test/';"],
  ["a foreign request", "fetch('https://a.test/').catch(() => {});"],
  ["a frame", "document.body.innerHTML = '<iframe src=/htl>';"],
  ["a form", "document.body.innerHTML = '<form action=/htl>'; document.forms[0].submit();"],
  ["a base", "document.head.innerHTML += '<base href=/a/>';"]
])("sitePolicy blocks %s", async (_, code) => {
  const {tab} = await open("/htl");
  const violated = tab.evaluate(
    () => new Promise((resolve) => addEventListener("securitypolicyviolation", () => resolve(document.title)))
  );
  await tab.evaluate(code);
  expect(await violated).toBe("untouched");
});

function page(name: string, code: string): void {
  const head = '<!doctype html><title>untouched</title><link rel="icon" href="data:,">';
  const click = "const click = () => { document.title = 'clicked'; };";
  writeFileSync(join(directory, `${name}.html`), `${head}<body><script type="module">${click}\n${code}</script>`);
}

async function open(path: string): Promise<{tab: Page; messages: string[]}> {
  const tab = await browser.newPage();
  const messages: string[] = [];
  tab.on("console", (message) => messages.push(message.text()));
  tab.on("pageerror", (error) => messages.push(error.message));
  await tab.goto(origin + path, {waitUntil: "load"});
  return {tab, messages};
}
