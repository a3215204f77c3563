import {once} from "node:events";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {connect, type Socket} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {ask, post, sendRaw, type TestServer, testServer} from "./testServer.js";

const waiting = {timeout: 20_000};
const folder = mkdtempSync(join(tmpdir(), "eddy-site-"));
let server: TestServer;

beforeAll(async () => {
  const directory = join(folder, "dist");
  mkdirSync(directory);
  writeFileSync(join(directory, "index.html"), "<p>home");
  writeFileSync(join(folder, "secret.txt"), "hidden");
  writeFileSync(join(directory, ".secret"), "hidden");
  const limits = {headers: 500, connections: 50, requests: 1e6, files: 1e6};
  server = await testServer({site: {directory}, limits});
});

afterAll(async () => {
  await server.close();
  rmSync(folder, {recursive: true});
});

it.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/..%5csecret.txt",
  "/....//secret.txt",
  "/api/../../secret.txt",
  "/.secret",
  "/%2esecret",
  "/%252e%252e/secret.txt",
  "//secret.txt",
  "/index.html/../../secret.txt",
  "/C:/secret.txt",
  "/secret.txt%00.html",
  `/${"../".repeat(1000)}etc/passwd`
])("a path that leads out of the site leads to nothing: %.40s", async (path) => {
  const {status, text} = await ask(server.port, path);
  expect([400, 404]).toContain(status);
  expect(text).not.toContain("hidden");
});

it.each([
  ["no protocol", "hello\r\n\r\n"],
  ["another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["TLS", Buffer.from("16030100c8010000c403035f5f5f5f", "hex")],
  ["no host", "GET / HTTP/1.1\r\n\r\n"],
  ["two hosts", "GET /api/state HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"],
  ["a zero byte", "GET / HTTP/1.1\r\nHost: localhost\r\nA: \0\r\n\r\n"],
  ["a space in a name", "GET / HTTP/1.1\r\nHost: localhost\r\nA : 1\r\n\r\n"],
  ["a folded header", "GET / HTTP/1.1\r\nHost: localhost\r\nA: 1\r\n 2\r\n\r\n"],
  ["a large header", `GET / HTTP/1.1\r\nHost: localhost\r\nA: ${"x".repeat(1e5)}\r\n\r\n`],
  ["many headers", `GET / HTTP/1.1\r\nHost: localhost\r\n${"A: 1\r\n".repeat(1e4)}\r\n`],
  ["a negative length", "POST /api/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"],
  ["two lengths", "POST /api/score HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}"],
  [
    "a broken chunk",
    "POST /api/score HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
  ],
  [
    "an endless chunk",
    `POST /api/score HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${"f".repeat(40)}\r\n{}`
  ],
  ["an unknown encoding", "POST /api/score HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n{}"]
])("what is no request is refused and closed: %s", async (_what, bytes) => {
  const answer = await sendRaw(server.port, bytes);
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1);
  const [headers, body] = answer.split("\r\n\r\n") as [string, string];
  if (headers.includes("application/json"))
    expect(JSON.parse(body)).toEqual({error: expect.stringMatching(/^[a-z ]+$/)});
});

it.each([
  [
    "a length and chunks",
    "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/state HTTP/1.1\r\nHost: localhost\r\n\r\n"
  ],
  [
    "chunks under a tab",
    "Content-Length: 6\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\nGET /api/state HTTP/1.1\r\nHost: localhost\r\n\r\n"
  ],
  [
    "chunks and another encoding",
    "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\nGET /api/state HTTP/1.1\r\nHost: localhost\r\n\r\n"
  ],
  ["bare line feeds", "Transfer-Encoding: chunked\n\n0\n\nGET /api/state HTTP/1.1\nHost: localhost\n\n"]
])("a request is never smuggled in behind another: %s", async (_what, rest) => {
  const answer = await sendRaw(server.port, `POST /api/score HTTP/1.1\r\nHost: localhost\r\n${rest}`);
  expect(answer).not.toContain("HTTP/1.1 200");
  expect(answer).not.toContain('"phase"');
});

it("an address with another host in it counts as asked of that host in the header", async () => {
  const answer = await sendRaw(
    server.port,
    "GET http://evil.example/api/state HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(await sendRaw(server.port, "GET /api/state HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 403 /);
});

it("upgrades and tunnels lead nowhere", async () => {
  const upgrade =
    "GET /api/events HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n";
  const socket = connect(server.port, "127.0.0.1");
  socket.write(upgrade);
  const [first] = (await once(socket, "data")) as [Buffer];
  expect(String(first)).not.toContain("101 Switching");
  socket.destroy();
  expect(await sendRaw(server.port, "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n")).toBe("");
});

it("who sends headers slowly is cut off", async () => {
  const answer = sendRaw(server.port, "GET /api/state HTTP/1.1\r\nHost: localhost\r\nA: ");
  const silent = sendRaw(server.port, "");
  expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(await silent).toMatch(/^(HTTP\/1\.1 408 |$)/);
});

it("connections beyond the most are closed, and others go on as soon as there is room", async () => {
  const sockets: Socket[] = [];
  for (let i = 0; i < 100; ++i) sockets.push(connect(server.port, "127.0.0.1").on("error", () => {}));
  await expect
    .poll(() => sockets.filter(({destroyed, readableEnded}) => destroyed || readableEnded).length, waiting)
    .toBeGreaterThan(40);
  expect(server.sockets.size).toBeLessThanOrEqual(50);
  for (const socket of sockets) socket.destroy();
  await expect.poll(() => server.sockets.size, waiting).toBe(0);
  expect((await ask(server.port, "/healthz")).status).toBe(200);
});

it("a large body is refused before it has all come", async () => {
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    "POST /api/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n"
  );
  const [first] = (await once(socket, "data")) as [Buffer];
  expect(String(first)).toMatch(/^HTTP\/1\.1 413 /);
  socket.destroy();
  const chunked = `POST /api/score HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const endless = connect(server.port, "127.0.0.1").on("error", () => {});
  endless.write(chunked);
  let answer = "";
  endless.on("data", (data) => {
    answer += data;
  });
  const piece = `10000\r\n${" ".repeat(1 << 16)}\r\n`;
  for (let i = 0; i < 1000 && !endless.destroyed && !answer; ++i) {
    if (!endless.write(piece))
      await Promise.race([once(endless, "drain"), once(endless, "close"), once(endless, "data")]);
  }
  await expect.poll(() => answer || endless.destroyed, waiting).toBeTruthy();
  if (answer) expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  endless.destroy();
});

it("after all of it the server is well", async () => {
  expect((await ask(server.port, "/healthz")).text).toBe("ok\n");
  expect((await post(server.port, {rows: [{requests: 1}]})).status).toBe(200);
  await expect.poll(() => server.sockets.size, waiting).toBe(0);
});
