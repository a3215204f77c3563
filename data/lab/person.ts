import {chownSync, mkdirSync, writeFileSync} from "node:fs";
import {chromium, type Page} from "playwright-core";
import {passwords} from "./app.js";
import type {Client} from "./client.js";

const chrome = (system: string, tail = "") =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 ${tail}Safari/537.36`;

/** What real Chromium browsers say they are. */
export const browserAgents = [
  chrome("Windows NT 10.0; Win64; x64"),
  chrome("Windows NT 10.0; Win64; x64"),
  `${chrome("Windows NT 10.0; Win64; x64")} Edg/156.0.0.0`,
  chrome("Macintosh; Intel Mac OS X 10_15_7"),
  chrome("X11; Linux x86_64"),
  chrome("Linux; Android 10; K", "Mobile "),
  chrome("Linux; Android 10; K", "Mobile ")
];

const landings = [
  "/",
  "/",
  "/",
  "/bread/",
  "/tea/",
  "/coffee/3.html",
  "/garden/7.html",
  "/soup/2.html",
  "/honey/5.html"
];
const referrers = [
  undefined,
  undefined,
  "https://search.example/",
  "https://news.example/list",
  "https://social.example/"
];
const searches = ["tea", "bread", "honey", "coffee cake", "cheese", "soup for two", "fruit"];

/**
 * A visit with Chromium: a landing page, then links, the back button, search and sometimes the login, with pauses for
 * reading and scrolling. Pictures, styles and scripts load as a browser loads them. Some come back after a while.
 */
export async function visit(me: Client): Promise<void> {
  const {uid, name} = me.account;
  const profile = `${me.home}/profile`;
  mkdirSync(profile);
  chownSync(profile, uid, uid);
  const executablePath = `/tmp/chromium-${name}`;
  const command = `exec setpriv --reuid=${uid} --regid=${uid} --clear-groups -- chromium "$@"`;
  writeFileSync(executablePath, `#!/bin/sh\n${command}\n`, {mode: 0o755});
  const userAgent = me.pick(browserAgents);
  const isMobile = userAgent.includes("Mobile");
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    userAgent,
    isMobile,
    hasTouch: isMobile,
    viewport: isMobile ? {width: 390, height: 760} : {width: me.integer(1100, 1900), height: me.integer(700, 1000)},
    ignoreHTTPSErrors: true,
    timeout: 60_000,
    env: {HOME: me.home, PATH: "/usr/bin:/bin", LANG: "C.UTF-8"},
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE *.lab.test"
    ]
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    page.setDefaultTimeout(10_000);
    const site = `${me.chance(0.6) ? "https" : "http"}://www.lab.test`;
    for (let round = me.chance(0.15) ? 2 : 1; round > 0 && me.left > 5; --round) {
      await page.goto(site + me.pick(landings), {referer: me.pick(referrers)});
      for (let steps = me.integer(1, me.chance(0.2) ? 16 : 7); steps > 0 && me.left > 5; --steps) await step(me, page);
      if (round > 1) await me.pause(30, 90);
    }
  } finally {
    await context.close();
  }
}

/** One step of a visit. A link that is gone or covered is a step not taken. */
async function step(me: Client, page: Page): Promise<void> {
  try {
    if (me.chance(0.7)) await page.mouse.wheel(0, me.integer(200, 2500));
    await me.read();
    const what = me.uniform(0, 1);
    if (what < 0.1) await goBack(page);
    else if (what < 0.16) await search(me, page);
    else if (what < 0.2) await logIn(me, page);
    else await followLink(me, page);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "TimeoutError") throw error;
  }
}

async function goBack(page: Page): Promise<void> {
  await page.goBack();
  if (page.url() === "about:blank") await page.goForward();
}

async function followLink(me: Client, page: Page): Promise<void> {
  const links = page.locator(me.chance(0.7) ? "main a[href^='/']" : "nav a, footer a");
  const count = await links.count();
  if (count === 0) return void (await page.goto(new URL("/", page.url()).href));
  await links.nth(me.integer(0, count - 1)).click();
  await page.waitForLoadState();
}

async function search(me: Client, page: Page): Promise<void> {
  const field = page.locator("input[name=q]");
  if ((await field.count()) === 0) return;
  await field.pressSequentially(me.pick(searches), {delay: 80});
  await field.press("Enter");
  await page.waitForLoadState();
}

async function logIn(me: Client, page: Page): Promise<void> {
  await page.goto(new URL("/login.html", page.url()).href);
  const user = me.pick([...passwords.keys()]);
  const tries = me.chance(0.3) ? ["winterpears", passwords.get(user)!] : [passwords.get(user)!];
  for (const password of tries) {
    if (!page.url().endsWith("/login.html")) await page.goBack();
    await page.fill("input[name=user]", user);
    await page.fill("input[name=password]", password);
    await me.pause(1, 3);
    await page.click("#enter");
    await page.waitForLoadState();
  }
}
