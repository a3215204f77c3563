import {once} from "node:events";
import {connect} from "node:net";
import fc from "fast-check";
import {afterEach, expect, it} from "vitest";
import {ask, changes, readEvents, type TestServer, testServer} from "./testServer.js";

const waiting = {timeout: 20_000};
let server: TestServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

it("EventReaders tell every change from now on, the state, and where to go on", async () => {
  const {port, log, state} = await start();
  await log.append(changes(3));
  const stream = await readEvents(port);
  await log.append(changes(2, 4));
  await expect.poll(() => stream.sequences(), waiting).toEqual([4, 5]);
  const [first, next] = stream.told;
  expect(first).toEqual({id: null, event: "state", data: {...state, now: expect.any(Number)}});
  expect(next).toEqual({id: "4", event: "alert", data: {sequence: 4, ...changes(1, 4)[0]}});
  await expect.poll(() => stream.told.filter(({event}) => event === "state").length, waiting).toBeGreaterThan(2);
  stream.close();
});

it("EventReaders go on after the header Last-Event-ID, else after the parameter", async () => {
  const {port, log} = await start();
  await log.append(changes(100));
  const cases: [string, Record<string, string>, number][] = [
    ["/api/events?after=0", {}, 1],
    ["/api/events?after=97", {}, 98],
    ["/api/events", {"last-event-id": "90"}, 91],
    ["/api/events?after=5", {"last-event-id": "99"}, 100]
  ];
  for (const [path, headers, first] of cases) {
    const stream = await readEvents(port, path, headers);
    await expect.poll(() => stream.sequences(), waiting).toEqual(range(first, 100));
    stream.close();
  }
  for (const id of ["x", "-1", "1.5", "1e99"]) {
    expect((await ask(port, "/api/events", {headers: {"last-event-id": id}})).status).toBe(400);
  }
});

it("EventReaders tell what is not kept any more", async () => {
  const {port, log} = await start({log: {events: 40, files: 4}});
  for (let i = 0; i < 100; i += 10) await log.append(changes(10, i + 1));
  const {first} = log;
  expect(first).toBeGreaterThan(50);
  const stream = await readEvents(port, "/api/events?after=20");
  await expect.poll(() => stream.sequences(), waiting).toEqual(range(first, 100));
  expect(stream.told[1]).toEqual({id: `${first - 1}`, event: "gap", data: {after: 20, first, last: 100}});
  stream.close();
});

it("EventReaders tell who knows of events that never were", async () => {
  const {port, log} = await start();
  await log.append(changes(3));
  const stream = await readEvents(port, "/api/events?after=7");
  await log.append(changes(1, 4));
  await expect.poll(() => stream.sequences(), waiting).toEqual([4]);
  expect(stream.told.find(({event}) => event === "gap")).toMatchObject({id: "3", data: {after: 7, first: 1, last: 3}});
  stream.close();
});

it("EventReaders tell each change once, in order, whenever somebody comes or comes back", async () => {
  const {port, log} = await start();
  const bursts = fc.array(fc.integer({min: 1, max: 120}), {minLength: 1, maxLength: 8});
  await fc.assert(
    fc.asyncProperty(bursts, fc.nat({max: 60}), async (sizes, behind) => {
      const from = Math.max(0, log.last - behind);
      const last = log.last + sizes.reduce((sum, size) => sum + size, 0);
      const appended = (async () => {
        for (const size of sizes) await log.append(changes(size, log.last + 1, 500));
      })();
      const stream = await readEvents(port, `/api/events?after=${from}`);
      await expect.poll(() => stream.sequences().length, waiting).toBeGreaterThan(behind > 0 ? 1 : 0);
      stream.close();
      const known = stream.sequences().at(-1) ?? from;
      const other = await readEvents(port, "/api/events", {"last-event-id": `${known}`});
      await appended;
      await expect.poll(() => other.sequences().at(-1) ?? known, waiting).toBe(last);
      expect([...stream.sequences(), ...other.sequences()]).toEqual(range(from + 1, last));
      other.close();
    }),
    {numRuns: 25}
  );
});

it("EventReaders send what happens at once to 200 readers, and refuse more than 256", async () => {
  const {port, log} = await start();
  const streams = await Promise.all(range(1, 300).map(() => readEvents(port, "/api/events?after=0")));
  const readers = streams.filter(({status}) => status === 200);
  expect([readers.length, streams.filter(({status}) => status === 503).length]).toEqual([256, 44]);
  await log.append(changes(100, 1, 2000));
  for (const stream of readers) await expect.poll(() => stream.sequences().length, waiting).toBe(100);
  for (const stream of readers) expect(stream.sequences()).toEqual(range(1, 100));
  const metrics = (await ask(port, "/metrics")).text;
  expect(metrics).toContain("eddy_event_readers 256\n");
  expect(metrics).toContain("eddy_events_sent_total 25600\n");
  expect(metrics).toContain("eddy_event_readers_accepted_total 256\n");
  expect(metrics).toContain("eddy_event_readers_refused_total 44\n");
  for (const stream of readers) stream.close();
  const count = async () => /^eddy_event_readers (\d+)/m.exec((await ask(port, "/metrics")).text)![1];
  await expect.poll(count, waiting).toBe("0");
});

it("EventReaders drop who takes nothing, keep little for it, and go on for others", async () => {
  const {port, log, sockets} = await start({limits: {stall: 2}});
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.pause().write("GET /api/events?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const other = await readEvents(port, "/api/events?after=0");
  let most = 0;
  for (let i = 0; i < 50; ++i) {
    await log.append(changes(100, log.last + 1, 5000));
    for (const {writableLength} of sockets) most = Math.max(most, writableLength);
  }
  const dropped = async () => /^eddy_event_readers_dropped_total (\d+)/m.exec((await ask(port, "/metrics")).text)![1];
  await expect.poll(dropped, waiting).toBe("1");
  await expect.poll(() => other.sequences().length, waiting).toBe(5000);
  expect(other.sequences()).toEqual(range(1, 5000));
  expect(most).toBeLessThan(1 << 20);
  other.close();
  socket.destroy();
});

it("EventReaders forget who leaves at once", async () => {
  const {port, sockets} = await start();
  for (let i = 0; i < 100; ++i) {
    const socket = connect(port, "127.0.0.1").on("error", () => {});
    await once(socket, "connect");
    socket.write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n", () => socket.resetAndDestroy());
  }
  await expect.poll(() => sockets.size, waiting).toBe(0);
  expect((await ask(port, "/metrics")).text).toContain("eddy_event_readers 0\n");
});

it("EventReaders end their streams when the server closes", async () => {
  const {port, close} = await start();
  const stream = await readEvents(port);
  await close();
  server = undefined;
  await expect.poll(() => stream.isOver, waiting).toBe(true);
});

async function start(options: Parameters<typeof testServer>[0] = {}): Promise<TestServer> {
  server = await testServer(options);
  return server;
}

function range(first: number, last: number): number[] {
  return Array.from({length: last - first + 1}, (_, i) => first + i);
}
