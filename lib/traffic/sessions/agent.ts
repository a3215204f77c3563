/** What a user agent says of its client. */
export interface Agent {
  readonly text: string | null;
  /** Whether it names a program instead of a browser, or is missing. */
  readonly isBot: boolean;
  /** Whether it has the form that browsers’ agents have; of bots true. */
  readonly isWellFormed: boolean;
  /** About when the browser’s version came out, UTC milliseconds; NaN where that is not known. */
  readonly released: number;
}

/**
 * What a user agent says. A program is one that names itself by a word such as bot, crawler or curl, gives an address for
 * questions, or claims no browser at all; every browser since Netscape has begun with Mozilla/ (or Opera/). Releases are
 * known to within half a year, of Chrome and what is built on it, of Firefox and of the last Internet Explorer.
 */
export function readAgent(text: string | null): Agent {
  if (text === null) return {text, isBot: true, isWellFormed: true, released: Number.NaN};
  const claimsBrowser = /^(?:Mozilla|Opera)\/|(?:Chrome|Firefox|Safari|MSIE|Trident|Edge?)[/ ]\d/.test(text);
  const isBot = !claimsBrowser || botWords.test(text);
  return {
    text,
    isBot,
    isWellFormed: isBot || (/^(?:Mozilla\/[45]\.0|Opera\/\d+\.\d+) \([^()]/.test(text) && engines.test(text)),
    released: isBot ? Number.NaN : releaseOf(text)
  };
}

// A phone maker’s name ends with bot, too.
const botWords = new RegExp(
  [
    "(?<!cu)bot",
    "crawl",
    "spider",
    "slurp",
    "scrap[ye]",
    "https?://",
    "@[a-z0-9-]+\\.",
    "curl",
    "wget",
    "python",
    "java/",
    "go-http",
    "libwww",
    "http-?client",
    "okhttp",
    "axios",
    "node-fetch",
    "headless",
    "phantomjs",
    "electron",
    "selenium",
    "playwright",
    "puppeteer",
    "zgrab",
    "masscan",
    "nmap",
    "nikto",
    "sqlmap",
    "nuclei",
    "wpscan",
    "dirbuster",
    "gobuster",
    "ffuf",
    "censys",
    "expanse",
    "netcraft",
    "scanner",
    "inspect/",
    "monitor",
    "uptime",
    "pingdom",
    "checker",
    "validator",
    "lighthouse",
    "archiver",
    "facebookexternalhit",
    "feed",
    "\\brss\\b"
  ].join("|"),
  "i"
);

const engines = /AppleWebKit\/|Gecko\/|Trident\/|Presto\/|MSIE \d/;

function releaseOf(text: string): number {
  const chrome = /Chrome\/(\d{1,4})/.exec(text);
  if (chrome) return interpolated(chromeReleases, Number(chrome[1]));
  const firefox = /Firefox\/(\d{1,4})/.exec(text);
  if (firefox) return interpolated(firefoxReleases, Number(firefox[1]));
  return /MSIE \d|Trident\//.test(text) ? Date.UTC(2013, 9) : Number.NaN;
}

// Versions and when they came out, between which releases are evenly spaced to within half a year.
// https://chromiumdash.appspot.com/schedule, https://whattrainisitnow.com/calendar/
const chromeReleases = [
  [1, Date.UTC(2008, 11)],
  [5, Date.UTC(2010, 4)],
  [50, Date.UTC(2016, 3)],
  [94, Date.UTC(2021, 8)],
  [140, Date.UTC(2025, 8)]
] as const;
const firefoxReleases = [
  [1, Date.UTC(2004, 10)],
  [4, Date.UTC(2011, 2)],
  [71, Date.UTC(2019, 11)],
  [100, Date.UTC(2022, 4)],
  [140, Date.UTC(2025, 5)]
] as const;

function interpolated(releases: readonly (readonly [number, number])[], version: number): number {
  let i = 1;
  while (i < releases.length - 1 && releases[i]![0] < version) ++i;
  const [v0, t0] = releases[i - 1]!;
  const [v1, t1] = releases[i]!;
  return t0 + ((version - v0) * (t1 - t0)) / (v1 - v0);
}
