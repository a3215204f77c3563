import {expect, test} from "vitest";
import type {Reason} from "../../lib/live/alert.js";
import {
  checkpointWords,
  driftWords,
  headline,
  lossWords,
  modelWords,
  outputWords,
  rarityWords,
  rateWords,
  reasonWords,
  recordsPerSecond,
  shorten,
  sourceWords,
  thresholdWords,
  weightyReasons
} from "../../src/components/liveWords.js";
import {alertEvent, liveState, minute, noon, source, watchingModel, watchState} from "./liveStates.js";

const warming = {...watchingModel, phase: "warming up", gathered: 310, threshold: null} as const;

test("headline(state) says what is happening", () => {
  const words = (state: Parameters<typeof liveState>[0]) => headline(liveState(state)).words;
  expect(words({})).toBe("Watching access.log: 20 requests/s, no alert is open; all is quiet.");
  expect(words({alerts: {raised: 9, open: 2, lastHour: 3}})).toBe(
    "Watching access.log: 20 requests/s, 2 alerts are open."
  );
  expect(words({model: warming})).toBe(
    "Warming up on access.log: 310 of 500 sessions are gathered, each when it has ended; nothing is judged yet. 20 requests/s."
  );
  expect(words({now: noon + 600_000, replay: {speed: 10, hasEnded: false}})).toBe(
    "Replaying access.log 10 × as fast: 20 requests/s, no alert is open; all is quiet."
  );
  expect(words({now: noon + 600_000})).toBe(
    "Watching access.log: no request since 12:00:30, no alert is open; all is quiet."
  );
  expect(words({clock: null, minutes: [], model: {...warming, phase: "waiting"}})).toBe(
    "Waiting for access.log: nothing has come yet."
  );
  expect(words({sources: [source({status: "catching up", behind: 3.2e6})]})).toBe(
    "Catching up with access.log: 20 requests/s, 3.2 MB behind, no alert is open; all is quiet."
  );
  expect(
    words({sources: [source({status: "ended"}), source({name: "-", kind: "standard input", status: "ended"})]})
  ).toBe("Nothing more comes from access.log and the standard input: 12,000 requests, no alert is open; all is quiet.");
  expect(headline(watchState()).words).toMatch(/^Watching the recorded traffic: 20 requests\/s/);
});

test("headline(state) says faults first", () => {
  const faults = [
    {where: "access.log", what: "permission denied", since: noon},
    {where: "checkpoint", what: "no space left", since: noon}
  ];
  expect(headline(liveState({faults}))).toEqual({
    tone: "fault",
    words:
      "A fault since 12:00:00: access.log: permission denied (and 1 more fault). Watching access.log: 20 requests/s, no alert is open; all is quiet."
  });
});

test("recordsPerSecond(minutes, clock) takes from the minute before what the last one is short of", () => {
  expect(recordsPerSecond([], noon)).toBe(0);
  expect(recordsPerSecond([minute(noon, 50)], noon + 10_000)).toBe(5);
  expect(recordsPerSecond([minute(noon - 60_000, 1200), minute(noon, 0)], noon)).toBe(20);
  expect(recordsPerSecond([minute(noon - 60_000, 1200), minute(noon, 60)], noon + 60_000)).toBe(1);
});

test("rateWords(perSecond, noun) has the unit that suits it", () => {
  expect([231.4, 2.34, 0.5, 0].map((rate) => rateWords(rate, "request"))).toEqual([
    "231 requests/s",
    "2.3 requests/s",
    "30 requests/min",
    "0 requests/min"
  ]);
});

test("reasonWords(reason) has the value of the column, also of a logarithm, and cuts long text", () => {
  expect(reasonWords(reason({feature: "log(requests)", value: 312, typical: 6}))).toEqual({
    title: "Requests",
    value: "312",
    typical: "typically 6"
  });
  expect(reasonWords(reason({feature: "user_agent", value: "x".repeat(99), typical: null}))).toEqual({
    title: "User agent",
    value: `${"x".repeat(59)}…`,
    typical: "typically –"
  });
});

test("weightyReasons(alert) leaves out what lowers the score", () => {
  const reasons = [reason({contribution: 0.1}), reason({contribution: 0}), reason({contribution: -0.1})];
  expect(weightyReasons(alertEvent(1, {reasons}).alert)).toEqual([reasons[0]]);
});

test("shorten(text) cuts between characters", () => {
  expect(shorten("🙂🙂🙂🙂", 3)).toBe("🙂🙂…");
  expect(shorten("abc", 3)).toBe("abc");
});

test("rarityWords(share) is never nothing", () => {
  expect([0, 0.004, 0.4].map(rarityWords)).toEqual([
    "fewer than 0.1\u00a0% of rows go as far",
    "0.4\u00a0% of rows go as far",
    "40\u00a0% of rows go as far"
  ]);
});

test("modelWords(model, rows, now) says how old it is, what comes next and what it learns from", () => {
  const model = {...watchingModel, window: {hours: 24, rows: 512, leftOut: [{reason: "alerts", count: 7}]}};
  expect(modelWords(model, "sessions", noon)).toEqual([
    "Model 1 (auto), at work since 12:00:00. The next is due at 13:00:00.",
    "It learns from 512 sessions of the last 24 hours; left out: alerts (7)."
  ]);
  expect(modelWords({...model, isRetraining: true}, "flows", noon)[0]).toMatch(/The next one is being trained\.$/);
  expect(modelWords({...model, generation: 0, nextAt: null}, "flows", noon)[0]).toBe(
    "The given model, at work since 12:00:00. It stays as it is."
  );
  expect(modelWords(warming, "flows", noon)).toEqual([
    "There is no model yet: 310 of the 500 flows that it needs are gathered."
  ]);
  expect(thresholdWords(watchingModel)).toBe("The threshold is 0.600, by the rule: 10 alerts an hour.");
});

test("driftWords(drift) names what moved", () => {
  expect(driftWords({index: 0.31, level: "strong", features: [{feature: "log(requests)", index: 0.31}]})).toBe(
    "The traffic has moved far from what the first model saw: requests (stability index 0.31)."
  );
});

test("sourceWords(source, now) and lossWords(source) say how it stands and what is missing", () => {
  expect(sourceWords(source(), noon)).toBe("following (combined)");
  expect(sourceWords(source({status: "fault", fault: "permission denied", since: noon}), noon)).toBe(
    "cannot go on since 12:00:00: permission denied; it is tried again"
  );
  expect(sourceWords(source({name: "logs", behind: 2000}), noon)).toBe("following access.log (combined), 2 kB behind");
  expect(lossWords(source())).toEqual([]);
  expect(lossWords(source({rejected: 3, dropped: 2048}))).toEqual([
    "3 lines rejected",
    "2 kB lost before they could be read"
  ]);
});

test("checkpointWords(checkpoint, now) and outputWords(output) say what is told and kept", () => {
  expect(checkpointWords({written: noon - 3000, bytes: 12_000, sequence: 9, fault: null}, noon)).toBe(
    "Last checkpoint 3 s ago, 12 kB."
  );
  const output = {
    name: "x",
    kind: "webhook",
    sequence: 1,
    waiting: 2,
    delivered: 5,
    silenced: 1,
    lost: 3,
    fault: "503"
  } as const;
  expect(outputWords(output)).toBe("5 told, 2 waiting, 1 silenced, 3 lost; 503; it is tried again");
});

function reason(some: Partial<Reason>): Reason {
  return {feature: "error_share", value: 0.9, typical: 0, share: 0.01, contribution: 0.1, ...some};
}
