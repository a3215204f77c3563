import {expect, test} from "vitest";
import {RequestRecord, requestText} from "../../../lib/formats/requestRecord.js";
import {probes} from "../../../lib/traffic/sessions/probes.js";
import {depthShift, fact, RequestFacts} from "../../../lib/traffic/sessions/requestFacts.js";

test("RequestFacts tell assets by their endings, in any case and before a query", () => {
  const assets = ["/a.css", "/a/b.min.JS?v=1", "/x.woff2", "/favicon.ico#top", "/.svg", "/%41.png"];
  const pages = ["/", "/css", "/a.html", "/a.css/", "/a?b.css", "/js.", "/a.jsonp", "/x.tar.gz", "", "/png/"];
  expect(assets.filter((target) => !has(target, fact.asset))).toEqual([]);
  expect(pages.filter((target) => has(target, fact.asset))).toEqual([]);
});

test("RequestFacts count the parts of a path", () => {
  const depth = (target: string) => read(target).bits >> depthShift;
  expect(["", "/", "//", "/a", "/a/", "/a//b/c.html?d/e"].map(depth)).toEqual([0, 0, 0, 1, 1, 3]);
  expect(depth("/a".repeat(5000))).toBe(255);
});

test("RequestFacts tell paths apart, and neither queries nor fragments", () => {
  expect(read("/a?x").path).toBe(read("/a?y").path);
  expect(read("/a#x").path).toBe(read("/a").path);
  expect(new Set(["/a", "/b", "/A", "/a/", "/%61", "", "/a%"].map((target) => read(target).path)).size).toBe(7);
});

test("RequestFacts find every probe, escaped or not, in path and query", () => {
  for (const probe of probes) {
    const escaped = Array.from(probe, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
    const path = probe.startsWith("/") ? probe : `/${probe}`;
    for (const target of [
      path.replace("%", "%25"),
      `/x${escaped}`,
      `/x?y=${escaped}`,
      `/x?y=1&z=${escaped.toUpperCase()}`
    ]) {
      expect([target, has(target, fact.probe)]).toEqual([target, true]);
    }
  }
  const more = ["http://other.example/", "other.example:443", "\x16\x03\x01", "/a?q=1+UNION+SELECT+2", "/%252e%252e/"];
  expect(more.filter((target) => !has(target, fact.probe))).toEqual([]);
  const genuine = [
    "/",
    "*",
    "",
    "/environment",
    "/git/log",
    "/a.b/c..d",
    "/union?select=1",
    "/50%",
    "/a%zz",
    "/x?a=..&b=/"
  ];
  expect(genuine.filter((target) => has(target, fact.probe))).toEqual([]);
});

test("RequestFacts tell methods and statuses", () => {
  const bits = (method: string | null, status: number) => read("/", method, status).bits & ~fact.night;
  expect([bits("GET", 200), bits("POST", 200)]).toEqual([0, fact.post]);
  for (const method of ["HEAD", "PUT", "PATCH", "get", "OPTIONS", null])
    expect(bits(method, 0)).toBe(fact.unusualMethod);
  expect([301, 302, 303, 307, 308].map((status) => bits("GET", status))).toEqual(Array(5).fill(fact.redirect));
  expect([300, 304, 305, 399].map((status) => bits("GET", status))).toEqual([0, 0, 0, 0]);
  expect([404, 410].map((status) => bits("GET", status))).toEqual(Array(2).fill(fact.error | fact.notFound));
  expect([401, 403, 407, 429].map((status) => bits("GET", status))).toEqual(Array(4).fill(fact.error | fact.denied));
  expect([400, 500, 999].map((status) => bits("GET", status))).toEqual(Array(3).fill(fact.error));
});

function has(target: string, bit: number): boolean {
  return (read(target).bits & bit) !== 0;
}

function read(target: string, method: string | null = "GET", status = 200): RequestFacts {
  const record = new RequestRecord();
  record.begin();
  record.set(requestText.method, method);
  record.set(requestText.target, target);
  record.status = status;
  record.time = 0;
  const facts = new RequestFacts();
  facts.read(record);
  return facts;
}
