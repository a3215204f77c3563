import {deserialize, serialize} from "node:v8";
import fc from "fast-check";
import {expect, test} from "vitest";
import {combined} from "../../lib/formats/accessLog.js";
import {FlowRecord, flowText} from "../../lib/formats/flowRecord.js";
import {RequestRecord, requestText} from "../../lib/formats/requestRecord.js";
import {zeekConn} from "../../lib/formats/zeek.js";
import {changeKey} from "../../lib/live/alert.js";
import {Watch, type WatchOptions} from "../../lib/live/watch.js";
import {randomSource} from "../../lib/random.js";
import {chrome, combinedLines, inOrder, type Request, scraping, visits} from "./siteLog.js";
import {train, WatchedLog} from "./watchLog.js";

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 12);

// Three hours of a small site: people, and four programs that take many pages.
const site = inOrder([
  ...visits(260, {from: start, span: 170 * minute}),
  ...[70, 110, 130, 150].flatMap((at, i) =>
    scraping(`203.0.113.${i + 1}`, {from: start + at * minute, requests: 100 * (i + 1), pause: 500})
  )
]);
const lines = combinedLines(site);
const options: WatchOptions = {
  model: {warmUp: 80, retrain: 20, forest: {trees: 50}},
  place: (address) => ({latitude: Number(address.split(".")[3]) % 90, longitude: 9, country: "Somewhere", city: null})
};

test("Watch gives the same alerts and the same state however its input is cut and flushed", async () => {
  const whole = await watched(lines.join(""));
  expect(whole.changes.length).toBeGreaterThan(8);
  expect(whole.watch.state().model.generation).toBeGreaterThan(2);
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 0, max: 1e6}), async (seed) => {
      const random = randomSource(seed);
      const log = new WatchedLog(options);
      for (const piece of pieces(lines.join(""), random)) {
        log.push(piece);
        if (random() < 0.7) await log.flush();
      }
      await log.end();
      expect(log.changes).toEqual(whole.changes);
      expect(log.watch.state()).toEqual(whole.watch.state());
    }),
    {numRuns: 3}
  );
});

test("Watch leaves out records that lie ahead of the latest time, which would move its clock for good", async () => {
  const ahead = combinedLines([{...site[0]!, time: start + 3650 * 1440 * minute}]);
  const latest = () => start + 1440 * minute;
  const log = new WatchedLog({...options, latest});
  await log.push([...lines.slice(0, 100), ...ahead, ...lines.slice(100)].join("")).end();
  const without = new WatchedLog({...options, latest});
  await without.push(lines.join("")).end();
  const {ahead: left, ...state} = log.watch.state();
  expect(left).toBe(1);
  expect(state).toEqual({...without.watch.state(), ahead: undefined});
  expect(log.changes.map(changeKey)).toEqual(without.changes.map(changeKey));
});

test("Watch goes on exactly so where it was saved and restored", async () => {
  const whole = await watched(lines.join(""));
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 0, max: lines.length}), fc.integer({min: 0, max: 300}), async (at, ahead) => {
      const read = lines.slice(at, at + ahead).length;
      const before = new WatchedLog(options);
      await before.push(lines.slice(0, at).join("")).flush();
      before.push(lines.slice(at, at + ahead).join("")); // taken, and not yet judged
      const saved = serialize(before.watch.save());
      const after = new WatchedLog(options, deserialize(saved), at + read);
      await after.push(lines.slice(at + ahead).join("")).end();
      expect([...before.changes, ...after.changes]).toEqual(whole.changes);
      expect(after.watch.state()).toEqual(whole.watch.state());
    }),
    {numRuns: 5}
  );
});

test("Watch gives the same ids when the log is rotated in between", async () => {
  const whole = await watched(lines.join(""));
  const rotated = new WatchedLog(options);
  for (let at = 0; at < lines.length; at += 700) {
    await rotated.push(lines.slice(at, at + 700).join("")).flush();
    rotated.begin(`access.log.${at}`);
  }
  await rotated.end();
  const withoutPlace = ({changes}: WatchedLog) =>
    changes.map(({what, alert: {line: _, file: __, ...alert}}) => ({what, ...alert}));
  expect(withoutPlace(rotated)).toEqual(withoutPlace(whole));
});

test("Watch neither loses nor doubles alerts of lines that are late within the bound", async () => {
  const random = randomSource(3);
  const shuffled = [...site]
    .map((request) => ({request, at: request.time + 4 * minute * random() ** 4}))
    .sort((a, b) => a.at - b.at)
    .map(({request}) => request);
  const {changes, watch} = await watched(combinedLines(shuffled).join(""));
  const raised = changes.filter(({what}) => what === "raised").map(({alert}) => alert.client);
  const scrapers = [1, 2, 3, 4].map((i) => `203.0.113.${i}`);
  expect(scrapers.map((client) => raised.filter((other) => other === client).length)).toEqual([1, 1, 1, 1]);
  expect(watch.state()).toMatchObject({records: site.length, late: 0});
});

test("Watch counts lines beyond the bound as late", async () => {
  const visit = (at: number): Request => ({time: start + at * minute, client: "192.0.2.1", target: "/"});
  const log = new WatchedLog({});
  await log.push(combinedLines([visit(0), visit(10), visit(4), visit(6)]).join("")).flush();
  expect(log.watch.state()).toMatchObject({records: 4, late: 1, clock: start + 10 * minute, open: 1});
});

test("Watch raises an alert of a scraper within its first minute", async () => {
  const people = visits(320, {from: start, span: 170 * minute, seed: 5});
  const from = start + 160 * minute;
  const log = inOrder([...people, ...scraping("203.0.113.9", {from, requests: 600, pause: 500})]);
  const {changes} = await watched(combinedLines(log).join(""), {model: {warmUp: 150}});
  const raised = changes.find(({what, alert}) => what === "raised" && alert.client === "203.0.113.9")!;
  expect(raised.alert.raised - from).toBeLessThan(minute);
  expect(raised.alert.reasons.length).toBeGreaterThan(0);
});

test("Watch tells each change apart from all others, and closes every alert", async () => {
  const {changes, watch} = await watched(lines.join(""));
  expect(new Set(changes.map(changeKey)).size).toBe(changes.length);
  const ids = (what: string) => changes.filter((change) => change.what === what).map(({alert}) => alert.id);
  expect(new Set(ids("raised")).size).toBe(ids("raised").length);
  expect(ids("closed").toSorted()).toEqual(ids("raised").toSorted());
  const {alerts, minutes} = watch.state();
  expect(alerts).toMatchObject({raised: ids("raised").length, open: 0});
  expect(minutes.map(({time}) => time)).toEqual(minutes.map((_, i) => minutes[0]!.time + i * minute));
});

test("Watch follows the flows of hosts, and goes on where it was saved", async () => {
  const random = randomSource(9);
  const flows = Array.from({length: 3000}, (_, i) => ({
    time: start + i * 2000,
    client: `192.0.2.${1 + Math.floor(20 * random())}`,
    port: random() < 0.8 ? 443 : 53,
    bytes: 500 + Math.floor(5000 * random()),
    packets: 10
  }));
  const scan = Array.from({length: 300}, (_, i) => ({
    time: start + 5_000_000 + i * 100,
    client: "203.0.113.5",
    port: 1000 + i,
    bytes: 40,
    packets: 1
  }));
  const all = [...flows, ...scan].sort((a, b) => a.time - b.time);
  const flowOptions: WatchOptions = {model: {warmUp: 1000, forest: {trees: 50}, retrain: 0}};
  const record = new FlowRecord();
  const take = (watch: Watch, from: number, to: number) => {
    watch.begin("conn.log", zeekConn);
    for (const {time, client, port, bytes, packets} of all.slice(from, to)) {
      record.begin();
      record.time = time;
      record.duration = 0.1;
      record.protocol = 6;
      record.sourcePort = 40_000;
      record.destinationPort = port;
      record.sourceBytes = record.destinationBytes = bytes;
      record.sourcePackets = record.destinationPackets = packets;
      record.set(flowText.source, client);
      record.set(flowText.destination, "198.51.100.1");
      record.set(flowText.state, packets === 1 ? "S0" : "SF");
      watch.flow(record);
    }
  };
  const whole = new Watch(flowOptions, train);
  take(whole, 0, all.length);
  const changes = await whole.flush();
  const raised = changes.filter(({what}) => what === "raised").map(({alert}) => alert);
  const found = raised.find(({client}) => client === "203.0.113.5")!;
  expect(found.raised - scan[0]!.time).toBeLessThan(minute);
  expect(found).toMatchObject({rows: "flows", status: "open", values: {server: "198.51.100.1"}});
  expect(whole.state()).toMatchObject({rows: "flows", records: 3300, open: 21});
  expect(whole.state().watched[0]!.agent).toBe(null);
  changes.push(...(await whole.end()));

  const before = new Watch(flowOptions, train);
  take(before, 0, 2777);
  const cut = await before.flush();
  take(before, 2777, 2800);
  const after = new Watch(flowOptions, train);
  after.restore(deserialize(serialize(before.save())));
  take(after, 2800, all.length);
  expect([...cut, ...(await after.end())]).toEqual(changes);
  expect(after.state()).toEqual(whole.state());
});

test("Watch keeps the files of several sources apart", async () => {
  const watch = new Watch({model: {warmUp: 2, threshold: {rule: "fixed", value: 0.1}}}, train);
  const [one, other] = [watch.receiver(), watch.receiver()];
  one.begin("a.log", combined);
  other.begin("b.log", combined);
  const record = new RequestRecord();
  for (let i = 0; i < 80; ++i) {
    record.begin();
    record.time = start + i * 60 * minute;
    record.line = 100 + i;
    record.set(requestText.client, `192.0.2.${1 + (i % 2)}`);
    record.size = 100 * (i % 7);
    record.set(requestText.target, `/${"path/".repeat(i % 5)}`);
    (i % 2 ? other : one).request(record);
  }
  const raised = (await watch.end()).filter(({what}) => what === "raised").map(({alert}) => alert);
  expect(raised.length).toBeGreaterThan(10);
  for (const {client, file, line} of raised) {
    expect([client, file, line % 2]).toEqual(client === "192.0.2.1" ? [client, "a.log", 0] : [client, "b.log", 1]);
  }
  expect(() => watch.begin("conn.log", zeekConn)).toThrow("conn.log: expected requests as in a.log, got flows");
});

test("Watch tells what it waits for before the first file, and scores for others once it watches", async () => {
  const log = new Watch(options, train);
  expect(log.state()).toMatchObject({rows: null, clock: null, records: 0, open: 0, model: {phase: "waiting"}});
  expect(log.scorer()).toBe(null);
  expect(await log.flush()).toEqual([]);
  expect(await log.end()).toEqual([]);
  const {watch} = await watched(lines.join(""));
  const scorer = watch.scorer()!;
  expect(scorer.name).toMatch(/^model \d+$/);
  const columns = Object.fromEntries(scorer.columns.map(({name, type}) => [name, numbersOrText(type)]));
  expect(scorer.score(2, columns)).toHaveLength(2);
  expect(() => scorer.score(2, {})).toThrow("missing column");
  expect(() => new Watch({late: -1}, train)).toThrow("invalid minutes of lateness: -1");
});

test("Watch goes on whatever times and counts flows have", async () => {
  const odd = [Number.NaN, -1e300, 8.64e15, 1e300, start, Number.POSITIVE_INFINITY];
  for (const first of odd) {
    const watch = new Watch(
      {...options, model: {warmUp: 50, retrain: 1, threshold: {rule: "fixed", value: 0.1}}},
      train
    );
    watch.begin("conn.log", zeekConn);
    const record = new FlowRecord();
    const changes = [];
    for (let i = 0; i < 300; ++i) {
      record.begin();
      record.time = i < 100 ? first : i % 50 === 0 ? odd[(i / 50) % odd.length]! : start + i * 1000;
      record.duration = i % 3;
      record.protocol = [6, 17, 1, 255, Number.NaN][i % 5]!;
      record.sourceBytes = record.destinationBytes = i % 9 === 0 ? 1.7e308 : i;
      record.sourcePackets = record.destinationPackets = 1 + (i % 4);
      record.set(flowText.source, `192.0.2.${i % 11}`);
      watch.flow(record);
      if (i % 25 === 0) changes.push(...(await watch.flush()));
    }
    changes.push(...(await watch.end()));
    const {clock, records, ahead} = watch.state();
    expect(records + ahead).toBe(300);
    expect(changes.length).toBeGreaterThan(0);
    for (const {alert} of changes) expect(Math.abs(alert.raised)).toBeLessThanOrEqual(clock!);
  }
});

test("Watch stays bounded when each of 100,000 requests has a client or an agent of its own", async () => {
  for (const isAgent of [false, true]) {
    const log = new WatchedLog({model: {warmUp: 100, retrain: 0, threshold: {rule: "fixed", value: 0.99}}});
    await log.push(combinedLines(visits(110, {from: start - 180 * minute})).join("")).flush();
    const random = randomSource(1);
    for (let i = 0; i < 100_000; i += 1000) {
      const requests = Array.from({length: 1000}, (_, j): Request => {
        const n = i + j;
        const client = isAgent ? "203.0.113.1" : `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
        const time = start + n * 20 + 1000 * Math.floor(3 * random());
        return {time, client, target: `/${n}`, agent: isAgent ? `agent ${n}` : chrome};
      });
      await log.push(combinedLines(requests).join("")).flush();
    }
    const {open, watched, minutes, arrivals, alerts} = log.watch.state();
    expect(open).toBeLessThanOrEqual(2 ** 17);
    expect(alerts.open).toBeLessThanOrEqual(10_000);
    expect([watched.length <= 20, minutes.length <= 60, arrivals.length <= 200]).toEqual([true, true, true]);
    expect(serialize(log.watch.save()).length).toBeLessThan(isAgent ? 2e7 : 2e8);
    await log.end();
    const ids = log.changes.filter(({what}) => what === "raised").map(({alert}) => alert.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(log.changes.map(changeKey)).size).toBe(log.changes.length);
  }
});

async function watched(text: string, given = options): Promise<WatchedLog> {
  return new WatchedLog(given).push(text).end();
}

function pieces(text: string, random: () => number): string[] {
  const cut: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = Math.ceil(10 ** (5 * random()));
    cut.push(text.slice(at, at + length));
    at += length;
  }
  return cut;
}

function numbersOrText(type: "number" | "text") {
  return type === "number" ? Float64Array.of(1, 0) : {codes: Int32Array.of(0, 0), values: ["text"]};
}
