import {chmodSync, chownSync, copyFileSync, writeFileSync} from "node:fs";
import type {Client, Kind} from "./client.js";
import {visit} from "./person.js";
import {servers} from "./room.js";

/** The genuine clients of a recording of some minutes: seven people with browsers a minute, and what else uses servers. */
export function genuineKinds(minutes: number): Kind[] {
  return [
    {kind: "browser", tool: "chromium", clients: Math.round(7 * minutes), act: visit},
    {kind: "text-browser", tool: "lynx", clients: 3, act: (me) => readAsText(me, ["lynx", "-dump"])},
    {kind: "text-browser", tool: "w3m", clients: 2, act: (me) => readAsText(me, ["w3m", "-dump"])},
    {kind: "script", tool: "curl", clients: 5, act: fetchFiles},
    {kind: "download", tool: "wget", clients: 4, act: download},
    {kind: "feed-reader", tool: "newsboat", clients: 5, throughout: true, act: readFeed},
    {kind: "feed-reader", tool: "rsstail", clients: 2, throughout: true, act: tailFeed},
    {kind: "link-checker", tool: "linkchecker", clients: 2, act: checkLinks},
    {kind: "uptime-monitor", tool: "check_http", clients: 2, throughout: true, act: monitor},
    {kind: "uptime-monitor", tool: "curl", clients: 1, throughout: true, act: monitorHead},
    {kind: "crawler", tool: "wget", clients: 2, act: crawl},
    {kind: "shell", tool: "ssh", clients: 4, act: workRemotely},
    {kind: "copy", tool: "scp", clients: 2, act: copyFiles},
    {kind: "backup", tool: "rsync", clients: 2, act: backUp},
    {kind: "resolver", tool: "dig", clients: 4, throughout: true, act: resolveNames},
    {kind: "clock", tool: "ntpdig", clients: 5, throughout: true, act: askTime},
    {kind: "sensor", tool: "mosquitto_pub", clients: 4, throughout: true, act: publish},
    {kind: "subscriber", tool: "mosquitto_sub", clients: 1, throughout: true, act: subscribe}
  ];
}

const site = "http://www.lab.test";
const pages = [
  "/",
  "/bread/",
  "/tea/",
  "/bread/2.html",
  "/coffee/5.html",
  "/honey/9.html",
  "/soup/3.html",
  "/about.html"
];

async function readAsText(me: Client, browser: string[]): Promise<void> {
  for (const path of me.shuffled(pages).slice(0, me.integer(3, 7))) {
    await me.run([...browser, site + path], {seconds: 10});
    await me.read();
  }
}

/** A script of somebody's: prices and news, a few times, with what curl says by itself. */
async function fetchFiles(me: Client): Promise<void> {
  for (let rounds = me.integer(2, 5); rounds > 0; --rounds) {
    for (const path of me
      .shuffled(["/files/prices.csv", "/feed.xml", "/api/related?path=/tea/1.html"])
      .slice(0, me.integer(1, 3)))
      await me.run([
        "curl",
        "-sSk",
        "--compressed",
        "-o",
        "out",
        (me.chance(0.4) ? "https://www.lab.test" : site) + path
      ]);
    await me.pause(15, 60);
  }
}

async function download(me: Client): Promise<void> {
  for (const file of me.shuffled(["catalogue.pdf", "recipes.zip", "poster.pdf"]).slice(0, me.integer(1, 3))) {
    await me.run(["wget", "-nv", "--limit-rate=150k", "-O", file, `${site}/files/${file}`]);
    await me.pause(1, 12);
  }
}

async function readFeed(me: Client): Promise<void> {
  writeFileSync(`${me.home}/urls`, `${site}/feed.xml\n`);
  writeFileSync(`${me.home}/config`, "reload-threads 1\n");
  await me.pause(0, 50);
  const every = me.integer(40, 120);
  while (me.left > 5) {
    await me.run(["newsboat", "-q", "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"], {seconds: 20});
    await me.pause(every, every + 5);
  }
}

async function tailFeed(me: Client): Promise<void> {
  await me.pause(0, 30);
  await me.run(["rsstail", "-z", "-P", "-n", "3", "-i", String(me.integer(25, 60)), "-u", `${site}/feed.xml`]);
}

async function checkLinks(me: Client): Promise<void> {
  const depth = String(me.integer(1, 2));
  await me.run(["linkchecker", "--no-status", "-t", "2", "-r", depth, `${site}/`], {seconds: 150});
}

async function monitor(me: Client): Promise<void> {
  const every = me.pick([10, 15]);
  await me.pause(0, every);
  while (me.left > 5) {
    await me.run(["/usr/lib/nagios/plugins/check_http", "-I", servers.www, "-H", "www.lab.test", "-u", "/"]);
    await me.pause(every - 0.05, every + 0.05);
  }
}

async function monitorHead(me: Client): Promise<void> {
  while (me.left > 5) {
    await me.run(["curl", "-sSI", "-A", "StatusPage/1.0", "--max-time", "5", `${site}/about.html`]);
    await me.pause(20, 20.2);
  }
}

/** A search engine’s crawler that says what it is, obeys robots.txt and takes its time. */
async function crawl(me: Client): Promise<void> {
  const agent = me.pick([
    "ExampleBot/2.1 (+https://bot.example/about)",
    "Mozilla/5.0 (compatible; LarderSearch/1.0; +https://larder.example/bot)"
  ]);
  const wait = ["--wait=3", "--random-wait"];
  await me.run(
    ["wget", "-r", "-l", "3", "-nv", "--reject=png,css,js,zip,pdf", "--delete-after", ...wait, "-U", agent, `${site}/`],
    {
      seconds: 300
    }
  );
}

async function workRemotely(me: Client): Promise<void> {
  const commands = me.shuffled([
    "ls -l",
    "id",
    "date",
    "df -h /tmp",
    "cat /proc/loadavg",
    "seq 1 400",
    "ls / | sort -r"
  ]);
  const words = commands.map((d) => `${d}; sleep ${me.integer(2, 14)}`).join("; ");
  await me.run(["ssh", "-T", ...withKey(me), "deploy@files.lab.test", words], {seconds: 120});
}

async function copyFiles(me: Client): Promise<void> {
  writeFileSync(`${me.home}/notes`, "0123456789abcdef\n".repeat(me.integer(2000, 20000)));
  for (let i = me.integer(2, 4); i > 0; --i) {
    await me.run(["scp", "-q", "-l", "4000", ...withKey(me), "notes", "deploy@files.lab.test:"], {seconds: 60});
    await me.pause(20, 60);
  }
}

/** Options for ssh and scp. ssh wants a key that nobody else can read: each client gets an own copy. */
function withKey(me: Client): string[] {
  const key = `${me.home}/key`;
  copyFileSync("/tmp/deploy_key", key);
  chmodSync(key, 0o600);
  chownSync(key, me.account.uid, me.account.uid);
  return ["-i", key, "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"];
}

async function backUp(me: Client): Promise<void> {
  for (let i = 3; i > 0; --i) {
    await me.run([
      "rsync",
      "-rt",
      "--bwlimit=400",
      `rsync://backup.lab.test/site/${me.pick(["images", "bread", "tea"])}`,
      "copy"
    ]);
    await me.pause(60, 120);
  }
}

/** Names as a mail server or a proxy asks for them: bursts, some that do not exist. */
async function resolveNames(me: Client): Promise<void> {
  while (me.left > 3) {
    const queries = Array.from({length: me.integer(1, 12)}, () => {
      const name = me.chance(0.07) ? `old${me.integer(1, 99)}.lab.test` : `m${me.integer(1, 200)}.lab.test`;
      return me.pick([`${name} A`, `${name} A`, `${name} AAAA`, "lab.test MX", "www.lab.test A", "lab.test TXT"]);
    });
    await me.run(["dig", "+short", "+tries=1", "+time=1", ...queries.join(" ").split(" ")]);
    await me.pause(1, 7);
  }
}

async function askTime(me: Client): Promise<void> {
  const every = me.pick([16, 32, 64]);
  await me.pause(0, every);
  while (me.left > 3) {
    await me.run(["ntpdig", "-t", "1", servers.time]);
    await me.pause(every, every + 1);
  }
}

async function publish(me: Client): Promise<void> {
  const every = me.integer(10, 30);
  while (me.left > 3) {
    await me.run([
      "mosquitto_pub",
      "-h",
      "mqtt.lab.test",
      "-t",
      `room/${me.account.uid}`,
      "-m",
      me.uniform(18, 23).toFixed(1)
    ]);
    await me.pause(every, every + 2);
  }
}

async function subscribe(me: Client): Promise<void> {
  await me.run(["mosquitto_sub", "-h", "mqtt.lab.test", "-k", "30", "-t", "room/#"]);
}
