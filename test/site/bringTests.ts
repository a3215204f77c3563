import {gzipSync} from "node:zlib";
import type {BrowserContextOptions, Page, Request} from "playwright-core";
import {expect, it} from "vitest";
import {ethernet, ipv4, pcapFile, tcp} from "../formats/captures.js";
import {text} from "./read.js";

type Open = (path: string, look?: BrowserContextOptions, before?: string) => Promise<{page: Page; problems: string[]}>;
type Upload = {name: string; mimeType: string; buffer: Buffer};

// Workers take their time on a busy machine.
const patience = {timeout: 40_000};

/** What the page for a reader’s own logs promises, in the browser that `open` opens. */
export function bringTests(open: Open): void {
  it("reads a gzip’d access log, finds who is odd, and sends nothing anywhere", async () => {
    const {page, problems} = await open("bring");
    const asked: Request[] = [];
    page.on("request", (request) => asked.push(request));
    await give(page, {name: "access.log.gz", mimeType: "application/gzip", buffer: gzipSync(accessLog)});
    expect(await text(page.locator(".ingest-report"))).toMatch(
      /access\.log\.gz combined: 1,205 lines read, 2 rejected; passed over: 1 × blank line\./
    );
    expect(await text(page.locator(".rejects"))).toContain("<script>window.attacked = 1</script>");
    expect(await text(page.locator(".bring-words"))).toMatch(/^401 sessions of 401 clients, from 2026-01-05 10:00 to /);
    expect(await text(page.locator(".alerts tbody tr").first())).toContain("10.9.9.9");
    await page.locator(".row-table").scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => "attacked" in window)).toBe(false);
    for (const request of asked) {
      expect([request.method(), request.postData()]).toEqual(["GET", null]);
      expect(request.url()).not.toMatch(/access\.log|10\.9\.9\.9/);
    }
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("links time, threshold and alerts on these rows, and gives the loader that makes them an experiment", async () => {
    const {page, problems} = await open("bring");
    await give(page, {name: "access.log", mimeType: "text/plain", buffer: Buffer.from(accessLog)});
    const bar = page.locator(".threshold-bar output");
    const before = await text(bar);
    await page.locator(".threshold-bar input").fill("0.4");
    await expect.poll(() => text(bar), patience).not.toBe(before);
    expect(await page.locator(".alerts tbody tr").count()).toBe(25);
    const code = await page.locator("pre.source").last().innerText();
    expect(code).toContain('traffic: await readTraffic(["data/mine/access.log"])');
    expect(code).toContain('"log(request_rate)"');
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", {name: "Download as CSV"}).click()
    ]);
    expect(download.suggestedFilename()).toBe("your-logs.csv");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("reads a Zeek log and a capture as flows, also one after the other", async () => {
    const {page, problems} = await open("bring");
    await give(page, {name: "conn.log", mimeType: "text/plain", buffer: Buffer.from(zeekLog)});
    expect(await text(page.locator(".ingest-report"))).toContain("conn.log zeek-conn: 300 lines read, none rejected");
    expect(await text(page.locator(".bring-words"))).toMatch(/^300 flows of 30 clients/);
    await give(page, {name: "capture.pcap", mimeType: "application/octet-stream", buffer: capture});
    await expect.poll(() => text(page.locator(".ingest-report")), patience).toContain("capture.pcap pcap: 400 packets");
    await expect.poll(() => text(page.locator(".bring-words")), patience).toMatch(/^200 flows of 20 clients/);
    expect(await page.locator(".observablehq--error:visible").count()).toBe(0);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("looks up places when asked, and counts addresses that are nowhere", async () => {
    const {page, problems} = await open("bring");
    const databases: string[] = [];
    page.on("request", (request) => {
      if (/\.mmdb/.test(request.url())) databases.push(request.url());
    });
    const places = accessLog.replaceAll("10.0.0.", "8.8.8.");
    await give(page, {name: "access.log", mimeType: "text/plain", buffer: Buffer.from(places)});
    expect(databases).toEqual([]);
    await page.getByLabel("Look up countries").check();
    await expect.poll(() => page.locator(".map-icon").count(), patience).toBeGreaterThan(0);
    expect(databases.length).toBeGreaterThan(0);
    expect(await text(page.locator("main"))).toContain("DB-IP");
    expect(await text(page.locator(".map-frame"))).toMatch(/private/);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("reads a log of few rows, and says whose rows stay when the next file cannot be read", async () => {
    const {page, problems} = await open("bring");
    const few = accessLog.split("\n").slice(0, 12).join("\n");
    await choose(page, {name: "few.log", mimeType: "text/plain", buffer: Buffer.from(few)});
    await expect.poll(() => text(page.locator(".bring-words")), patience).toMatch(/^4 sessions of 4 clients/);
    await choose(page, {name: "empty.log", mimeType: "text/plain", buffer: Buffer.from("")});
    await expect.poll(() => text(page.locator(".bring-state")), patience).toMatch(/Below is still few\.log\.$/);
    expect(await text(page.locator(".ingest-report"))).toContain("few.log");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  it("says in words what it cannot read, and can be stopped", async () => {
    const {page, problems} = await open("bring");
    const state = page.locator(".bring-state");
    await choose(page, {
      name: "photo.log",
      mimeType: "text/plain",
      buffer: Buffer.from("\x89PNG\r\n\x1a\n picture", "latin1")
    });
    await expect
      .poll(() => text(state), patience)
      .toContain("photo.log: looks like an image, which Eddy does not read");
    await choose(page, {name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("just some words\n")});
    await expect.poll(() => text(state), patience).toContain("notes.txt: no log that is known");
    await choose(
      page,
      {name: "access.log", mimeType: "text/plain", buffer: Buffer.from(accessLog)},
      {name: "conn.log", mimeType: "text/plain", buffer: Buffer.from(zeekLog)}
    );
    await expect.poll(() => text(state), patience).toMatch(/expected (requests|flows) as in .*, got (flows|requests)$/);
    const long = Buffer.from(accessLog.repeat(200));
    await choose(page, {name: "long.log", mimeType: "text/plain", buffer: long});
    await page.getByRole("button", {name: "Cancel"}).click();
    expect(await text(state)).toBe("Cancelled. Nothing was kept.");
    expect(problems).toEqual([]);
    await page.context().close();
  });
}

async function choose(page: Page, ...files: Upload[]): Promise<void> {
  await page.locator("input[type=file]").setInputFiles(files);
}

/** Gives files to the page and waits until everything is drawn that follows from them. */
async function give(page: Page, ...files: Upload[]): Promise<void> {
  await choose(page, ...files);
  await page
    .locator(".alerts tbody tr")
    .first()
    .waitFor({state: "visible", ...patience});
}

/** 400 people who ask for three pages each, one who tries what nobody has, and lines that are none. */
const accessLog = (() => {
  const line = (client: string, seconds: number, request: string, status: number, referrer: string, agent: string) => {
    const time = new Date(Date.UTC(2026, 0, 5, 10, 0, seconds)).toISOString().slice(11, 19);
    return `${client} - - [05/Jan/2026:${time} +0000] "${request} HTTP/1.1" ${status} 900 "${referrer}" "${agent}"\n`;
  };
  const lines: string[] = [];
  for (let i = 0; i < 400; ++i) {
    const client = i < 250 ? `10.0.0.${i}` : `10.0.1.${i - 250}`;
    const agent = `Mozilla/5.0 (X11; Linux x86_64; rv:${120 + (i % 9)}.0) Gecko/20100101 Firefox/${120 + (i % 9)}.0`;
    for (let j = 0; j < 3; ++j) {
      lines.push(
        line(client, 10 * i + 37 * j, `GET /page/${(i * 7 + j) % 40}`, 200, j === 0 ? "-" : "http://a/", agent)
      );
    }
  }
  for (const path of ["/.env", "/wp-login.php", "/.git/config", "/?x=jndi:ldap://a", "/cgi-bin/x.sh"]) {
    lines.push(line("10.9.9.9", 2000 + lines.length - 1200, `POST ${path}`, 404, "-", "zgrab/0.x"));
  }
  lines.push("<script>window.attacked = 1</script>\n", "\n", "nonsense\n");
  return lines.join("");
})();

const zeekLog = (() => {
  const fields = [
    ["ts", "time"],
    ["uid", "string"],
    ["id.orig_h", "addr"],
    ["id.orig_p", "port"],
    ["id.resp_h", "addr"],
    ["id.resp_p", "port"],
    ["proto", "enum"],
    ["service", "string"],
    ["duration", "interval"],
    ["orig_bytes", "count"],
    ["resp_bytes", "count"],
    ["conn_state", "string"]
  ];
  const rows = Array.from({length: 300}, (_, i) => {
    const port = [80, 443, 53][i % 3]!;
    const values = [
      1767607200 + i,
      `C${i}`,
      `10.0.0.${i % 30}`,
      40000 + i,
      `93.184.216.${i % 5}`,
      port,
      port === 53 ? "udp" : "tcp"
    ];
    return [
      ...values,
      ["http", "ssl", "dns"][i % 3],
      0.2 + (i % 7) / 10,
      300 + (i % 11) * 9,
      4000 + (i % 13) * 70,
      "SF"
    ].join("\t");
  });
  return `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\t${fields
    .map(([name]) => name)
    .join("\t")}\n#types\t${fields.map(([, type]) => type).join("\t")}\n${rows.join("\n")}\n`;
})();

const capture = Buffer.from(
  pcapFile(
    Array.from({length: 400}, (_, i) => {
      const flow = i >> 1;
      const ends = [`10.0.0.${flow % 20}`, `10.0.1.${flow % 3}`] as const;
      const [source, destination] = i % 2 === 0 ? ends : [ends[1], ends[0]];
      const segment = i % 2 === 0 ? tcp(20000 + flow, 443, 2) : tcp(443, 20000 + flow, 18);
      return {time: 1767607200000 + i * 50, bytes: ethernet(0x800, ipv4({source, destination, protocol: 6}, segment))};
    })
  )
);
