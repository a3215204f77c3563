import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {AccessToken} from "../../../lib/node/server/accessToken.js";
import {ask, post, type TestServer, testServer} from "./testServer.js";

const token = "a-token-of-24-characters";
const directory = mkdtempSync(join(tmpdir(), "eddy-site-"));
const paths = ["/", "/live.html", "/nothing", "/api/state", "/api/events", "/api/nothing", "/healthz", "/metrics"];
let ours: TestServer;
let locked: TestServer;

beforeAll(async () => {
  writeFileSync(join(directory, "index.html"), "<p>home");
  writeFileSync(join(directory, "live.html"), "<p>live");
  ours = await testServer({site: {directory}, limits: {requests: 1e6, files: 1e6}});
  locked = await testServer({site: {directory}, token, limits: {requests: 1e6, files: 1e6}});
});

afterAll(async () => {
  await ours.close();
  await locked.close();
  rmSync(directory, {recursive: true});
});

it.each(["localhost", "localhost:5000", "LOCALHOST", "127.0.0.1", "127.8.8.8:1", "[::1]:5000"])(
  "guard lets pass who asks for %s",
  async (host) => {
    expect((await ask(ours.port, "/", {headers: {host}})).status).toBe(200);
  }
);

it.each([
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "evil.example:127",
  "192.168.0.1",
  "[::2]"
])("guard lets nobody pass who asks for %s, to which a foreign name may lead", async (host) => {
  for (const path of paths) expect((await ask(ours.port, path, {headers: {host}})).status).toBe(403);
});

it("guard lets pages of its own origin pass, and who is no browser", async () => {
  const own = `http://127.0.0.1:${ours.port}`;
  const kinds: Record<string, string>[] = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {origin: own}
  ];
  for (const headers of kinds) {
    expect((await ask(ours.port, "/api/state", {headers})).status).toBe(200);
    expect((await post(ours.port, {rows: []}, headers)).status).toBe(200);
  }
});

it.each<Record<string, string>>([
  {"sec-fetch-site": "cross-site"},
  {"sec-fetch-site": "same-site"},
  {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
  {origin: "https://evil.example"},
  {origin: "null"},
  {origin: "http://127.0.0.1:1"}
])("guard lets no other origin pass: %j", async (headers) => {
  for (const path of paths) {
    const answer = await ask(ours.port, path, {headers});
    expect(answer.status).toBe(403);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
  }
  const {status, json} = await post(ours.port, {rows: []}, headers);
  expect([status, json]).toEqual([403, {error: "cross-site requests are refused"}]);
  const preflight = {...headers, "access-control-request-method": "POST"};
  expect((await ask(ours.port, "/api/score", {method: "OPTIONS", headers: preflight})).status).toBe(403);
});

it("guard lets a link of another site lead to a page, and to nothing else", async () => {
  const headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"};
  expect((await ask(ours.port, "/live.html", {headers})).status).toBe(200);
  for (const path of ["/api/state", "/%61pi/state"]) expect((await ask(ours.port, path, {headers})).status).toBe(403);
  expect((await ask(ours.port, "/live.html", {headers, method: "POST"})).status).toBe(403);
});

it("guard with a token lets nobody pass without, whatever is asked for", async () => {
  for (const path of [...paths, "/?token=", "/?token=wrong", `/api/state?token=${token}`]) {
    const {status, headers, text} = await ask(locked.port, path);
    expect([status, headers["www-authenticate"], headers["cache-control"]]).toEqual([401, "Bearer", "no-store"]);
    expect(text).not.toContain(token);
  }
  expect((await post(locked.port, {rows: []})).status).toBe(401);
  for (const method of ["OPTIONS", "DELETE", "HEAD"]) {
    expect((await ask(locked.port, "/api/state", {method})).status).toBe(401);
  }
});

it.each([
  [`Bearer ${token}`, 200],
  [`bearer  ${token} `, 200],
  [`Bearer ${token.slice(0, -1)}`, 401],
  [`Bearer ${token}x`, 401],
  [`Bearer ${token.toUpperCase()}`, 401],
  [`Bearer ${token} ${token}`, 401],
  [`Basic ${token}`, 401],
  [token, 401],
  ["Bearer", 401]
])("guard with a token takes the header %j with %i", async (authorization, expected) => {
  for (const path of ["/", "/api/state", "/healthz"]) {
    expect((await ask(locked.port, path, {headers: {authorization}})).status).toBe(expected);
  }
});

it("guard with a token takes the cookie that opening a page with the token sets", async () => {
  const {status, headers} = await ask(locked.port, `/live?a=1&token=${token}&b=%26`);
  expect([status, headers.location, headers["referrer-policy"]]).toEqual([303, "/live?a=1&b=%26", "no-referrer"]);
  const [cookie, ...attributes] = headers["set-cookie"]![0]!.split("; ");
  expect(attributes).toEqual(["Path=/", "HttpOnly", "SameSite=Strict"]);
  expect(cookie).not.toContain(token);
  for (const path of ["/live", "/api/state"]) {
    expect((await ask(locked.port, path, {headers: {cookie: `other=1; ${cookie}`}})).status).toBe(200);
    for (const wrong of [
      `${cookie}x`,
      cookie!.slice(0, -1),
      cookie!.replace("eddy", "other"),
      "",
      ";=;;",
      "a".repeat(9000)
    ]) {
      expect((await ask(locked.port, path, {headers: {cookie: wrong}})).status).toBe(401);
    }
  }
  expect((await post(locked.port, {rows: []}, {cookie: cookie!, origin: "https://evil.example"})).status).toBe(403);
});

it("guard with a token sends who comes by another site’s link on by itself, as the cookie would not go with a redirect", async () => {
  const headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"};
  const answer = await ask(locked.port, `/live?token=${token}`, {headers});
  expect([answer.status, answer.headers.refresh]).toEqual([200, "0; url=/live"]);
});

it("guard with a token never sends on to another host", async () => {
  for (const path of ["//evil.example/", "///evil.example", "/\\evil.example", "//"]) {
    const {status, headers} = await ask(locked.port, `${path}?token=${token}`);
    expect(status).toBe(303);
    expect(new URL(headers.location!, "http://eddy.test").host).toBe("eddy.test");
  }
});

it("guard refuses who asks too often, also with wrong tokens", async () => {
  const busy = await testServer({token, limits: {requests: 5}});
  const statuses = new Set<number>();
  for (let i = 0; i < 50; ++i) {
    const {status, json, headers} = await ask(busy.port, "/api/state", {headers: {authorization: `Bearer guess-${i}`}});
    statuses.add(status);
    if (status === 429) expect([json, headers["retry-after"]]).toEqual([{error: "too many requests"}, "1"]);
  }
  expect([...statuses].sort()).toEqual([401, 429]);
  await busy.close();
});

it("AccessToken compares what is of any length", () => {
  const access = new AccessToken(token);
  expect([token, "", "x", `${token}x`, "x".repeat(1e5)].map((text) => access.is(text))).toEqual([
    true,
    ...Array(4).fill(false)
  ]);
});
