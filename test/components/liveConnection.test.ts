import {expect, test} from "vitest";
import type {AlertEvent} from "../../lib/live/alert.js";
import {connectLive} from "../../src/components/liveConnection.js";
import type {LiveListener} from "../../src/components/liveFeed.js";
import {alertEvent, liveState} from "./liveStates.js";

const base = "http://127.0.0.1/below/live";

test("connectLive(listener, signal) tells the state and the newest alerts, then what happens", async () => {
  const server = scripted({events: [alertEvent(2), alertEvent(1)], last: 2});
  expect(await server.connect()).toBe(true);
  const stream = await server.stream(0);
  expect(stream.url).toBe("http://127.0.0.1/below/api/events?after=2");
  stream.send("open");
  stream.send("state", liveState({records: 5}));
  stream.send("alert", alertEvent(3));
  expect(server.told).toEqual(["connecting", "reset", "state 12000", "events 2,1", "connected", "state 5", "events 3"]);
  server.end();
});

test("connectLive(listener, signal) goes on where it left off when the stream has ended", async () => {
  const server = scripted({events: [], last: 7});
  await server.connect();
  const stream = await server.stream(0);
  stream.send("open");
  stream.send("alert", alertEvent(8));
  stream.readyState = 2;
  stream.send("error");
  const next = await server.stream(1);
  expect(next.url).toMatch(/after=8$/);
  next.send("open");
  expect(server.told.slice(-3)).toEqual(["events 8", "lost: the connection is lost", "connected"]);
  server.end();
});

test("connectLive(listener, signal) leaves it to the browser to connect again while it tries", async () => {
  const server = scripted({events: [], last: 7});
  await server.connect();
  const stream = await server.stream(0);
  stream.send("open");
  stream.readyState = 0;
  stream.send("error");
  stream.send("error");
  stream.send("open");
  expect(server.told.slice(-3)).toEqual(["connected", "lost: the connection is lost", "connected"]);
  expect(server.streams).toHaveLength(1);
  server.end();
});

test("connectLive(listener, signal) tells all anew where events are missing", async () => {
  const server = scripted({events: [alertEvent(1)], last: 1});
  await server.connect();
  (await server.stream(0)).send("gap");
  server.page = {events: [alertEvent(90)], last: 90};
  expect((await server.stream(1)).url).toMatch(/after=90$/);
  expect(server.told.slice(-3)).toEqual(["reset", "state 12000", "events 90"]);
  expect(server.streams[0]!.readyState).toBe(2);
  server.end();
});

test.each([
  ["404", () => new Response("not found", {status: 404})],
  ["what is no JSON", () => new Response("<!doctype html>")],
  ["what says that nothing is watched", () => Response.json({live: false})]
])("connectLive(listener, signal) is false where the server answers %s", async (_, answer) => {
  const server = scripted({events: [], last: 0});
  server.answer = answer;
  expect(await server.connect()).toBe(false);
  expect(server.told).toEqual(["connecting"]);
});

test("connectLive(listener, signal) says why there is no answer, and tries again", async () => {
  const server = scripted({events: [], last: 0});
  const answers = [() => new Response("", {status: 401}), () => new Response("", {status: 429})];
  server.answer = () => (answers.shift() ?? server.usual)();
  expect(await server.connect()).toBe(true);
  expect(server.told.slice(0, 3)).toEqual(["connecting", "lost: the server asks for its token", "reset"]);
  server.end();
});

/** A server that answers as a test tells it, and what the listener was told. */
function scripted(page: {events: AlertEvent[]; last: number}) {
  const ending = new AbortController();
  const told: string[] = [];
  const streams: Stream[] = [];
  const listener: LiveListener = {
    state: ({records}) => told.push(`state ${records}`),
    events: (events) => told.push(`events ${events.map(({sequence}) => sequence)}`),
    reset: () => told.push("reset"),
    connection: ({status, reason}) => told.push(reason === null ? status : `${status}: ${reason}`)
  };
  class Stream extends EventTarget {
    readyState = 1;
    readonly url: string;
    constructor(url: string | URL) {
      super();
      this.url = `${url}`;
      streams.push(this);
    }
    close() {
      this.readyState = 2;
    }
    send(type: string, data?: unknown) {
      this.dispatchEvent(Object.assign(new Event(type), {data: JSON.stringify(data)}));
    }
  }
  const usual = () => Response.json(liveState());
  const server = {
    told,
    streams,
    page,
    usual,
    answer: usual,
    async stream(i: number) {
      await expect.poll(() => streams.length).toBeGreaterThan(i);
      return streams[i]!;
    },
    connect: () =>
      connectLive(listener, ending.signal, {
        base,
        fetch: async (url) => (`${url}`.includes("/api/alerts") ? Response.json(server.page) : server.answer()),
        EventSource: Stream,
        wait: () => 0
      }),
    end: () => ending.abort()
  };
  return server;
}
