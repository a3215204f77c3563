import {createHash} from "node:crypto";
import {mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync} from "node:fs";
import {type IncomingHttpHeaders, request} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {brotliDecompressSync, gunzipSync} from "node:zlib";
import {afterAll, beforeAll, expect, it} from "vitest";
import {siteServer} from "../../lib/node/siteServer.js";

const folder = mkdtempSync(join(tmpdir(), "eddy-site-"));
const directory = join(folder, "dist");
const inline = '\nimport {define} from "./_observablehq/client.0123abcd.js";\nconsole.log("<é>");\n';
const long = `${"a line of text, many times over\n".repeat(200)}`;
const app = siteServer({directory, map: "/notebook/map", tiles: "https://tile.openstreetmap.org"});
let port: number;

beforeAll(async () => {
  const files = {
    "index.html": `<!doctype html><script type="module">${inline}</script><script src="/x.js"></script>`,
    "404.html": '<!doctype html><base href="/"><p>nowhere',
    "about.html": `<!doctype html>${long}`,
    "notebook/index.html": '<script>import("../_import/components/chart.01234567.js")</script>',
    "notebook/map.html": "<!doctype html>",
    "data.json": "{}",
    ".secret": "hidden",
    ".git/config": "hidden",
    CNAME: "example.com",
    "_file/experiments/a/traffic.01234567.arrow": long,
    "_file/forest.01234567.bin": long,
    "_file/photo.01234567.png": long,
    "_import/components/chart.01234567.js": 'import aq from "../../_node/arquero@8.0.3/dist/arquero.min.01234567.js";',
    "_import/style.01234567.css": "p {}",
    "_import/lib/engine.01234567.js": 'const engine = await WebAssembly.compile(await import("./bytes.01234567.js"));',
    "_import/lib/bytes.01234567.js": "export {};",
    "_node/arquero@8.0.3/dist/arquero.min.01234567.js": "export default {};",
    "_node/unhashed.js": "export {};",
    "_observablehq/client.0123abcd.js": "export const define = () => {};",
    "_observablehq/engine.wasm": "\0asm"
  };
  for (const [path, text] of Object.entries(files)) write(join(directory, path), text);
  write(join(folder, "outside.html"), "outside");
  write(join(folder, "dist-beside", "index.html"), "outside");
  symlinkSync(join(folder, "outside.html"), join(directory, "link.html"));
  symlinkSync(folder, join(directory, "up"));
  await app.listen({port: 0, host: "127.0.0.1"});
  port = (app.server.address() as AddressInfo).port;
});

afterAll(async () => {
  await app.close();
  rmSync(folder, {recursive: true});
});

it.each([
  ["/", "text/html; charset=utf-8"],
  ["/_import/style.01234567.css", "text/css; charset=utf-8"],
  ["/_import/components/chart.01234567.js", "text/javascript; charset=utf-8"],
  ["/_file/experiments/a/traffic.01234567.arrow", "application/vnd.apache.arrow.stream"],
  ["/_file/forest.01234567.bin", "application/octet-stream"],
  ["/_file/photo.01234567.png", "image/png"],
  ["/_observablehq/engine.wasm", "application/wasm"],
  ["/data.json", "application/json; charset=utf-8"],
  ["/CNAME", "application/octet-stream"]
])("siteServer serves %s as %s", async (path, type) => {
  const {status, headers} = await get(path);
  expect([status, headers["content-type"]]).toEqual([200, type]);
});

it.each([
  ["/about", 200, undefined],
  ["/about?x=1", 200, undefined],
  ["/%61bout", 200, undefined],
  ["/about.html", 200, undefined],
  ["/notebook/", 200, undefined],
  ["/notebook/map", 200, undefined],
  ["/notebook", 302, "./notebook/"],
  ["/notebook?x=1?y#z", 302, "./notebook/?x=1?y#z"],
  ["/about/", 302, "../about"],
  ["/map", 302, "./notebook/map"],
  ["/nothing", 404, undefined],
  ["/notebook/nothing/", 404, undefined],
  ["/data.json/", 404, undefined]
])("siteServer answers %s with %i", async (path, status, location) => {
  const response = await get(path);
  expect([response.status, response.headers.location]).toEqual([status, location]);
});

it("siteServer answers unknown paths with the site’s own page", async () => {
  const {status, headers, body} = await get("/no/such/page");
  expect([status, headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
  expect(String(body)).toContain("nowhere");
});

it.each([
  "/../outside",
  "/../outside.html",
  "/..%2foutside.html",
  "/%2e%2e/outside.html",
  "/%2e%2e%2foutside.html",
  "/%252e%252e%252foutside.html",
  "/_file/../../outside.html",
  "/../dist-beside/index.html",
  "/..\\outside.html",
  "/..%5coutside.html",
  "/%5c..%5coutside.html",
  "//outside.html",
  "//etc/passwd",
  "/%2fetc%2fpasswd",
  "/C:/outside.html",
  "/link.html",
  "/link",
  "/up/outside",
  "/up/outside.html",
  "/.secret",
  "/%2esecret",
  "/.git/config",
  "/index.html%00",
  "/index.html%00.js",
  "/index.html%0a",
  "/about/.",
  `/${"a".repeat(5000)}`,
  `/${"a/".repeat(2000)}`
])("siteServer keeps to its directory for %s", async (path) => {
  const {status, body} = await get(path);
  expect(status).toBe(404);
  expect(String(body)).toContain("nowhere");
});

it.each(["/%", "/%zz", "/%ff", "/%c0%ae%c0%ae/outside.html"])("siteServer refuses the malformed %s", async (path) => {
  const {status, headers, body} = await get(path);
  expect([status, String(body)]).toEqual([400, "bad request\n"]);
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

it("siteServer refuses to change anything", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    const {status, headers} = await get("/", {}, method);
    expect([status, headers.allow]).toEqual([405, "GET, HEAD"]);
  }
});

it.each([
  ["/", "no-cache"],
  ["/data.json", "no-cache"],
  ["/nothing", "no-cache"],
  ["/_node/unhashed.js", "no-cache"],
  // Framework’s hash of a local module does not cover the packages that its imports import.
  ["/_import/components/chart.01234567.js", "no-cache"],
  ["/_import/style.01234567.css", "public, max-age=31536000, immutable"],
  ["/_file/experiments/a/traffic.01234567.arrow", "public, max-age=31536000, immutable"],
  ["/_node/arquero@8.0.3/dist/arquero.min.01234567.js", "public, max-age=31536000, immutable"],
  ["/_observablehq/client.0123abcd.js", "public, max-age=31536000, immutable"]
])("siteServer lets %s be cached as %s", async (path, expected) => {
  expect((await get(path)).headers["cache-control"]).toBe(expected);
});

it.each([
  ["br", "br", brotliDecompressSync],
  ["gzip, deflate", "gzip", gunzipSync],
  ["gzip;q=1.0, br;q=0.5, *;q=0.1", "br", brotliDecompressSync],
  ["br;q=0, gzip", "gzip", gunzipSync],
  ["identity", undefined, (body: Buffer) => body],
  ["br;q=0.0", undefined, (body: Buffer) => body]
])("siteServer compresses for a client that accepts %s", async (accepted, encoding, decode) => {
  for (const path of ["/_file/experiments/a/traffic.01234567.arrow", "/_file/forest.01234567.bin", "/about"]) {
    const {headers, body} = await get(path, {"accept-encoding": accepted});
    expect([headers["content-encoding"], headers.vary]).toEqual([encoding, "accept-encoding"]);
    expect(Number(headers["content-length"])).toBe(body.length);
    expect(String(decode(body))).toContain(long);
  }
});

it("siteServer does not compress what is compressed or small", async () => {
  for (const path of ["/_file/photo.01234567.png", "/data.json"]) {
    const {headers} = await get(path, {"accept-encoding": "br, gzip"});
    expect([headers["content-encoding"], headers.vary]).toEqual([undefined, undefined]);
  }
});

it("siteServer answers 304 to a client that has the file, and only to it", async () => {
  for (const encoding of ["identity", "gzip", "br"]) {
    const {etag} = (await get("/about", {"accept-encoding": encoding})).headers;
    for (const known of [etag!, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const {status, headers, body} = await get("/about", {"accept-encoding": encoding, "if-none-match": known});
      expect([status, headers.etag, body.length]).toEqual([304, etag, 0]);
      expect(headers["content-security-policy"]).toContain("script-src");
    }
    expect((await get("/about", {"accept-encoding": "", "if-none-match": '"other"'})).status).toBe(200);
  }
});

it("siteServer gives a file an ETag that depends on its contents alone", async () => {
  const file = join(directory, "changing.html");
  const etag = async () => (await get("/changing")).headers.etag;
  write(file, "one");
  const first = await etag();
  utimesSync(file, 1e9, 1e9);
  expect(await etag()).toBe(first);
  write(file, "two");
  utimesSync(file, 1e9 + 1, 1e9 + 1);
  expect(await etag()).not.toBe(first);
});

it("siteServer answers HEAD as GET, without the body", async () => {
  for (const path of ["/", "/about", "/nothing", "/map"]) {
    const head = await get(path, {"accept-encoding": "br"}, "HEAD");
    const whole = await get(path, {"accept-encoding": "br"});
    expect(head.body.length).toBe(0);
    expect({...head.headers, date: ""}).toEqual({...whole.headers, date: ""});
  }
});

it.each([
  ["bytes=0-5", 206, "bytes 0-5/6400", 6],
  ["bytes=6390-", 206, "bytes 6390-6399/6400", 10],
  ["bytes=-3", 206, "bytes 6397-6399/6400", 3],
  ["bytes=6000-99999", 206, "bytes 6000-6399/6400", 400],
  ["bytes=6400-", 416, "bytes */6400", 0],
  ["bytes=-0", 416, "bytes */6400", 0],
  ["bytes=5-2", 200, undefined, 6400],
  ["bytes=0-1,4-5", 200, undefined, 6400],
  ["lines=0-1", 200, undefined, 6400]
])("siteServer answers the range %s with %i", async (range, status, contentRange, length) => {
  const {headers, ...response} = await get("/_file/forest.01234567.bin", {range, "accept-encoding": "br"});
  expect([response.status, headers["content-range"], response.body.length]).toEqual([status, contentRange, length]);
});

it("siteServer sends a range only of the file that the client knows", async () => {
  const path = "/_file/forest.01234567.bin";
  const {etag} = (await get(path)).headers;
  expect((await get(path, {range: "bytes=0-1", "if-range": etag!})).status).toBe(206);
  expect((await get(path, {range: "bytes=0-1", "if-range": '"other"'})).status).toBe(200);
});

it("siteServer allows a page its own scripts, its inline ones by hash, and the images of the tile server", async () => {
  const hash = createHash("sha256").update(inline).digest("base64");
  expect(await policy("/")).toMatchObject({
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data: blob: https://tile.openstreetmap.org",
    "script-src": `'self' 'sha256-${hash}'`,
    "style-src": "'self' 'unsafe-inline'",
    "worker-src": "'self'"
  });
  expect(await policy("/nothing")).toMatchObject({"base-uri": "'self'", "script-src": "'self'"});
});

it("siteServer allows eval to pages and workers that load Arquero, WebAssembly to those that name it", async () => {
  expect((await policy("/notebook/"))["script-src"]).toMatch(/^'self' 'unsafe-eval' 'sha256-[^ ]+'$/);
  expect((await policy("/_import/components/chart.01234567.js"))["script-src"]).toBe("'self' 'unsafe-eval'");
  expect((await policy("/_import/lib/engine.01234567.js"))["script-src"]).toBe("'self' 'wasm-unsafe-eval'");
  expect((await policy("/_import/lib/bytes.01234567.js"))["script-src"]).toBe("'self'");
});

it("siteServer allows nothing to what is neither page nor script", async () => {
  expect(await policy("/data.json")).toEqual({
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "style-src": "'unsafe-inline'"
  });
});

it("siteServer sends the same protective headers with every answer, and none that plain HTTP forbids", async () => {
  for (const path of ["/", "/data.json", "/nothing", "/map", "/%zz"]) {
    const {headers} = await get(path);
    expect(headers).toMatchObject({
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("geolocation=()"),
      "referrer-policy": "strict-origin-when-cross-origin",
      "x-content-type-options": "nosniff"
    });
    expect(headers["content-security-policy"]).not.toContain("upgrade-insecure-requests");
    expect(headers).not.toHaveProperty("strict-transport-security");
  }
});

it("siteServer without options has no /map, loads nothing foreign and sends no referrer", async () => {
  const plain = siteServer({directory});
  expect((await plain.inject("/map")).statusCode).toBe(404);
  const {headers} = await plain.inject("/");
  expect(headers["content-security-policy"]).not.toContain("https:");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  await plain.close();
});

it("siteServer of a directory that does not exist answers 404", async () => {
  const empty = siteServer({directory: join(folder, "none")});
  const {statusCode, body} = await empty.inject("/");
  expect([statusCode, body]).toEqual([404, "not found\n"]);
  await empty.close();
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, text);
}

/** Sends the path as it is, which fetch would normalise. */
function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{status: number; headers: IncomingHttpHeaders; body: Buffer}>((resolve, reject) => {
    const sent = request({host: "127.0.0.1", port, path, headers, method}, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({status: response.statusCode!, headers: response.headers, body});
    });
    sent.on("error", reject).end();
  });
}

async function policy(path: string): Promise<Record<string, string>> {
  const header = (await get(path)).headers["content-security-policy"]! as string;
  return Object.fromEntries(header.split("; ").map((directive) => directive.split(/ (.*)/).slice(0, 2)));
}
