import {closeSync, openSync, writeSync} from "node:fs";
import {randomSource} from "../../lib/random.js";

/** Writes a combined log of at least so many bytes, forty lines a second unless told, in order; returns its lines. */
export function writeCombinedLog(
  path: string,
  bytes: number,
  {seed = 1, from = Date.UTC(2026, 0, 5), linesPerSecond = 40, visitors = 3000, turnover = 0.04} = {}
): number {
  const next = combinedLines({seed, visitors, turnover});
  const random = randomSource(seed, 1);
  const file = openSync(path, "w");
  let time = from;
  let lines = 0;
  for (let written = 0; written < bytes; ) {
    let text = "";
    while (text.length < 1 << 20) {
      time += (random() * 2000) / linesPerSecond;
      text += next(time);
      ++lines;
    }
    written += writeSync(file, text);
  }
  closeSync(file);
  return lines;
}

/**
 * Gives lines of a combined log as a busy site has it: so many visitors at a time of whom new ones come as others leave, pages
 * with their assets, popular pages more often, a dozen families of agents in thousands of versions, bots, scans, referrers.
 */
export function combinedLines({seed = 1, visitors: count = 3000, turnover = 0.04} = {}): (time: number) => string {
  const random = randomSource(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const visitors = Array.from({length: count}, () => visitor(random, pick));
  return (time) => {
    const i = Math.floor(random() * visitors.length);
    const {address, agent, isBot} = visitors[i]!;
    const page = pageOf(random, pick);
    const isAsset = !isBot && random() < 0.7;
    const isFound = random() > (isBot ? 0.2 : 0.01);
    const target = isAsset ? `/assets/${pick(assets)}` : page;
    const referrer = isBot || random() < 0.1 ? "-" : `https://www.example.org${page}`;
    const status = isFound ? (isAsset && random() < 0.3 ? 304 : 200) : 404;
    const size = status === 304 ? 0 : Math.floor(200 + 60_000 * random() ** 4);
    if (random() < turnover) visitors[i] = visitor(random, pick);
    return `${address} - - [${clock(time)}] "GET ${target} HTTP/1.1" ${status} ${size} "${referrer}" "${agent}"\n`;
  };
}

type Pick = <T>(values: readonly T[]) => T;

function visitor(random: () => number, pick: Pick) {
  const byte = () => Math.floor(random() * 256);
  const address = random() < 0.1 ? `2001:db8:${byte().toString(16)}::${byte()}` : `198.${byte()}.${byte()}.${byte()}`;
  const isBot = random() < 0.15;
  const version = 90 + Math.floor(random() * 50);
  const build = `${version}.0.0.0`;
  return {address, isBot, agent: pick(isBot ? bots : browsers).replaceAll("VERSION", build)};
}

function pageOf(random: () => number, pick: Pick): string {
  const n = Math.floor(20_000 * random() ** 3);
  const path = `/${pick(sections)}/${2000 + (n % 27)}/${pick(words)}-${n}`;
  return random() < 0.15 ? `${path}?page=${n % 40}&sort=${pick(words)}` : path;
}

let second = Number.NaN;
let stamp = "";

/** A time as a combined log has it. */
export function clock(time: number): string {
  if (Math.floor(time / 1000) !== second) {
    second = Math.floor(time / 1000);
    const [date, hours] = new Date(1000 * second).toISOString().slice(0, 19).split("T") as [string, string];
    const [year, month, day] = date.split("-") as [string, string, string];
    stamp = `${day}/${months[Number(month) - 1]}/${year}:${hours} +0000`;
  }
  return stamp;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const sections = ["articles", "products", "forum", "docs/guide", "tags", "people"];
const words = ["summer", "garden", "kettle", "river", "notebook", "harbour", "lantern", "copper", "meadow", "violin"];
const assets = [
  "site.3f9a1c.css",
  "print.css",
  "main.81be02.js",
  "vendor.77ac10.js",
  "logo.svg",
  "icons.woff2",
  "hero-1600.webp",
  "thumb-12.jpg",
  "thumb-13.jpg",
  "favicon.ico"
];
const browsers = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/VERSION Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/VERSION Safari/537.36",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/VERSION Mobile Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:134.0) Gecko/20100101 Firefox/134.0",
  "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/VERSION Safari/537.36 Edg/VERSION"
];
const bots = [
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
  "curl/8.5.0",
  "python-requests/2.32.3",
  "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 25 subscribers)"
];
