import {randomSource} from "../../../../lib/random.js";

/** The contents that a log has one after the other between rotations, oldest first. */
export interface Generations {
  readonly contents: readonly Buffer[];
  /** Their lines, those without an end included. */
  readonly lines: number;
}

/**
 * Hours of a web site’s traffic as an access log of so many generations, the same for the same seed: people, crawlers and
 * attackers; lines that are late, by more than is borne or for the second time; hostile and unreadable ones, one of them longer
 * than a piece of what is read. The third generation is of a few lines, the fourth is empty, and some end within a line.
 */
export function faultTraffic(seed: number, {hours = 4, generations = 9} = {}): Generations {
  const random = randomSource(seed);
  const lines = [...sessionLines(random, hours), ...strayLines(random, hours)].sort((a, b) => a.at - b.at);
  const ends = endsOf(random, lines.length, generations);
  const contents = ends.map((end, i) => {
    const content = Buffer.concat(lines.slice(i === 0 ? 0 : ends[i - 1], end).map(({bytes}) => bytes));
    return tornEnds.includes(i) ? content.subarray(0, -1) : content;
  });
  return {contents, lines: lines.length};
}

/** Generations that end without an end of line, each with all but that of its last line. */
const tornEnds = [1, 7];

/** When it is written, and what. */
interface Line {
  readonly at: number;
  readonly bytes: Buffer;
}

const start = Date.UTC(2024, 10, 28, 6);
const [second, minute, hour] = [1000, 60_000, 3_600_000];

function endsOf(random: () => number, lines: number, generations: number): number[] {
  const part = lines / (generations - 1.5);
  const ends: number[] = [];
  for (let i = 0, end = 0; i < generations; ++i) {
    if (i !== 3) end += i === 2 ? 3 : Math.round(part * (0.7 + 0.6 * random()));
    ends.push(Math.min(lines, end));
  }
  ends[generations - 1] = lines;
  return ends;
}

function sessionLines(random: () => number, hours: number): Line[] {
  const lines: Line[] = [];
  for (let time = start, n = 0; time < start + hours * hour; ++n) {
    time += (-Math.log(1 - random()) * hour) / 110;
    const kind = random();
    if (kind < 0.85) lines.push(...visit(random, time));
    else if (kind < 0.93) lines.push(...crawl(random, time));
    else lines.push(...attack(random, time, n));
  }
  return lines;
}

function visit(random: () => number, begin: number): Line[] {
  const client = addressOf(random, 60);
  const agent = pick(random, agents);
  const lines: Line[] = [];
  let [time, from] = [begin, random() < 0.6 ? "https://search.example/" : "-"];
  for (let pages = 1 + Math.floor(6 * random() ** 2); pages > 0; --pages) {
    const path = `/page/${Math.floor(40 * random() ** 2)}`;
    lines.push(
      line(random, time, {client, agent, from, request: `GET ${path} HTTP/1.1`, bytes: 5000 + 9000 * random()})
    );
    for (let asset = Math.floor(4 * random()); asset > 0; --asset) {
      const request = `GET /assets/${Math.floor(12 * random())}.${pick(random, ["css", "js", "png"])} HTTP/1.1`;
      lines.push(
        line(random, time + second * random(), {client, agent, from: path, request, bytes: 30_000 * random()})
      );
    }
    from = `https://www.example.org${path}`;
    time += 4 * second + 60 * second * random();
  }
  return lines;
}

function crawl(random: () => number, begin: number): Line[] {
  const client = addressOf(random, 20);
  const agent = "Mozilla/5.0 (compatible; Crawler/2.1; +https://crawler.example/bot)";
  return Array.from({length: 3 + Math.floor(12 * random())}, (_, i) => {
    const request = `GET ${i === 0 ? "/robots.txt" : `/page/${Math.floor(40 * random())}`} HTTP/1.1`;
    return line(random, begin + 20 * second * i, {client, agent, from: "-", request, bytes: 6000});
  });
}

function attack(random: () => number, begin: number, n: number): Line[] {
  const client = addressOf(random, 180);
  const agent = pick(random, ["sqlmap/1.8", "-", "<img src=x onerror=alert(1)>", "Go-http-client/1.1", "\\x22\\x00"]);
  const pause = second * (0.1 + 2 * random());
  return Array.from({length: 20 + Math.floor(60 * random())}, (_, i) => {
    const target = pick(random, ["/wp-login.php", "/.env", "/admin/../../etc/passwd", "/?q=<script>alert(1)</script>"]);
    const request = `${pick(random, ["GET", "POST", "PROPFIND"])} ${target}&try=${n}.${i} HTTP/1.1`;
    const status = pick(random, [403, 404, 500]);
    return line(random, begin + pause * i, {client, agent, from: "-", request, bytes: 150, status});
  });
}

/** What is no request, and what is none of today. */
function strayLines(random: () => number, hours: number): Line[] {
  const texts = [
    ...hostile,
    Buffer.from(`192.0.2.9 - - [28/Nov/2024:07:00:00 +0000] "GET /${"a".repeat(150_000)} HTTP/1.1" 414 0 "-" "long"`)
  ];
  return texts.flatMap((bytes) =>
    Array.from({length: 2}, () => ({at: start + hours * hour * random(), bytes: Buffer.concat([bytes, lineEnd])}))
  );
}

const lineEnd = Buffer.from("\n");
const hostile = [
  Buffer.from(""),
  Buffer.from("\r"),
  Buffer.from("\0".repeat(300)),
  Buffer.from([0xff, 0xfe, 0x80, 0x22, 0x5b, 0x0b, 0x1b, 0x5b, 0x32, 0x4a]),
  Buffer.from('[[[[[["""""\\\\\\\\'),
  Buffer.from('{"__proto__": {"polluted": true}}'),
  Buffer.from('192.0.2.7 - - [31/Feb/2024:99:99:99 +9999] "GET / HTTP/1.1" 200 1 "-" "no such time"'),
  Buffer.from('192.0.2.7 - - [28/Nov/2024:08:00:00 +0000] "\\x16\\x03\\x01" 400 999999999999999999999 "-" "-"'),
  Buffer.from('__proto__ - constructor [28/Nov/2024:08:00:00 +0000] "GET /toString HTTP/1.1" 200 5 "-" "valueOf"'),
  Buffer.from('\u2028 - - [28/Nov/2024:09:00:00 +0000] "GET /\u202e HTTP/1.1" 200 5 "-" "\ud83d\ude00\u0000"')
];

interface Request {
  readonly client: string;
  readonly agent: string;
  readonly from: string;
  readonly request: string;
  readonly bytes: number;
  readonly status?: number;
}

// Most lines come at once, some up to four minutes late, and a few by more than the five that are borne.
function line(random: () => number, time: number, {client, agent, from, request, bytes, status = 200}: Request): Line {
  const late = random();
  const at = time + (late < 0.97 ? 0 : late < 0.995 ? 4 * minute * random() : 6 * minute + 9 * minute * random());
  const [day, clock] = [new Date(time).toISOString().slice(0, 10), new Date(time).toISOString().slice(11, 19)];
  const stamp = `[${day.slice(8)}/Nov/2024:${clock} +0000]`;
  return {
    at,
    bytes: Buffer.from(`${client} - - ${stamp} "${request}" ${status} ${Math.round(bytes)} "${from}" "${agent}"\n`)
  };
}

function addressOf(random: () => number, network: number): string {
  return `${network + Math.floor(30 * random())}.${Math.floor(256 * random())}.${Math.floor(256 * random())}.7`;
}

function pick<T>(random: () => number, all: readonly T[]): T {
  return all[Math.floor(random() * all.length)]!;
}

const agents = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
];
