import {deserialize, serialize} from "node:v8";
import {expect, test} from "vitest";
import {parseRule} from "../../lib/evaluation/threshold.js";
import {growForest} from "../../lib/forest/growForest.js";
import {InputError} from "../../lib/inputError.js";
import {copyOf} from "../../lib/live/copyOf.js";
import {LiveModel, type LiveModelOptions, type Train} from "../../lib/live/liveModel.js";
import {randomSource} from "../../lib/random.js";
import {hour, inPlace, liveRows, minute, type PlainRow, show, siteSessions, start} from "./liveTraffic.js";

const small: LiveModelOptions = {forest: {trees: 30}, warmUp: 100, window: 3, retrain: 30};
const day = siteSessions({perHour: 100, hours: 9, seed: 1});

test("LiveModel gives the same whatever the pieces, and whenever a training ends", {timeout: 60_000}, async () => {
  const late: Train = async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return inPlace(request);
  };
  const runs = [];
  for (const [size, train] of [
    [1, inPlace],
    [17, late],
    [4000, inPlace]
  ] as const) {
    const model = new LiveModel("sessions", small, train);
    const raised = await show(model, day, {size});
    runs.push({raised, state: model.state(), saved: serialize(model.save()).toString("base64")});
  }
  expect(runs[0]!.raised.length).toBeGreaterThan(10);
  expect(runs[0]!.state.generation).toBeGreaterThan(10);
  expect(runs[1]).toEqual(runs[0]);
  expect(runs[2]).toEqual(runs[0]);
});

test("LiveModel.restore(saved) goes on as if nothing had been, also from the midst of a training", {
  timeout: 60_000
}, async () => {
  const undisturbed = new LiveModel("sessions", small, inPlace);
  const expected = await show(undisturbed, day);
  let model = new LiveModel("sessions", small, inPlace);
  const flagged = new Set<number>();
  const raised = [];
  let midst = 0;
  for (let at = 0; at < day.length; at += 9) {
    raised.push(...(await show(model, day.slice(at, at + 9), {flagged})));
    const {isRetraining} = model.state();
    if (isRetraining) ++midst;
    if (!isRetraining && at % 99 > 0) continue;
    const saved = structuredClone(model.save());
    model = new LiveModel("sessions", small, inPlace);
    model.restore(saved);
  }
  expect(midst).toBeGreaterThan(0);
  expect(raised).toEqual(expected);
  expect(bytesOf(model.save()).equals(bytesOf(undisturbed.save()))).toBe(true);
  expect(() => new LiveModel("flows", {}, inPlace).restore(model.save())).toThrow(InputError);
});

test("LiveModel raises about as many alerts on clean traffic as its budget allows", {timeout: 120_000}, async () => {
  const rows = siteSessions({perHour: 200, hours: 26, seed: 2});
  const budget = 6;
  const model = new LiveModel("sessions", {forest: {trees: 50}, budget, warmUp: 300}, inPlace);
  const raised = await show(model, rows, {size: 2000});
  const hours = (rows.at(-1)!.clock - raised[0]!.clock) / hour;
  expect(raised.length / hours).toBeGreaterThan(budget / 2);
  expect(raised.length / hours).toBeLessThan(budget * 2);
});

test("LiveModel is not led astray bit by bit, as one is that learns from all that is below the threshold", {
  timeout: 240_000
}, async () => {
  // Who sees every score and stays below the threshold reaches most of a flood, or no more than passes at first.
  const naive = await creepUp(false, {until: 0.7});
  const anchored = await creepUp(true, {steps: naive.steps});
  expect(naive.reached).toBeGreaterThan(0.7);
  expect(anchored.reached).toBeLessThan(0.6);
  const flags = (model: LiveModel) =>
    model.score(attack(naive.reached, 0).table).filter((score) => score > model.threshold!).length;
  expect(flags(naive.model)).toBe(0);
  expect(flags(anchored.model)).toBe(20);
  expect(anchored.model.state().window.leftOut.map(({reason}) => reason)).toContain("far from the first models");
});

test("LiveModel says what it waits for, and judges when a first model is there", async () => {
  const model = new LiveModel("sessions", {...small, retrain: 0}, inPlace);
  expect(model.state()).toMatchObject({phase: "waiting", gathered: 0, needed: 100, generation: 0, threshold: null});
  await show(model, day.slice(0, 300));
  expect(model.state()).toMatchObject({phase: "warming up", isRetraining: false, nextAt: null, since: null});
  expect(model.state().gathered).toBe(day.slice(0, 300).filter(({isFinal}) => isFinal).length);
  expect(model.reasons(liveRows(day.slice(0, 1)).table, 0)).toEqual([]);
  await show(model, day.slice(300, 1500));
  expect(model.state()).toMatchObject({
    phase: "watching",
    gathered: 100,
    generation: 1,
    nextAt: null,
    preset: "auto",
    rule: "10 alerts an hour",
    budget: 10
  });
  expect(model.columns).toContain("request_rate");
  expect(model.changesAt).toBe(Number.POSITIVE_INFINITY);
});

test("LiveModel of a given forest watches at once where the threshold is fixed, otherwise when it has seen rows", async () => {
  const rows = liveRows(day.filter(({isFinal}) => isFinal).slice(0, 200)).table.columns;
  const given = growForest({requests: rows.requests as Float64Array, path_depth: rows.path_depth as Float64Array});
  const fixed = new LiveModel("sessions", {...small, model: given.buffer, threshold: parseRule("fixed:0.8")}, inPlace);
  expect(fixed).toMatchObject({isWatching: true, generation: 1, threshold: 0.8, rule: "fixed at 0.8"});
  await show(fixed, day.slice(0, 4000));
  expect(fixed.state()).toMatchObject({features: ["path_depth", "requests"], threshold: 0.8});
  expect(fixed.generation).toBeGreaterThan(1);

  const waits = new LiveModel("sessions", {...small, retrain: 0, model: given.buffer}, inPlace);
  expect(waits.isWatching).toBe(false);
  await show(waits, day.slice(0, 1500));
  expect(waits).toMatchObject({isWatching: true, generation: 1});
  expect(Buffer.from(waits.save().model!.forest).equals(Buffer.from(given.buffer))).toBe(true);
});

test("LiveModel throws on models of other rows and on options that mean nothing", () => {
  const column = Float64Array.of(1, 2, 3);
  const model = (features: Record<string, Float64Array>) => growForest(features, {trees: 2}).buffer;
  const open = (options: LiveModelOptions) => () => new LiveModel("sessions", options, inPlace);
  expect(open({model: model({"log(bytes_out)": column})})).toThrow("sessions have no such feature: log(bytes_out)");
  expect(open({model: model({latitude: column})})).toThrow(InputError);
  expect(open({model: new ArrayBuffer(100)})).toThrow(InputError);
  expect(open({features: ["user_agent"]})).toThrow("sessions have no such feature: user_agent");
  expect(open({threshold: parseRule("youden")})).toThrow("labels are needed by the rule: youden");
  expect(open({budget: 0})).toThrow("invalid budget: 0");
  expect(open({retrain: -1})).toThrow("invalid minutes between models: -1");
  expect(open({window: Number.NaN})).toThrow("invalid window: NaN");
  expect(open({warmUp: 1})).toThrow("invalid warm-up: 1");
});

test("LiveModel keeps the last threshold where a rule has no answer, or goes by the budget and says so", async () => {
  const model = new LiveModel("sessions", {...small, threshold: parseRule("tail:0.0001")}, inPlace);
  await show(
    model,
    day.slice(0, 3000).map((row) => ({...row, values: {...day[0]!.values, requests: row.subject % 2}}))
  );
  expect(model.isWatching).toBe(true);
  expect(model.rule).toMatch(/^10 alerts an hour \(false-alarm rate 0.01 % by the tail: /);
});

test("LiveModel trains once after days without traffic", async () => {
  let trainings = 0;
  const model = new LiveModel("sessions", small, (request) => {
    ++trainings;
    return inPlace(request);
  });
  await show(model, day.slice(0, 1500));
  const before = trainings;
  const later = day.slice(1500, 1510).map((row) => ({...row, clock: row.clock + 400 * 24 * hour}));
  await show(model, later);
  expect(trainings - before).toBeLessThanOrEqual(2);
  expect(model.changesAt).toBeGreaterThan(later.at(-1)!.clock);
});

test("LiveModel takes flows with texts that an attacker makes up, and forgets most of them", {
  timeout: 30_000
}, async () => {
  const random = randomSource(9);
  const rows = Array.from({length: 6000}, (_, i): PlainRow => {
    const host = Math.floor(random() * 60);
    const values = {
      client: `10.0.0.${host}`,
      protocol: random() < 0.7 ? "tcp" : "udp",
      service: i % 2 === 0 ? "dns" : `made up ${i}`,
      port_group: "name",
      bytes_out: Math.round(100 * random()),
      flow_duration: random()
    };
    return {values, subject: host, clock: start + i * 5000, isFinal: true};
  });
  const model = new LiveModel("flows", {forest: {trees: 20}, warmUp: 2000, retrain: 30}, inPlace);
  const raised = await show(model, rows, {kind: "flows"});
  expect(model.state()).toMatchObject({phase: "watching"});
  expect(model.state().features).toContain("service");
  expect(raised.length).toBeLessThan(60);
  expect(serialize(model.save()).length).toBeLessThan(6e6);
});

// Once read and copied, numbers have one form alone, and no object stands in two places.
function bytesOf(saved: unknown): Buffer {
  return serialize(copyOf(deserialize(serialize(saved))));
}

/** Twenty clients of as many networks that do what is between crawling, 0, and a flood, 1. */
function attack(level: number, clock: number, random = () => 0.5) {
  return liveRows(Array.from({length: 20}, (_, client) => attackRow(client, level, clock, random)));
}

function attackRow(client: number, level: number, clock: number, random: () => number): PlainRow {
  const between = (a: number, b: number) => a + (b - a) * level;
  const requests = Math.round(10 * Math.exp(6.5 * level * (0.97 + 0.06 * random())));
  const seconds = 1200 * (0.9 + 0.2 * random());
  const values = {
    client: `45.${client}.9.9`,
    requests,
    request_rate: (requests * 60) / seconds,
    session_duration: seconds,
    unique_paths_visited: Math.ceil(0.9 * requests),
    burst_requests: Math.max(2, Math.ceil(requests / 60)),
    error_share: between(0, 0.5),
    denied_share: between(0, 0.3),
    gap_variation: between(1, 0.1),
    asset_share: between(0.8, 0),
    referrer_share: between(0.7, 0),
    post_share: 0,
    query_share: between(0.1, 0.9),
    repeated_path_share: 0.1,
    path_depth: between(1.5, 3),
    probe_share: 0,
    unusual_method_share: 0,
    longest_target: between(25, 90),
    bytes_per_request: between(9000, 800),
    agents_of_address: 1,
    declared_bot: 0,
    header_plausibility: between(1, 0.5)
  };
  return {values, subject: 1e6 + clock + client / 100, clock, isFinal: true};
}

/** After six hours of clean traffic, the attack comes as near to a flood as passes the model of each half hour. */
async function creepUp(anchored: boolean, {until = 1, steps: most = 20}) {
  const model = new LiveModel(
    "sessions",
    {forest: {trees: 50}, warmUp: 300, window: 4, retrain: 30, anchored},
    inPlace
  );
  const random = randomSource(4);
  const flagged = new Set<number>();
  const rows = siteSessions({perHour: 200, hours: 16, seed: 2});
  let at = 0;
  for (let from = start, steps = 0; ; from += 30 * minute) {
    const part: PlainRow[] = [];
    while (at < rows.length && rows[at]!.clock < from + 30 * minute) part.push(rows[at++]!);
    if (from >= start + 6 * hour) {
      const reached = highestThatPasses(model);
      if (reached > until || steps === most) return {model, reached, steps};
      ++steps;
      for (let client = 0; client < 20; ++client) {
        for (let i = 0; i < 4; ++i) {
          const clock = Math.round(from + 30 * minute * random());
          part.push(attackRow(client, reached * (0.9 + 0.1 * random()), clock, random));
        }
      }
      part.sort((a, b) => a.clock - b.clock);
    }
    await show(model, part, {flagged});
  }
}

function highestThatPasses(model: LiveModel): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 8; ++i) {
    const level = (low + high) / 2;
    const passes = model.score(attack(level, 0).table).every((score) => score < model.threshold! - 0.005);
    if (passes) low = level;
    else high = level;
  }
  return low;
}
