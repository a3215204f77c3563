import {randomSource} from "../../lib/random.js";

/** A request of a log that tests make. */
export interface Request {
  /** UTC milliseconds; logs keep whole seconds. */
  readonly time: number;
  readonly client: string;
  readonly target: string;
  readonly status?: number;
  readonly size?: number;
  readonly referrer?: string;
  readonly agent?: string;
  readonly method?: string;
}

export const chrome =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

/** Requests of people who read a site, so many of them who begin within so many milliseconds, in order. */
export function visits(people: number, {from = 0, span = 3_600_000, seed = 1} = {}): Request[] {
  const random = randomSource(seed);
  const requests: Request[] = [];
  for (let person = 0; person < people; ++person) {
    const client = `198.51.${100 + Math.floor(person / 250)}.${1 + (person % 250)}`;
    let time = from + random() * span;
    let referrer = random() < 0.5 ? "https://search.example/" : "-";
    const pages = 2 + Math.floor(10 * random() ** 2);
    for (let page = 0; page < pages; ++page) {
      const target = `/articles/${Math.floor(60 * random() ** 2)}`;
      requests.push({time, client, target, referrer, size: 4000 + Math.floor(8000 * random()), agent: chrome});
      referrer = `https://www.example.org${target}`;
      const assets = 1 + Math.floor(4 * random());
      for (let asset = 0; asset < assets; ++asset) {
        const file = `/assets/${Math.floor(12 * random())}.css`;
        requests.push({time: time + 1000 * random(), client, target: file, referrer, size: 900, agent: chrome});
      }
      time += 3000 + 40_000 * random() ** 2;
    }
  }
  return inOrder(requests);
}

/** Requests of a program that takes a page of the site every so many milliseconds. */
export function scraping(
  client: string,
  {from, requests, pause}: {from: number; requests: number; pause: number}
): Request[] {
  return Array.from({length: requests}, (_, i) => ({
    time: from + i * pause,
    client,
    target: `/articles/${i}`,
    size: 6000,
    agent: chrome
  }));
}

/** Requests by time. */
export function inOrder(requests: readonly Request[]): Request[] {
  return [...requests].sort((a, b) => a.time - b.time);
}

/** Lines of a combined log. */
export function combinedLines(requests: readonly Request[]): string[] {
  return requests.map(
    ({time, client, target, status = 200, size = 100, referrer = "-", agent = "-", method = "GET"}) => {
      const stamp = new Date(time).toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, "$1/$2/$3:$4 +0000");
      return `${client} - - [${stamp}] "${method} ${target} HTTP/1.1" ${status} ${size} "${referrer}" "${agent}"\n`;
    }
  );
}
