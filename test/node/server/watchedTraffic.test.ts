import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import fc from "fast-check";
import {afterAll, beforeAll, expect, it} from "vitest";
import type {LiveState} from "../../../lib/live/liveState.js";
import {trainModel} from "../../../lib/live/trainModel.js";
import {Watch} from "../../../lib/live/watch.js";
import {EventLog} from "../../../lib/node/live/eventLog.js";
import {FollowedTraffic} from "../../../lib/node/live/followTraffic.js";
import {replay} from "../../../lib/node/sources/replay.js";
import {type Description, validatorOf} from "./openApi.js";
import {ask, post, readEvents, type TestServer, testServer} from "./testServer.js";

const log = new URL("../../../data/lab/access.log.gz", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "eddy-watched-"));
const states: unknown[] = [];
let server: TestServer;
let events: EventLog;
let watch: Watch;
let description: Description;

beforeAll(async () => {
  watch = new Watch({model: {warmUp: 100, threshold: {rule: "quantile", share: 0.05}}}, async (request) =>
    trainModel(request)
  );
  events = await EventLog.open(folder);
  const followed = new FollowedTraffic({
    watch,
    sources: [await replay([log])(watch.receiver())],
    events,
    checkpoint: null,
    every: 1000,
    replay: {speed: Number.POSITIVE_INFINITY}
  });
  const state = (): LiveState => ({...followed.state(), outputs: []});
  server = await testServer({feed: {state, events}, scorer: () => watch.scorer(), limits: {requests: 1e6}});
  description = (await ask(server.port, "/api/openapi.json")).json;
  let hasEnded = false;
  const ended = followed.run().finally(() => {
    hasEnded = true;
  });
  while (!hasEnded) states.push((await ask(server.port, "/api/state")).json);
  await ended;
});

afterAll(async () => {
  await server.close();
  await events.close();
  rmSync(folder, {recursive: true});
});

it("eddyServer tells of a real watch as its description says", async () => {
  const validate = validatorOf(description)(description.components.schemas.LiveState!);
  states.push((await ask(server.port, "/api/state")).json);
  expect(states.length).toBeGreaterThan(1);
  for (const state of states) expect(validate(state) ? [] : validate.errors).toEqual([]);
  expect((states.at(-1) as LiveState).model.phase).toBe("watching");
});

it("eddyServer gives the changes of a real watch as its description says, in pages and as a stream", async () => {
  const validate = validatorOf(description)(description.components.schemas.AlertEvent!);
  const paged: unknown[] = [];
  for (let after = 0; ; ) {
    const {events, next} = (await ask(server.port, `/api/alerts?after=${after}&limit=100`)).json;
    if (events.length === 0) break;
    paged.push(...events);
    after = next;
  }
  expect(paged).toHaveLength(events.last);
  for (const event of paged) expect(validate(event) ? [] : validate.errors).toEqual([]);
  const stream = await readEvents(server.port, "/api/events?after=0");
  await expect.poll(() => stream.sequences().length, {timeout: 20_000}).toBe(events.last);
  expect(stream.told.filter(({event}) => event === "alert").map(({data}) => data)).toEqual(paged);
  stream.close();
});

it("eddyServer scores rows of a real watch, whatever their values", async () => {
  const {columns} = watch.scorer()!;
  const numbers = fc.oneof(fc.double({noNaN: true, noDefaultInfinity: true, min: 0}), fc.constant(null));
  const texts = fc.oneof(
    fc.string({unit: "binary"}),
    fc.constantFrom("__proto__", "", "x".repeat(1000)),
    fc.constant(null)
  );
  const row = fc.record(
    Object.fromEntries(columns.map(({name, type}) => [name, type === "number" ? numbers : texts])),
    {requiredKeys: []}
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, {maxLength: 20}), async (rows) => {
      const {status, json} = await post(server.port, {rows});
      expect([status, json.scores?.length]).toEqual([200, rows.length]);
      for (const score of json.scores) expect(score > 0 && score <= 1).toBe(true);
    }),
    {numRuns: 100}
  );
  for (const {name} of columns.filter(({type}) => type === "number")) {
    const {status, json} = await post(server.port, {rows: [{}, {[name]: -1}]});
    if (status !== 200)
      expect([status, json.error]).toEqual([400, `row 2: invalid log(${name}) of a negative number: -1`]);
  }
});
