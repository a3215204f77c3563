import {once} from "node:events";
import {mkdtempSync, rmSync} from "node:fs";
import {type IncomingHttpHeaders, type IncomingMessage, request} from "node:http";
import {type AddressInfo, connect, type Socket} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {FastifyInstance} from "fastify";
import {growForest} from "../../../lib/forest/growForest.js";
import {scoreRows} from "../../../lib/forest/scoreRows.js";
import type {Alert, AlertChanged} from "../../../lib/live/alert.js";
import type {LiveState} from "../../../lib/live/liveState.js";
import type {ModelScorer} from "../../../lib/live/modelScorer.js";
import {EventLog, type EventLogOptions} from "../../../lib/node/live/eventLog.js";
import {type EddyServerOptions, eddyServer} from "../../../lib/node/server/eddyServer.js";

/** A server that listens on this machine, with the log that its events come from, and a state that a test may change. */
export interface TestServer {
  readonly app: FastifyInstance;
  readonly port: number;
  readonly log: EventLog;
  readonly state: {-readonly [K in keyof LiveState]: LiveState[K]};
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
}

export async function testServer(
  options: Partial<EddyServerOptions> & {readonly log?: EventLogOptions; readonly isServe?: boolean} = {}
): Promise<TestServer> {
  const {log: logOptions, isServe = false, ...more} = options;
  const folder = mkdtempSync(join(tmpdir(), "eddy-server-"));
  const log = await EventLog.open(folder, logOptions);
  const state = {...liveState};
  const feed = isServe ? undefined : {state: () => ({...state, now: Date.now()}), events: log};
  const app = eddyServer({feed, scorer: () => scorer, token: null, ...more});
  const sockets = new Set<Socket>();
  app.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await app.listen({port: 0, host: "127.0.0.1"});
  const {port} = app.server.address() as AddressInfo;
  const close = async () => {
    await app.close();
    await log.close();
    rmSync(folder, {recursive: true});
  };
  return {app, port, log, state, sockets, close};
}

/** Whatever an answer holds. */
type Json = ReturnType<typeof JSON.parse>;

/** Changes of so many alerts, of about so many bytes each. */
export function changes(count: number, from = 1, bytes = 0): AlertChanged[] {
  return Array.from({length: count}, (_, i) => ({what: "raised", alert: alertOf(from + i, "x".repeat(bytes))}));
}

/** Sends a request as it is and gives the whole answer; of a stream of events, which has no end, nothing. */
export async function ask(
  port: number,
  path: string,
  {method = "GET", headers = {}, body}: {method?: string; headers?: Record<string, string>; body?: string | Buffer} = {}
): Promise<{status: number; headers: IncomingHttpHeaders; text: string; json: Json}> {
  const response = await open(port, path, {method, headers, body});
  const isStream = response.headers["content-type"] === "text/event-stream";
  if (isStream) response.destroy();
  const text = isStream ? "" : Buffer.concat(await response.toArray()).toString();
  const isJson = /^application\/json/.test(response.headers["content-type"] ?? "");
  return {
    status: response.statusCode!,
    headers: response.headers,
    text,
    json: isJson && text ? JSON.parse(text) : null
  };
}

/** Asks for scores of rows. */
export function post(port: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return ask(port, "/api/score", {
    method: "POST",
    headers: {"content-type": "application/json", ...headers},
    body: text
  });
}

/** Sends a request and gives the answer when its headers have come. */
export async function open(
  port: number,
  path: string,
  {method = "GET", headers = {}, body}: {method?: string; headers?: Record<string, string>; body?: string | Buffer} = {}
): Promise<IncomingMessage> {
  const sent = request({host: "127.0.0.1", port, path, method, headers, agent: false});
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return response;
}

/** What a stream of events has told so far. */
export interface Stream {
  readonly status: number;
  readonly told: {readonly id: string | null; readonly event: string; readonly data: Json}[];
  /** Sequences of the alerts among it. */
  sequences(): number[];
  readonly isOver: boolean;
  close(): void;
}

/** Reads a stream of events. */
export async function readEvents(
  port: number,
  path = "/api/events",
  headers: Record<string, string> = {}
): Promise<Stream> {
  const response = await open(port, path, {headers});
  const told: Stream["told"] = [];
  let rest = "";
  let isOver = false;
  response.setEncoding("utf8");
  response.on("data", (text: string) => {
    const frames = (rest + text).split("\n\n");
    rest = frames.pop()!;
    for (const frame of frames) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(frame)?.[1];
      const event = field("event");
      if (event) told.push({id: field("id") ?? null, event, data: JSON.parse(field("data")!)});
    }
  });
  response.on("error", () => {});
  response.on("close", () => {
    isOver = true;
  });
  return {
    status: response.statusCode!,
    told,
    sequences: () => told.filter(({event}) => event === "alert").map(({data}) => data.sequence),
    get isOver() {
      return isOver;
    },
    close: () => response.destroy()
  };
}

/** Sends bytes and gives what came back until the server closed the connection. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const parts: Buffer[] = [];
  socket.on("data", (part) => parts.push(part));
  socket.on("error", () => {});
  socket.write(bytes);
  await once(socket, "close");
  return Buffer.concat(parts).toString("latin1");
}

const features = {
  requests: Float64Array.from({length: 300}, (_, i) => i % 17),
  agent: {codes: Int32Array.from({length: 300}, (_, i) => i % 3), values: ["a", "b", "c"]}
};
const forest = growForest(features, {preset: "auto", seed: 1});

export const scorer: ModelScorer = {
  name: "forest.bin",
  columns: [
    {name: "requests", type: "number"},
    {name: "agent", type: "text"}
  ],
  threshold: 0.5,
  score: (_rows, columns) => scoreRows(forest, columns)
};

function alertOf(i: number, agent: string): Alert {
  return {
    id: i.toString(16).padStart(16, "0"),
    rows: "sessions",
    status: "open",
    client: "192.0.2.1",
    began: 1e12,
    raised: 1e12 + i,
    changed: 1e12 + i,
    score: 0.75,
    threshold: 0.5,
    rule: "at most 10 alerts an hour",
    model: 1,
    file: "access.log",
    line: i,
    reasons: [{feature: "log(requests)", value: 90, typical: 3, share: 0.001, contribution: 0.2}],
    values: {requests: 90, agent, bytes: null},
    place: {latitude: 52.5, longitude: 13.4, country: "DE", city: null},
    history: [{what: "raised", time: 1e12 + i, score: 0.75, records: 90}]
  };
}

const liveState: LiveState = {
  rows: "sessions",
  clock: 1e12,
  records: 12,
  open: 2,
  late: 1,
  ahead: 0,
  model: {
    phase: "watching",
    gathered: 500,
    needed: 500,
    generation: 2,
    since: 1e12,
    isRetraining: false,
    nextAt: 2e12,
    preset: "auto",
    features: ["log(requests)"],
    rule: "at most 10 alerts an hour",
    threshold: 0.5,
    budget: 10,
    window: {hours: 24, rows: 700, leftOut: [{reason: "alerts", count: 3}]},
    drift: {index: 0.05, level: "none", features: [{feature: "log(requests)", index: 0.05}]}
  },
  alerts: {raised: 3, open: 1, lastHour: 2},
  minutes: [{time: 1e12, records: 12, scored: 12, alerts: 1, scores: Array(20).fill(0)}],
  watched: [{client: "192.0.2.1", agent: null, score: 0.6, records: 7, began: 1e12, changed: 1e12, alert: null}],
  arrivals: [{latitude: 52.5, longitude: 13.4, country: null, clients: 3, alerts: 1}],
  started: 1e12,
  now: 1e12,
  version: "0",
  replay: null,
  sources: [
    {
      name: 'a "log"\\\n',
      kind: "log",
      status: "following",
      fault: null,
      since: null,
      file: "access.log",
      format: "combined",
      files: 1,
      bytes: 1000,
      behind: 10,
      records: 12,
      rejected: 1,
      rejects: [{reason: "no time", count: 1}],
      passedOver: 0,
      dropped: 0,
      more: []
    }
  ],
  checkpoint: {written: 1e12, bytes: 4096, sequence: 0, fault: null},
  outputs: [
    {name: "alerts.jsonl", kind: "file", sequence: 0, waiting: 0, delivered: 0, silenced: 0, lost: 0, fault: null}
  ],
  faults: []
};
