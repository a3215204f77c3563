import {expect, test} from "vitest";
import type {Format} from "../../lib/formats/format.js";
import {headOf} from "../../lib/formats/format.js";
import {caddyJson, jsonAccess, traefikJson} from "../../lib/formats/jsonAccessLog.js";
import {longest} from "../../lib/formats/lineReader.js";
import {expectTotal} from "./hostile.js";
import {readLog} from "./readLog.js";

const time = Date.UTC(2026, 4, 17, 10, 5, 3);

const nginx = {
  time_iso8601: "2026-05-17T12:05:03+02:00",
  remote_addr: "192.0.2.1",
  remote_user: "-",
  request: "GET /a?b=c HTTP/1.1",
  status: "200",
  body_bytes_sent: "2326",
  http_referer: "https://example.org/",
  http_user_agent: 'Mozilla/5.0 "X11"',
  http_x_forwarded_for: "198.51.100.7, 192.0.2.9",
  host: "example.org"
};

const caddy = {
  level: "info",
  ts: time / 1000 + 0.25,
  logger: "http.log.access.log0",
  msg: "handled request",
  request: {
    remote_ip: "192.0.2.1",
    remote_port: "5000",
    client_ip: "198.51.100.7",
    proto: "HTTP/2.0",
    method: "GET",
    host: "example.org",
    uri: "/a?b=c",
    headers: {"User-Agent": ["curl/8"], Referer: ["https://example.org/"], "X-Forwarded-For": ["198.51.100.7"]}
  },
  bytes_read: 0,
  user_id: "ann",
  duration: 0.0001,
  size: 2326,
  status: 200,
  resp_headers: {Server: ["Caddy"]}
};

const traefik = {
  ClientAddr: "192.0.2.1:5000",
  ClientHost: "192.0.2.1",
  ClientPort: "5000",
  ClientUsername: "-",
  DownstreamContentSize: 2326,
  DownstreamStatus: 404,
  Duration: 83041,
  RequestHost: "example.org",
  RequestMethod: "GET",
  RequestPath: "/a?b=c",
  StartLocal: "2026-05-17T12:05:03.000004+02:00",
  StartUTC: "2026-05-17T10:05:03.000004Z",
  level: "info",
  msg: "",
  "request_User-Agent": "curl/8",
  request_Referer: "https://example.org/",
  time: "2026-05-17T10:05:04Z"
};

test("jsonAccess reads nginx’s variables, with numbers as text or not", () => {
  const expected = {
    line: 1,
    time,
    zone: 120,
    status: 200,
    size: 2326,
    client: "192.0.2.1",
    forwarded: "198.51.100.7, 192.0.2.9",
    method: "GET",
    target: "/a?b=c",
    referrer: "https://example.org/",
    agent: 'Mozilla/5.0 "X11"',
    host: "example.org"
  };
  expect(requestOf(jsonAccess, nginx)).toEqual(expected);
  expect(requestOf(jsonAccess, {...nginx, status: 200, body_bytes_sent: 2326})).toEqual(expected);
});

test("jsonAccess reads times as nginx writes them and as others do", () => {
  const {time_iso8601, ...others} = nginx;
  const of = (times: object) => {
    const request = requestOf(jsonAccess, {...times, ...others});
    return [request.time, request.zone];
  };
  expect(of({time_iso8601})).toEqual([time, 120]);
  expect(of({time_local: "17/May/2026:12:05:03 +0200"})).toEqual([time, 120]);
  expect(of({msec: "1779012303.250"})).toEqual([time + 250, 0]);
  expect(of({"@timestamp": "2026-05-17T10:05:03.250Z"})).toEqual([time + 250, 0]);
  expect(of({timestamp: time + 250})).toEqual([time + 250, 0]);
  expect(of({ts: (time + 250) * 1e6})).toEqual([time + 250, 0]);
  expect(of({time: 0.004, "@timestamp": "2026-05-17T10:05:03Z"})).toEqual([time, 0]);
});

test("jsonAccess reads a request in parts, of which some are not stated", () => {
  const {request, ...others} = nginx;
  const parts = {request_method: "POST", request_uri: "/x", uri: "/index.php"};
  expect(requestOf(jsonAccess, {...others, ...parts})).toMatchObject({method: "POST", target: "/x"});
  expect(requestOf(jsonAccess, {...nginx, request: "\u0003"})).toMatchObject({target: "\x03"});
  expect(requestOf(jsonAccess, {...nginx, http_user_agent: ""})).not.toHaveProperty("agent");
  expect(requestOf(jsonAccess, {time_local: "17/May/2026:10:05:03 +0000", request: "GET / HTTP/1.1"})).toEqual({
    line: 1,
    time,
    zone: 0,
    status: 0,
    method: "GET",
    target: "/"
  });
});

test("jsonAccess reads lines behind the words of syslog and of containers", () => {
  const line = JSON.stringify(nginx);
  const log = ["2026-05-17T12:05:03.000000004+02:00 stdout F ", "<190>May 17 12:05:03 web1 nginx: ", " "]
    .map((words) => `${words}${line}\n`)
    .join("");
  const {requests, rejects} = readLog(jsonAccess, log);
  expect(rejects).toEqual([]);
  for (const request of requests) expect(request).toEqual({...requestOf(jsonAccess, nginx), line: request.line});
  expect(jsonAccess.matches(headOf(new TextEncoder().encode(log), true))).toBe(true);
});

test("jsonAccess reads keys of Envoy, Cloudflare, the Elastic Common Schema, nested or not, and Google", () => {
  const expected = {time, status: 200, size: 9, client: "192.0.2.1", method: "GET", target: "/a", agent: "curl/8"};
  const iso = "2026-05-17T10:05:03Z";
  expect(
    requestOf(jsonAccess, {
      start_time: iso,
      method: "GET",
      path: "/a",
      response_code: 200,
      bytes_sent: 9,
      downstream_remote_address: "192.0.2.1:5000",
      user_agent: "curl/8"
    })
  ).toMatchObject(expected);
  expect(
    requestOf(jsonAccess, {
      start_time: iso,
      ":authority": "example.org",
      method: "GET",
      "x-envoy-origin-path": "/a",
      response_code: 200,
      bytes_sent: 9,
      downstream_remote_address: "192.0.2.1:5000",
      "user-agent": "curl/8",
      "x-forwarded-for": "198.51.100.7"
    })
  ).toMatchObject({...expected, host: "example.org", forwarded: "198.51.100.7"});
  expect(
    requestOf(jsonAccess, {
      EdgeStartTimestamp: time * 1e6,
      ClientIP: "192.0.2.1",
      ClientRequestHost: "example.org",
      ClientRequestMethod: "GET",
      ClientRequestURI: "/a",
      ClientRequestUserAgent: "curl/8",
      EdgeResponseBytes: 9,
      EdgeResponseStatus: 200,
      CacheResponseStatus: 304
    })
  ).toMatchObject({...expected, host: "example.org"});
  expect(
    requestOf(jsonAccess, {
      "@timestamp": iso,
      http: {request: {method: "GET"}, response: {status_code: 200, body: {bytes: 9}}},
      url: {original: "/a"},
      source: {address: "192.0.2.1"},
      user_agent: {original: "curl/8"}
    })
  ).toMatchObject(expected);
  expect(
    requestOf(jsonAccess, {
      "@timestamp": iso,
      "http.request.method": "GET",
      "http.response.status_code": 200,
      "http.response.body.bytes": 9,
      "url.original": "/a",
      "source.address": "192.0.2.1",
      "user_agent.original": "curl/8"
    })
  ).toMatchObject(expected);
  expect(
    requestOf(jsonAccess, {
      timestamp: iso,
      httpRequest: {
        requestMethod: "GET",
        requestUrl: "/a",
        status: 200,
        responseSize: "9",
        remoteIp: "192.0.2.1",
        userAgent: "curl/8"
      }
    })
  ).toMatchObject(expected);
});

test("jsonAccess reads the bytes that nginx escapes unless its log_format says escape=json", () => {
  const line = JSON.stringify({...nginx, http_user_agent: "?", request: "GET /\u00e4 HTTP/1.1"})
    .replace('?"', String.raw`a \x22b\x22 \x5Cx \x0A"`)
    .replace("ä", String.raw`\xC3\xA4`);
  expect(readLog(jsonAccess, line).requests[0]).toMatchObject({agent: 'a "b" \\x \n', target: "/ä"});
});

test("jsonAccess rejects what is no request, and passes over other messages", () => {
  const {request, ...others} = nginx;
  const {time_iso8601, ...timeless} = nginx;
  const lines = [
    nginx,
    others,
    timeless,
    {...nginx, time_iso8601: "yesterday"},
    {...nginx, status: "ok"},
    {...nginx, status: 1000},
    [1],
    null,
    {level: "info", message: "started"},
    {event_type: "http", timestamp: "2026-05-17T10:05:03Z"}
  ];
  const log = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n\n{"a":\n${"x".repeat(longest + 1)}`;
  const {requests, rejects, passedOver} = readLog(jsonAccess, log);
  expect(requests).toHaveLength(1);
  expect(passedOver).toEqual({"other log message": 1, "event of another log": 1});
  expect(rejects).toEqual([
    [2, "no request"],
    [3, "no time"],
    [4, "invalid time"],
    [5, "invalid status"],
    [6, "invalid status"],
    [7, "not an object"],
    [8, "not an object"],
    [11, "empty line"],
    [12, "not JSON"],
    [13, "too long"]
  ]);
});

test("caddyJson reads requests, and passes over what else Caddy says", () => {
  const failed = {...caddy, logger: "http.log.error.log0", status: 502};
  const log = [{level: "info", ts: 1, msg: "serving initial configuration"}, caddy, failed];
  const {requests, passedOver, rejects} = readLog(caddyJson, log.map((line) => JSON.stringify(line)).join("\n"));
  expect(rejects).toEqual([]);
  expect(passedOver).toEqual({"other log message": 2});
  expect(requests).toEqual([
    {
      line: 2,
      time: time + 250,
      zone: 0,
      status: 200,
      size: 2326,
      client: "198.51.100.7",
      forwarded: "198.51.100.7",
      user: "ann",
      method: "GET",
      target: "/a?b=c",
      referrer: "https://example.org/",
      agent: "curl/8",
      host: "example.org"
    }
  ]);
});

test("caddyJson reads older names and other forms of times", () => {
  const {remote_ip, client_ip, ...request} = caddy.request;
  const old = {...caddy, ts: "2026/05/17 10:05:03.250", request: {...request, remote_addr: "[2001:db8::1]:5000"}};
  expect(requestOf(caddyJson, old)).toMatchObject({time: time + 250, client: "2001:db8::1"});
  for (const ts of ["2026-05-17T12:05:03.250+0200", "17/May/2026:10:05:03 +0000", time + 250])
    expect(Math.abs((requestOf(caddyJson, {...caddy, ts}).time as number) - time)).toBeLessThanOrEqual(250);
});

test("traefikJson reads requests", () => {
  expect(requestOf(traefikJson, traefik)).toEqual({
    line: 1,
    time,
    zone: 120,
    status: 404,
    size: 2326,
    client: "192.0.2.1",
    method: "GET",
    target: "/a?b=c",
    referrer: "https://example.org/",
    agent: "curl/8",
    host: "example.org"
  });
});

test("jsonAccess, caddyJson and traefikJson are total, however the bytes come", () => {
  const lines = [nginx, caddy, {level: "info", msg: "started"}, traefik].map((line) => JSON.stringify(line));
  for (const format of [jsonAccess, caddyJson, traefikJson]) expectTotal(format, `${lines.join("\n")}\n`);
});

test("jsonAccess, caddyJson and traefikJson match their own, also among messages and broken lines", () => {
  const message = {level: "info", ts: 1, msg: "started"};
  expect(matching(nginx)).toEqual(["json-access"]);
  expect(matching(caddy)).toEqual(["caddy-json"]);
  expect(matching(traefik)).toEqual(["traefik-json"]);
  expect(matching(message, message, message, caddy)).toEqual(["caddy-json"]);
  expect(matching(1, nginx, nginx)).toEqual(["json-access"]);
  expect(matching(1, 2, nginx)).toEqual([]);
});

test("jsonAccess, caddyJson and traefikJson do not match JSON that is no access log", () => {
  const ts = 1779012303.25;
  expect(matching()).toEqual([]);
  expect(matching([nginx])).toEqual([]);
  expect(matching({type: "Feature", geometry: {type: "Point", coordinates: [1, 2]}})).toEqual([]);
  expect(matching({name: "package", version: "1.0.0", scripts: {}})).toEqual([]);
  expect(matching({level: "info", ts, msg: "started"})).toEqual([]);
  expect(
    matching({ts, uid: "C1", "id.orig_h": "192.0.2.1", method: "GET", host: "a", uri: "/", status_code: 200})
  ).toEqual([]);
  expect(matching({_path: "http", ts, method: "GET", host: "a", uri: "/", status_code: 200})).toEqual([]);
  expect(matching({timestamp: "2026-05-17T10:05:03+0000", event_type: "http", http: {url: "/", status: 200}})).toEqual(
    []
  );
  const head = headOf(new TextEncoder().encode(JSON.stringify(nginx, null, 2)), true);
  expect([jsonAccess, caddyJson, traefikJson].some(({matches}) => matches(head))).toBe(false);
});

function requestOf(format: Format, line: object): Record<string, unknown> {
  const {requests, rejects} = readLog(format, JSON.stringify(line));
  expect(rejects).toEqual([]);
  return requests[0]!;
}

function matching(...lines: readonly unknown[]): string[] {
  const head = headOf(new TextEncoder().encode(lines.map((line) => JSON.stringify(line)).join("\n")), true);
  return [jsonAccess, caddyJson, traefikJson].filter(({matches}) => matches(head)).map(({name}) => name);
}
