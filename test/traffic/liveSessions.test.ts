import {deserialize, serialize} from "node:v8";
import fc from "fast-check";
import {expect, test} from "vitest";
import {restoreState, type SavedState, saveState} from "../../lib/savedState.js";
import {type SessionOptions, Sessions} from "../../lib/traffic/sessions.js";
import {valueAt} from "../../lib/traffic/table.js";
import {listOf, type Row} from "./listOf.js";
import {type Request, requestOf} from "./sessions/requestOf.js";

const second = 1000;
const minute = 60_000;
const noon = Date.UTC(2026, 0, 5, 12);

test("Sessions that are live give a row at 2, 3, 4, 5 requests and with each quarter more, the last when it closes", () => {
  const visit = Array.from({length: 21}, (_, i) => ({time: noon + i * 100, line: i + 1, target: `/${i}`}));
  const rows = rowsOf(visit);
  expect(rows.map((row) => row.requests)).toEqual([2, 3, 4, 5, 7, 9, 12, 15, 19, 21]);
  expect(rows.map((row) => row.line)).toEqual([2, 3, 4, 5, 7, 9, 12, 15, 19, 21]);
  expect(rows.map((row) => row.isFinal)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(rows.map((row) => row.path_entropy)).toEqual(rows.map(({requests}) => digits(Math.log2(Number(requests)))));
  expect(new Set(rows.map((row) => row.subject))).toEqual(new Set([1]));
  expect(rows.map((row) => row.source_line)).toEqual(Array(10).fill(1));
});

test("Sessions that are live give a row with a request ten seconds or more after the last", () => {
  const at = [0, 1, 1, 1, 1, 2, 10.999, 11, 12, 20.999, 30].map((s) => ({time: noon + s * second}));
  expect(rowsOf(at).map((row) => row.requests)).toEqual([2, 3, 4, 5, 7, 9, 11, 11]);
});

test("Sessions that are live are numbered, and close in the order of the clock", () => {
  const requests = [
    {time: noon, client: "a", line: 1},
    {time: noon + 1, client: "b", line: 2},
    {time: noon + 20 * minute, client: "b", line: 3},
    {time: noon + 90 * minute, client: "b", line: 4}
  ];
  const told = rowsOf(requests).map(({client, subject, requests, isFinal, line, clock}) => {
    return [client, subject, requests, isFinal, line, (Number(clock) - noon) / minute];
  });
  expect(told).toEqual([
    ["b", 2, 2, 0, 3, 20],
    ["a", 1, 1, 1, 1, 90],
    ["b", 2, 2, 1, 3, 90],
    ["b", 3, 1, 1, 4, 90]
  ]);
});

test("Sessions that are live end as those that are not, where lines are in order", () => {
  fc.assert(
    fc.property(traffic({late: 0}), (requests) => {
      const finals = rowsOf(requests).filter((row) => row.isFinal === 1);
      const alone = ({agents_of_address: _, ...row}: Row) => row;
      expect(sorted(finals.map(columns)).map(alone)).toEqual(sorted(batchOf(requests)).map(alone));
    })
  );
});

test("Sessions that are live end as those that are not, where lines are late by less than they are held", () => {
  fc.assert(
    fc.property(traffic({late: 20}), (requests) => {
      const finals = rowsOf(requests, {wait: 20}).filter((row) => row.isFinal === 1);
      const alone = ({agents_of_address: _, ...row}: Row) => row;
      expect(sorted(finals.map(columns)).map(alone)).toEqual(sorted(batchOf(requests)).map(alone));
    })
  );
});

test("Sessions that are live take a late line into the session of its time, as long as one is open", () => {
  const requests = [
    {time: noon, client: "a", target: "/first"},
    {time: noon + 34 * minute, client: "b"},
    {time: noon + 29.5 * minute, client: "a", target: "/late"},
    {time: noon + 59 * minute, client: "a"}
  ];
  const finals = rowsOf(requests).filter((row) => row.isFinal === 1 && row.client === "a");
  expect(finals).toMatchObject([{requests: 3, first_path: "/first", session_duration: 59 * 60, timestamp: noon}]);
});

test("Sessions that are live lose no request, whatever the times", () => {
  const time = fc.oneof(fc.integer({min: noon, max: noon + 90 * minute}), fc.integer({min: -8.64e15, max: 8.64e15}));
  const request = fc.record({time: fc.oneof(time, fc.constant(NaN)), file: fc.nat(3), client});
  fc.assert(
    fc.property(
      fc.array(request, {maxLength: 300}),
      fc.nat(300),
      fc.integer({min: 1, max: 4}),
      (all, wait, mostOpen) => {
        const rows = rowsOf(all, {mostOpen, wait});
        const finals = rows.filter((row) => row.isFinal === 1);
        expect(finals.reduce((sum, row) => sum + Number(row.requests), 0)).toBe(all.length);
        expect(finals.map((row) => row.subject).sort(ascending)).toEqual(finals.map((_, i) => i + 1));
        const clocks = rows.map((row) => Number(row.clock));
        expect(clocks).toEqual([...clocks].sort(ascending));
        const ended = new Set<unknown>();
        for (const {subject, isFinal, session_duration} of rows) {
          expect(ended.has(subject)).toBe(false);
          expect(session_duration).toBeGreaterThanOrEqual(0);
          if (isFinal === 1) ended.add(subject);
        }
      }
    ),
    {numRuns: 200}
  );
});

test("Sessions that are live give the same rows however often they are taken, and saved and restored in between", () => {
  fc.assert(
    fc.property(
      traffic({late: 600, agents: 40}),
      fc.array(fc.nat(200)),
      fc.array(fc.nat(200), {maxLength: 3}),
      fc.constantFrom<SessionOptions>({}, {wait: 30}, {by: "address"}, {mostOpen: 3}, {tolerance: 0, pause: 3}),
      (requests, takes, saves, options) => {
        let sessions = new Sessions({...options, live: true});
        const rows: Row[] = [];
        for (const [i, request] of requests.entries()) {
          sessions.file = request.file ?? 0;
          sessions.request(requestOf(request));
          if (takes.includes(i)) rows.push(...listOf(sessions.takeLive()));
          if (!saves.includes(i)) continue;
          const saved = deserialize(serialize(saveState(sessions))) as SavedState;
          sessions = new Sessions({...options, live: true});
          restoreState(sessions, saved);
        }
        sessions.end();
        rows.push(...listOf(sessions.takeLive()));
        expect(rows).toEqual(rowsOf(requests, options));
      }
    ),
    {numRuns: 200}
  );
});

test("Sessions that are live go on growing from where they were saved", () => {
  const requests = Array.from({length: 9000}, (_, i) => {
    return {time: noon + i * 50, client: `c${(i * 7919) % 4000}`, target: `/${(i * 31) % 5000}`};
  });
  const resumed = new Sessions({live: true});
  const [before, after] = [requests.slice(0, 3000), requests.slice(3000)];
  const sessions = new Sessions({live: true});
  for (const request of before) sessions.request(requestOf(request));
  restoreState(resumed, deserialize(serialize(saveState(sessions))) as SavedState);
  for (const request of after) resumed.request(requestOf(request));
  resumed.end();
  expect(listOf(resumed.takeLive())).toEqual(rowsOf(requests));
});

test("Sessions that are live make missing what the logs had not stated when the row came", () => {
  const rows = rowsOf([
    {time: noon, status: 0},
    {time: noon + 1, status: 0},
    {time: noon + 2, status: 404, referrer: "http://a/"}
  ]);
  expect(
    rows.map(({error_share, referrer_share, declared_bot}) => [error_share, referrer_share, declared_bot])
  ).toEqual([
    [null, null, null],
    [0.3333, 0.3333, null],
    [0.3333, 0.3333, null]
  ]);
});

test("Sessions that are live have a clock that never falls, and give nothing by take", () => {
  const sessions = new Sessions({live: true});
  expect([sessions.clock, sessions.takeLive()]).toEqual([Number.NEGATIVE_INFINITY, null]);
  for (const time of [noon, noon - minute, Number.NaN, noon + 1]) sessions.request(requestOf({time}));
  expect(sessions.clock).toBe(noon + 1);
  sessions.end();
  expect(sessions.take()).toBeNull();
  expect(sessions.takeLive()?.table.rows).toBe(4);
  expect(sessions.takeLive()).toBeNull();
  expect(() => new Sessions({live: true, wait: -1})).toThrow("invalid wait: -1");
  expect(new Sessions().takeLive()).toBeNull();
});

const client = fc.constantFrom("192.0.2.1", "192.0.2.2", "192.0.2.3");

/** Requests of three clients with pauses around half an hour, written up to so many seconds late; the first states all. */
function traffic({
  late,
  agents = 5
}: {
  readonly late: number;
  readonly agents?: number;
}): fc.Arbitrary<(Request & {readonly time: number; file?: number})[]> {
  const request = fc.record({
    wait: fc.oneof(fc.integer({min: 1, max: 20_000}), fc.integer({min: 1, max: 20 * minute})),
    late: fc.nat(late * second),
    client,
    target: fc.constantFrom("/", "/a", "/b?c=1", "/b", "/d/e", "/x.css", "/y.png"),
    status: fc.constantFrom(200, 200, 304, 404, 503),
    referrer: fc.constantFrom(null, "http://a/"),
    agent: fc.nat(agents - 1).map((i) => `agent ${i}`)
  });
  return fc.array(request, {maxLength: 80}).map((steps) => {
    let time = noon;
    const requests = steps.map(({wait, late, ...request}, i) => {
      time += wait;
      return {...request, time, line: i + 2, written: time + late};
    });
    requests.sort((a, b) => a.written - b.written);
    return [
      {time: noon, line: 1, referrer: "http://a/", agent: "agent", target: "/"},
      ...requests.map(({written: _, ...request}) => request)
    ];
  });
}

function rowsOf(requests: readonly (Request & {readonly file?: number})[], options?: SessionOptions): Row[] {
  const sessions = new Sessions({...options, live: true});
  for (const request of requests) {
    sessions.file = request.file ?? 0;
    sessions.request(requestOf(request));
  }
  sessions.end();
  return listOf(sessions.takeLive());
}

function batchOf(requests: readonly Request[]): Row[] {
  const sessions = new Sessions();
  for (const request of requests) sessions.request(requestOf(request));
  sessions.end();
  const table = sessions.take();
  return Array.from({length: table?.rows ?? 0}, (_, row) =>
    Object.fromEntries(Object.entries(table!.columns).map(([name, column]) => [name, valueAt(column, row)]))
  );
}

function columns({subject: _, clock: __, isFinal: ___, line: ____, file: _____, ...row}: Row): Row {
  return row;
}

function sorted(rows: readonly Row[]): Row[] {
  const key = (row: Row) => `${row.timestamp} ${row.source_line} ${row.client}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function ascending(a: unknown, b: unknown): number {
  return Number(a) - Number(b);
}

function digits(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
