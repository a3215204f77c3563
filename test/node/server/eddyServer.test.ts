import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {ask, changes, post, scorer, type TestServer, testServer} from "./testServer.js";

const directory = mkdtempSync(join(tmpdir(), "eddy-site-"));
let live: TestServer;
let serve: TestServer;
let model: typeof scorer | null = scorer;

beforeAll(async () => {
  mkdirSync(join(directory, "api"));
  writeFileSync(join(directory, "index.html"), "<p>home");
  writeFileSync(join(directory, "api", "state"), "{}");
  live = await testServer({site: {directory}, scorer: () => model, limits: {requests: 1e6}});
  serve = await testServer({isServe: true, scorer: () => null});
  await live.log.append(changes(100));
});

afterAll(async () => {
  await live.close();
  await serve.close();
  rmSync(directory, {recursive: true});
});

it("eddyServer tells the state, which is not a file of the site", async () => {
  const {status, headers, json} = await ask(live.port, "/api/state");
  expect([status, headers["content-type"], headers["cache-control"]]).toEqual([
    200,
    "application/json; charset=utf-8",
    "no-store"
  ]);
  expect(json).toEqual({...live.state, now: expect.any(Number)});
});

it("eddyServer serves the site beside it, and names what neither has", async () => {
  expect((await ask(live.port, "/")).text).toBe("<p>home");
  const {status, text} = await ask(live.port, "/nothing");
  expect([status, text]).toEqual([404, "not found\n"]);
  const {status: apiStatus, json} = await ask(live.port, "/api/nothing");
  expect([apiStatus, json]).toEqual([404, {error: "not found"}]);
});

it.each([
  ["", 100, 51, {first: 1, last: 100, next: 51}],
  ["?limit=500", 100, 1, {first: 1, last: 100, next: null}],
  ["?limit=2&before=52", 51, 50, {first: 1, last: 100, next: 50}],
  ["?before=2", 1, 1, {first: 1, last: 100, next: null}],
  ["?limit=3&after=0", 1, 3, {first: 1, last: 100, next: 3}],
  ["?limit=3&after=97", 98, 100, {first: 1, last: 100, next: 100}]
])("eddyServer pages alerts%s from %i to %i", async (query, from, to, cursor) => {
  const {events, ...rest} = (await ask(live.port, `/api/alerts${query}`)).json;
  const sequences = events.map(({sequence}: {sequence: number}) => sequence);
  expect([sequences[0], sequences.at(-1)]).toEqual([from, to]);
  expect(rest).toEqual(cursor);
});

it.each(["?before=1", "?before=0", "?after=100", "?after=9007199254740991"])(
  "eddyServer pages alerts%s: none",
  async (query) => {
    const {status, json} = await ask(live.port, `/api/alerts${query}`);
    expect([status, json.events, json.last]).toEqual([200, [], 100]);
  }
);

it.each([
  ["after=1&before=3", "expected after or before, got both"],
  ["limit=0", "invalid limit in the query: must be >= 1"],
  ["limit=501", "invalid limit in the query: must be <= 500"],
  ["after=-1", "invalid after in the query: must be >= 0"],
  ["after=1.5", "invalid after in the query: must be integer"],
  ["after=1&after=2", "invalid after in the query: must be integer"],
  ["after=9007199254740992", "invalid after in the query: must be <= 9007199254740991"],
  ["affter=1", "unknown name in the query: affter"],
  ["__proto__=1", "unknown name in the query: __proto__"]
])("eddyServer refuses alerts?%s", async (query, error) => {
  const {status, json} = await ask(live.port, `/api/alerts?${query}`);
  expect([status, json]).toEqual([400, {error}]);
});

it("eddyServer gives an alert as of its latest change", async () => {
  const [{alert}] = changes(1, 7) as [ReturnType<typeof changes>[0]];
  const {json} = await ask(live.port, `/api/alerts/${alert.id}`);
  expect(json).toEqual(alert);
  const none = await ask(live.port, "/api/alerts/ffffffffffffffff");
  expect([none.status, none.json]).toEqual([404, {error: "no such alert: ffffffffffffffff"}]);
  expect((await ask(live.port, "/api/alerts/FF")).status).toBe(400);
});

it("eddyServer scores rows as the model does", async () => {
  const {status, json} = await post(live.port, {
    rows: [{requests: 5, agent: "a", other: 1}, {requests: 1e9, agent: "z"}, {__other: null}]
  });
  const requests = Float64Array.of(5, 1e9, Number.NaN);
  const scores = scorer.score(3, {requests, agent: {codes: Int32Array.of(0, 1, -1), values: ["a", "z"]}});
  expect(status).toBe(200);
  expect(json).toEqual({
    model: "forest.bin",
    threshold: 0.5,
    scores: [...scores],
    anomalies: [...scores].map((score) => score > 0.5),
    ignored: ["other", "__other"],
    missing: []
  });
  expect((await post(live.port, {rows: []})).json).toMatchObject({scores: [], missing: ["requests", "agent"]});
});

it.each([
  [{rows: [{}, {requests: "5"}]}, 'expected a number in row 2, column requests, got: "5"'],
  [{rows: [{agent: 5}]}, "expected a text in row 1, column agent, got: 5"],
  ['{"rows": [{"requests": 1e999}]}', "expected a number in row 1, column requests, got: null"],
  [{rows: [{requests: [1]}]}, "invalid value in row 1, column requests: must be number,string,null"],
  [{rows: [{"a/b": true}]}, "invalid value in row 1, column a/b: must be number,string,null"],
  [{rows: [1]}, "invalid rows/0 in the body: must be object"],
  [{rows: {}}, "invalid rows in the body: must be array"],
  [[], "invalid body: must be object"],
  [{}, "invalid body: must have required property 'rows'"],
  [{rows: [], more: 1}, "unknown name in the body: more"],
  [{rows: Array(10_001).fill({})}, "invalid rows in the body: must NOT have more than 10000 items"],
  ['{"rows": [{"__proto__": 1}]}', "malformed body"],
  ['{"rows": [', "malformed body"],
  ["", "malformed body"]
])("eddyServer refuses to score %.50j", async (body, error) => {
  const {status, json} = await post(live.port, body);
  expect([status, json]).toEqual([400, {error}]);
});

it("eddyServer refuses bodies that are large or no JSON, and scores nothing without a model", async () => {
  const large = await post(live.port, " ".repeat(2 << 20));
  expect([large.status, large.json]).toEqual([413, {error: "body too large"}]);
  for (const type of ["text/plain", "text/csv", "application/x-www-form-urlencoded", "no type"]) {
    const {status, json} = await post(live.port, "{}", {"content-type": type});
    expect([status, json]).toEqual([415, {error: "expected a body of application/json"}]);
  }
  model = null;
  const {status, json} = await post(live.port, {rows: [{}]});
  model = scorer;
  expect([status, json]).toEqual([409, {error: "there is no model yet"}]);
});

it("eddyServer is healthy until a fault has gone on for a minute", async () => {
  expect((await ask(live.port, "/healthz")).text).toBe("ok\n");
  live.state.faults = [{where: "access.log", what: "cannot be read", since: Date.now() - 50_000}];
  expect((await ask(live.port, "/healthz")).status).toBe(200);
  const since = Date.now() - 70_000;
  live.state.faults = [{where: "access.log", what: "cannot be read", since}];
  const {status, text} = await ask(live.port, "/healthz");
  expect([status, text]).toEqual([503, `access.log: cannot be read (since ${new Date(since).toISOString()})\n`]);
  live.state.faults = [{where: "a\n\x1b[2J.log", what: "cannot be read", since}];
  expect((await ask(live.port, "/healthz")).text).toMatch(/^a\\x0a\\x1b\[2J\.log: cannot be read \(since [^\n]*\)\n$/);
  live.state.faults = [];
});

it("eddyServer gives metrics as Prometheus reads them", async () => {
  await ask(live.port, "/");
  const {headers, text} = await ask(live.port, "/metrics");
  expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  const lines = text.split("\n").filter((line) => line && !line.startsWith("#"));
  for (const line of lines) {
    expect(line).toMatch(/^[a-z_\d]+(\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)*\})? -?(\d+(\.\d+)?(e[+-]\d+)?|Nan)$/);
  }
  expect(lines).toEqual(
    expect.arrayContaining([
      "eddy_records_total 12",
      "eddy_model_threshold 0.5",
      'eddy_source_behind_bytes{source="a \\"log\\"\\\\\\n"} 10',
      'eddy_output_waiting{output="alerts.jsonl",kind="file"} 0',
      "eddy_event_readers 0",
      expect.stringMatching(/^eddy_http_requests_total\{method="GET",route="\/api\/alerts\/:id",status="404"\} \d+$/),
      expect.stringMatching(/^eddy_http_requests_total\{method="GET",route="\/\*",status="200"\} \d+$/),
      expect.stringMatching(/^eddy_checkpoint_age_seconds \d/),
      expect.stringMatching(/^process_resident_memory_bytes \d+$/)
    ])
  );
  live.state.model = {...live.state.model, threshold: null};
  expect((await ask(live.port, "/metrics")).text).not.toContain("eddy_model_threshold");
});

it("eddyServer without a watch says that nothing is watched, and is healthy", async () => {
  expect((await ask(serve.port, "/api/state")).json).toEqual({live: false});
  for (const path of ["/api/alerts", "/api/alerts/0123456789abcdef", "/api/events"]) {
    const {status, json} = await ask(serve.port, path);
    expect([status, json]).toEqual([404, {error: "nothing is watched here"}]);
  }
  expect((await ask(serve.port, "/healthz")).text).toBe("ok\n");
  expect((await ask(serve.port, "/metrics")).text).toContain("process_resident_memory_bytes");
  expect((await post(serve.port, {rows: []})).status).toBe(409);
});

it.each([
  ["POST", "/api/state", "GET, HEAD, OPTIONS"],
  ["DELETE", "/api/alerts/0123456789abcdef", "GET, HEAD, OPTIONS"],
  ["HEAD", "/api/events", "GET, OPTIONS"],
  ["GET", "/api/score", "OPTIONS, POST"],
  ["PUT", "/healthz", "GET, HEAD, OPTIONS"]
])("eddyServer answers %s %s with what it allows", async (method, path, allow) => {
  const {status, headers} = await ask(live.port, path, {method});
  expect([status, headers.allow]).toEqual([405, allow]);
  const options = await ask(live.port, path, {method: "OPTIONS"});
  expect([options.status, options.headers.allow, options.text]).toEqual([204, allow, ""]);
});

it("eddyServer answers HEAD as GET, without the body", async () => {
  for (const path of ["/api/alerts", "/api/alerts/ffffffffffffffff", "/healthz", "/api/openapi.json"]) {
    const head = await ask(live.port, path, {method: "HEAD"});
    const whole = await ask(live.port, path);
    expect([head.status, head.text, {...head.headers, date: ""}]).toEqual([
      whole.status,
      "",
      {...whole.headers, date: ""}
    ]);
  }
});

it("eddyServer sends protective headers with every answer and lets no other origin read one", async () => {
  const paths = [
    "/api/state",
    "/api/nothing",
    "/api/alerts?limit=0",
    "/api/%zz",
    "/healthz",
    "/metrics",
    "/api/openapi.json"
  ];
  for (const path of paths) {
    const {headers} = await ask(live.port, path);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff"
    });
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  }
});
