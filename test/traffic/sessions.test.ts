import fc from "fast-check";
import {expect, test} from "vitest";
import {RequestRecord, requestText, requestTexts} from "../../lib/formats/requestRecord.js";
import {batchRows} from "../../lib/traffic/rowBuilder.js";
import {type Requests, sessionFeatureNames, sessionFeatures} from "../../lib/traffic/sessionFeatures.js";
import {type SessionOptions, Sessions} from "../../lib/traffic/sessions.js";
import {type Table, valueAt} from "../../lib/traffic/table.js";

interface Request {
  readonly time: number;
  readonly file?: number;
  readonly line?: number;
  readonly zone?: number;
  readonly status?: number;
  readonly size?: number;
  readonly client?: string | null;
  readonly forwarded?: string;
  readonly method?: string | null;
  readonly target?: string | null;
  readonly referrer?: string | null;
  readonly agent?: string | null;
  readonly host?: string | null;
}

type Row = Readonly<Record<string, number | string | null>>;

const second = 1000;
const minute = 60_000;
const week = 7 * 24 * 60 * minute;
const noon = Date.UTC(2026, 0, 5, 12);
const chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";

test("Sessions give every feature of a visit worked out by hand", () => {
  const visit: Request[] = [
    {time: noon, target: "/", referrer: null, line: 7},
    {time: noon + 500, target: "/site.css", size: 500, referrer: "http://a/"},
    {time: noon + 600, target: "/logo.PNG?v=2", size: 1500, status: 304, referrer: "http://a/"},
    {time: noon + 30_000, target: "/docs/guide/?page=2", status: 301, referrer: "http://a/"},
    {time: noon + 45_000, target: "/docs/guide/", method: "POST", status: 403, referrer: "http://a/"},
    {time: noon + 90_000, target: "/docs/../etc/passwd", method: "PUT", status: 404, referrer: null}
  ];
  expect(only(visit.map((request) => ({agent: chrome, host: "example.org", ...request})))).toEqual({
    timestamp: noon,
    client: "192.0.2.1",
    request_rate: 4,
    session_duration: 90,
    unique_paths_visited: 3,
    error_share: 0.3333,
    gap_variation: 0.5, // pauses of 30, 15 and 45 s: 15 / 30
    asset_share: 0.3333,
    referrer_share: 0.5,
    post_share: 0.25,
    user_agent: chrome,
    host: "example.org",
    first_path: "/",
    requests: 6,
    burst_requests: 3,
    night_share: 0,
    path_entropy: 1.5, // 1, 2 and 1 of 4
    path_depth: 2, // 0, 2, 2 and 4
    new_path_share: 0.75,
    repeated_path_share: 0.25,
    query_share: 0.25,
    probe_share: 0.1667,
    longest_target: 19,
    not_found_share: 0.1667,
    denied_share: 0.1667,
    redirect_share: 0.1667,
    unusual_method_share: 0.1667,
    bytes_per_request: 1000,
    agents_of_address: 1,
    declared_bot: 0,
    header_plausibility: 1,
    source_line: 7,
    source_file: 0
  });
});

test("Sessions end after a pause longer than 30 minutes, or as long as told", () => {
  const at = (...minutes: number[]) => minutes.map((m) => ({time: noon + m * minute}));
  const counts = (requests: Request[], options?: SessionOptions) =>
    sessionsOf(requests, options).map((r) => r.requests);
  expect(counts(at(0, 30, 60))).toEqual([3]);
  expect(counts([...at(0), {time: noon + 30 * minute + 1}])).toEqual([1, 1]);
  expect(counts(at(0, 10, 16), {pause: 5})).toEqual([1, 1, 1]);
  expect(counts(at(0, 5, 10), {pause: 5})).toEqual([3]);
});

test("Sessions are of an address and an agent, or of an address", () => {
  const requests = ["a", "b", null, "a"].map((agent, i) => ({time: noon + i, agent}));
  expect(sorted(sessionsOf(requests)).map(({user_agent, requests}) => [user_agent, requests])).toEqual([
    ["a", 2],
    ["b", 1],
    [null, 1]
  ]);
  expect(sessionsOf(requests, {by: "address"}).map(({user_agent, requests}) => [user_agent, requests])).toEqual([
    ["a", 4]
  ]);
});

test("Sessions by address name the agent of each session’s own first request", () => {
  const requests = [
    {time: noon, agent: "first"},
    {time: noon + 31 * minute, agent: "second"},
    {time: noon + 32 * minute, agent: "third"}
  ];
  expect(sessionsOf(requests, {by: "address"}).map((row) => row.user_agent)).toEqual(["first", "second"]);
});

test("Sessions gather the agents of an address that changes them all the time, from the ninth on", () => {
  const scan = Array.from({length: 100}, (_, i) => ({time: noon + i * second, target: `/${i}`, agent: `agent ${i}`}));
  const rows = sorted(sessionsOf(scan));
  expect(rows.map((row) => row.requests)).toEqual([...Array(8).fill(1), 92]);
  expect(rows[8]).toMatchObject({user_agent: "agent 8", first_path: "/8", unique_paths_visited: 92});
  expect(rows.map((row) => Number(row.agents_of_address)).every((agents) => agents >= 92)).toBe(true);
  expect(sessionsOf(scan, {by: "address"})).toMatchObject([{requests: 100, agents_of_address: 100}]);
});

test("Sessions leave alone the many people behind one address, who ask for more", () => {
  const people = Array.from({length: 400}, (_, i) => ({time: noon + i * second, agent: `agent ${Math.floor(i / 20)}`}));
  const rows = sessionsOf(people);
  expect(rows.map((row) => row.requests)).toEqual(Array(20).fill(20));
  expect(Math.max(...rows.map((row) => Number(row.agents_of_address)))).toBe(20);
});

test("Sessions gather the same agents however lines are shuffled within the tolerance", () => {
  const request = fc.record({wait: fc.integer({min: 1, max: 4 * minute}), agent: fc.nat(30), late: fc.nat(5 * minute)});
  fc.assert(
    fc.property(fc.array(request, {maxLength: 80}), (steps) => {
      let time = noon;
      const requests = steps.map(({wait, agent, late}, line) => {
        time += wait;
        return {time, line, agent: `agent ${agent}`, written: time + late};
      });
      const shuffled = [...requests].sort((a, b) => a.written - b.written);
      expect(sorted(sessionsOf(shuffled))).toEqual(sorted(sessionsOf(requests)));
    })
  );
});

test("Sessions of clients with IPv6, names and nothing at all are told apart", () => {
  const clients = ["2001:db8::1", "2001:db8::2", "host.example.org", null];
  const rows = sessionsOf(clients.map((client, i) => ({time: noon + i, client})));
  expect(rows.map((row) => row.client).sort()).toEqual([...clients].sort());
});

test("Sessions take the forwarded address that they are told to trust", () => {
  const client = (forwarded: SessionOptions["forwarded"], list?: string) =>
    only([{time: noon, client: "10.0.0.1", ...(list === undefined ? {} : {forwarded: list})}], {forwarded}).client;
  const list = "203.0.113.9, 198.51.100.7,192.0.2.5";
  expect(client("ignore", list)).toBe("10.0.0.1");
  expect([client("last", list), client(1, list)]).toEqual(["192.0.2.5", "192.0.2.5"]);
  expect([client(2, list), client(3, list), client(9, list)]).toEqual(["198.51.100.7", "203.0.113.9", "203.0.113.9"]);
  expect(client("first", list)).toBe("203.0.113.9");
  expect([client("last"), client("last", "unknown"), client("last", " , ")]).toEqual(Array(3).fill("10.0.0.1"));
  expect(client("last", "198.51.100.7:4711")).toBe("198.51.100.7");
  expect(client("last", "[2001:db8::1]:4711")).toBe("2001:db8::1");
  expect(client("last", '"2001:db8::1"')).toBe("2001:db8::1");
  expect(() => new Sessions({forwarded: -1})).toThrow("invalid number of proxies: -1");
});

test("Sessions agree with sessionFeatures to the digit", () => {
  fc.assert(
    fc.property(traffic, (requests) => {
      const rows = sorted(sessionsOf(requests));
      const expected = sorted(expectedSessions(requests));
      expect(rows.map(eight)).toEqual(expected);
    })
  );
});

test("Sessions are the same however lines are shuffled within the tolerance, and split into files", () => {
  const lateness = fc.array(fc.integer({min: 0, max: 5 * minute}), {minLength: 60, maxLength: 60});
  fc.assert(
    fc.property(traffic, lateness, fc.nat(60), (requests, late, cut) => {
      const numbered = requests.map((request, i) => ({...request, line: i + 1}));
      const shuffled = numbered
        .map((request, i) => ({request, written: request.time + late[i % 60]!}))
        .sort((a, b) => a.written - b.written)
        .map(({request}) => request);
      const expected = sorted(sessionsOf(numbered));
      expect(sorted(sessionsOf(shuffled))).toEqual(expected);
      const inFiles = numbered.map((request, i) => ({...request, file: Number(i >= cut)}));
      const withoutFile = ({source_file: _, ...row}: Row) => row;
      expect(sorted(sessionsOf(inFiles)).map(withoutFile)).toEqual(expected.map(withoutFile));
    })
  );
});

test("Sessions do not depend on what other clients do meanwhile, except for what is new to the logs", () => {
  fc.assert(
    fc.property(traffic, (requests) => {
      const apart = ["192.0.2.1", "192.0.2.2", "192.0.2.3"].flatMap((client) =>
        sessionsOf(requests.filter((request) => request.client === client))
      );
      const alone = ({new_path_share: _, referrer_share: __, ...row}: Row) => row;
      expect(sorted(sessionsOf(requests)).map(alone)).toEqual(sorted(apart).map(alone));
    })
  );
});

test("Sessions lose no request, whatever the times and files", () => {
  const time = fc.oneof(
    fc.integer({min: noon, max: noon + 3 * 60 * minute}),
    fc.integer({min: -8.64e15, max: 8.64e15})
  );
  const wild = fc.array(fc.record({time: fc.oneof(time, fc.constantFrom(NaN, Infinity)), file: fc.nat(3), client}), {
    maxLength: 300
  });
  fc.assert(
    fc.property(wild, fc.integer({min: 1, max: 4}), (requests, mostOpen) => {
      const rows = sessionsOf(requests, {mostOpen});
      expect(rows.reduce((sum, row) => sum + Number(row.requests), 0)).toBe(requests.length);
      for (const row of rows) expect(row.session_duration).toBeGreaterThanOrEqual(0);
    }),
    {numRuns: 200}
  );
});

test("Sessions follow the clock of a second file that begins a week earlier", () => {
  const server = visits(0, 400);
  const rows = sessionsOf([...server, ...server.map((request) => ({...request, time: request.time - week, file: 1}))]);
  const expected = sorted(sessionsOf(server)).map(eight);
  const ofFile = (file: number) => sorted(rows.filter((row) => row.source_file === file)).map(eight);
  expect(ofFile(0)).toEqual(expected);
  expect(ofFile(1)).toEqual(expected.map((row) => ({...row, timestamp: Number(row.timestamp) - week})));
});

test("Sessions of logs whose lines alternate a week apart are whole", () => {
  const server = visits(0, 400);
  const both = server.flatMap((request) => [request, {...request, time: request.time - week}]);
  const expected = sorted(sessionsOf(server)).map(eight);
  const rows = sorted(sessionsOf(both)).map(eight);
  expect(rows.slice(expected.length)).toEqual(expected);
  expect(rows.slice(0, expected.length).map((row) => Number(row.timestamp) + week)).toEqual(
    expected.map((row) => row.timestamp)
  );
});

test("Sessions follow a clock that goes back in the middle of a file, after a hundred lines", () => {
  const back = visits(0, 2000).map((request) => ({...request, time: request.time - week}));
  const sessions = new Sessions();
  feed(sessions, [...visits(0, 10), ...back.slice(0, 1000)]);
  expect(sessions.openSessions).toBeLessThan(20);
  feed(sessions, back.slice(1000));
  expect(sessions.openSessions).toBeLessThan(20);
  expect(rowsOf(sessions).reduce((sum, row) => sum + Number(row.requests), 0)).toBe(2010);
});

test("Sessions are not split where the clock goes back by less than the pause", () => {
  const requests = Array.from({length: 500}, (_, i) => ({time: noon + (i < 250 ? i : i - 600) * second}));
  expect(sessionsOf(requests)).toMatchObject([{requests: 500, timestamp: noon - 350 * second}]);
});

test("Sessions take a line that is too late into the session in reach, or into one of its own time", () => {
  const requests = [
    {time: noon, target: "/"},
    {time: noon + 20 * minute, target: "/b"},
    {time: noon + 1 * minute, target: "/late"},
    {time: noon - 40 * minute, target: "/later", line: 9},
    {time: noon - 39 * minute, target: "/later"}
  ];
  expect(sorted(sessionsOf(requests))).toMatchObject([
    {timestamp: noon - 40 * minute, requests: 2, first_path: "/later", source_line: 9, session_duration: 60},
    {timestamp: noon, requests: 3, first_path: "/", session_duration: 1200}
  ]);
});

test("Sessions make features missing that the log never states", () => {
  const bare = {time: noon, status: 0, method: null, referrer: null, agent: null, size: NaN};
  const row = only([bare]);
  const names = ["error_share", "not_found_share", "denied_share", "redirect_share", "post_share"];
  const more = [
    "unusual_method_share",
    "referrer_share",
    "declared_bot",
    "agents_of_address",
    "bytes_per_request",
    "header_plausibility"
  ];
  for (const name of [...names, ...more]) expect([name, row[name]]).toEqual([name, null]);
  const rows = sessionsOf([bare, {time: noon + 1, client: "192.0.2.2", referrer: "http://a/", agent: chrome}]);
  expect(sorted(rows)[0]).toMatchObject({error_share: 0, unusual_method_share: 1, referrer_share: 0, declared_bot: 1});
});

test("Sessions have no shares of pages where only assets were requested", () => {
  const row = only([{time: noon, target: "/a.js"}]);
  for (const name of ["referrer_share", "post_share", "path_entropy", "path_depth", "new_path_share", "query_share"]) {
    expect(row[name]).toBeNull();
  }
  expect(row).toMatchObject({asset_share: 1, first_path: null, unique_paths_visited: 0, gap_variation: 1});
});

test("Sessions keep hostile texts as they are, up to 500 bytes", () => {
  const agent = `<script>alert("1")</script>\u0000\u202e${"x".repeat(5000)}`;
  const row = only([{time: noon, agent, target: `/<img src=x>${"é".repeat(3000)}`, client: "<b>"}]);
  expect(row.client).toBe("<b>");
  expect(agent.startsWith(String(row.user_agent))).toBe(true);
  expect(new TextEncoder().encode(String(row.user_agent)).length).toBe(500);
  expect(String(row.first_path).startsWith("/<img src=x>éé")).toBe(true);
  expect(row).toMatchObject({longest_target: 6012, probe_share: 0, declared_bot: 1});
});

test("Sessions count the most requests within ten seconds of the clock", () => {
  const burst = (...seconds: number[]) => only(seconds.map((s) => ({time: noon + s * second}))).burst_requests;
  expect(burst(0)).toBe(1);
  expect(burst(0, 9, 10, 19)).toBe(2);
  expect(burst(0, 5, 9, 10, 11, 12)).toBe(5);
  fc.assert(
    fc.property(fc.array(fc.nat(100), {minLength: 1, maxLength: 50}), (seconds) => {
      seconds.sort((a, b) => a - b);
      const most = Math.max(...seconds.map((s) => seconds.filter((t) => t > s - 10 && t <= s).length));
      expect(burst(...seconds)).toBe(most);
    })
  );
});

test("Sessions take the night from the log’s own zone", () => {
  const night = (time: number, zone: number) => only([{time, zone}]).night_share;
  expect([night(Date.UTC(2026, 0, 5, 5, 59), 0), night(Date.UTC(2026, 0, 5, 6), 0)]).toEqual([1, 0]);
  expect([night(Date.UTC(2026, 0, 5, 20), 300), night(Date.UTC(2026, 0, 5, 3), -240)]).toEqual([1, 0]);
  expect(night(Date.UTC(1969, 11, 31, 1), 0)).toBe(1);
});

test("Sessions keep few open however many clients pass, and no more than told", () => {
  const sessions = new Sessions();
  const record = new RequestRecord();
  let rows = 0;
  let most = 0;
  for (let i = 0; i < 100_000; ++i) {
    fill(record, {time: noon + i * 200, client: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, agent: `a${i % 7}`});
    sessions.request(record);
    rows += sessions.take()?.rows ?? 0;
    most = Math.max(most, sessions.openSessions);
  }
  expect(most).toBeLessThan(12_000);
  sessions.end();
  for (let table = sessions.take(); table !== null; table = sessions.take()) rows += table.rows;
  expect(rows).toBe(100_000);
  const few = new Sessions({mostOpen: 10});
  feed(
    few,
    Array.from({length: 2000}, (_, i) => ({time: noon + i * second, client: `c${i}`}))
  );
  expect(few.openSessions).toBe(10);
});

test("Sessions are given batch by batch, the last when they have ended", () => {
  const sessions = new Sessions();
  expect(sessions.take()).toBeNull();
  feed(
    sessions,
    Array.from({length: batchRows + 5}, (_, i) => ({time: noon + i * 200, client: `c${i}`}))
  );
  expect(sessions.take()).toBeNull();
  sessions.end();
  expect([sessions.take()?.rows, sessions.take()?.rows, sessions.take()]).toEqual([batchRows, 5, null]);
});

test("Sessions refuse options out of range", () => {
  expect(() => new Sessions({pause: 0})).toThrow("invalid pause: 0");
  expect(() => new Sessions({tolerance: -1})).toThrow("invalid tolerance: -1");
  expect(() => new Sessions({mostOpen: 0})).toThrow("invalid number of open sessions: 0");
});

const client = fc.constantFrom("192.0.2.1", "192.0.2.2", "192.0.2.3");

/** Requests of three clients with pauses around half an hour, every time another millisecond. */
const traffic: fc.Arbitrary<Request[]> = fc
  .array(
    fc.record({
      time: fc.oneof(fc.integer({min: 1, max: 20_000}), fc.integer({min: 1, max: 20 * minute})),
      client,
      target: fc.constantFrom("/", "/a", "/b?c=1", "/b", "/d/e", "/x.css", "/y.png"),
      status: fc.constantFrom(200, 200, 304, 404, 503),
      method: fc.constantFrom("GET", "GET", "POST", "HEAD"),
      referrer: fc.constantFrom(null, "http://a/")
    }),
    {maxLength: 60}
  )
  .map((requests) => {
    let time = noon;
    return requests.map((request) => {
      time += request.time;
      return {...request, time};
    });
  });

/** Requests one second apart of a client that changes every ten. */
function visits(from: number, count: number): Request[] {
  return Array.from({length: count}, (_, i) => ({
    time: noon + (from + i) * 20 * second,
    client: `c${Math.floor(i / 10)}`
  }));
}

function expectedSessions(requests: readonly Request[]): Row[] {
  const pages = ["/", "/a", "/b", "/d/e"];
  return [...new Set(requests.map((request) => request.client))].flatMap((client) => {
    const own = requests.filter((request) => request.client === client);
    const starts = own.flatMap(({time}, i) => (i === 0 || time - own[i - 1]!.time > 30 * minute ? [i] : []));
    const columns: Requests = {
      time: Float64Array.from(own, ({time}) => time),
      path: Int32Array.from(own, ({target}) => pages.indexOf(target!.split("?")[0]!) + 1),
      status: Uint16Array.from(own, ({status}) => status!),
      isAsset: Uint8Array.from(own, ({target}) => Number(/css|png/.test(target!))),
      isPost: Uint8Array.from(own, ({method}) => Number(method === "POST")),
      ...(requests.some(({referrer}) => referrer) && {
        hasReferrer: Uint8Array.from(own, ({referrer}) => Number(referrer !== null))
      }),
      offsets: Uint32Array.from([...starts, own.length])
    };
    const features = sessionFeatures(columns);
    return starts.map((start, i) => ({
      timestamp: own[start]!.time,
      client: client!,
      ...Object.fromEntries(sessionFeatureNames.map((name) => [name, orNull(features[name][i]!)]))
    }));
  });
}

function eight(row: Row): Row {
  return Object.fromEntries(["timestamp", "client", ...sessionFeatureNames].map((name) => [name, row[name]!]));
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function sorted(rows: readonly Row[]): Row[] {
  return [...rows].sort(
    (a, b) => Number(a.timestamp) - Number(b.timestamp) || (String(a.client) < String(b.client) ? -1 : 1)
  );
}

function only(requests: readonly Request[], options?: SessionOptions): Row {
  const rows = sessionsOf(requests, options);
  expect(rows.length).toBe(1);
  return rows[0]!;
}

function sessionsOf(requests: readonly Request[], options?: SessionOptions): Row[] {
  const sessions = new Sessions(options);
  feed(sessions, requests);
  return rowsOf(sessions);
}

function feed(sessions: Sessions, requests: readonly Request[]): void {
  const record = new RequestRecord();
  for (const request of requests) {
    sessions.file = request.file ?? 0;
    fill(record, request);
    sessions.request(record);
  }
}

function fill(record: RequestRecord, request: Request): void {
  const texts = {client: "192.0.2.1", method: "GET", target: "/", ...request};
  record.begin();
  for (const name of requestTexts) {
    if (name !== "user") record.set(requestText[name], texts[name as keyof typeof texts] as string | null | undefined);
  }
  record.time = request.time;
  record.line = request.line ?? 1;
  record.zone = request.zone ?? 0;
  record.status = request.status ?? 200;
  record.size = request.size ?? 1000;
}

function rowsOf(sessions: Sessions): Row[] {
  sessions.end();
  const rows: Row[] = [];
  for (let table: Table | null = sessions.take(); table !== null; table = sessions.take()) {
    const {columns} = table;
    for (let i = 0; i < table.rows; ++i) {
      rows.push(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, valueAt(column, i)])));
    }
  }
  return rows;
}
