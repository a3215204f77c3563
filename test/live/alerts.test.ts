import {expect, test} from "vitest";
import type {AlertChanged} from "../../lib/live/alert.js";
import {changeKey} from "../../lib/live/alert.js";
import {Alerts} from "../../lib/live/alerts.js";
import type {RowKind} from "../../lib/traffic/ingest.js";
import {type GrowingRow, liveRowsOf} from "./liveRowsOf.js";

const minute = 60_000;

test("Alerts of sessions are raised above the threshold, grow and close with the final row", () => {
  const rows = [
    {subject: 1, clock: 1000, requests: 1, score: 0.4},
    {subject: 1, clock: 2000, requests: 3, score: 0.6}, // not above
    {subject: 1, clock: 3000, requests: 10, score: 0.61},
    {subject: 1, clock: 4000, requests: 11, score: 0.62}, // neither
    {subject: 1, clock: 5000, requests: 12, score: 0.64}, // by score
    {subject: 1, clock: 6000, requests: 24, score: 0.3}, // doubled, though ordinary by now
    {subject: 1, clock: 9000, requests: 30, score: 0.2, isFinal: true}
  ];
  const changes = changesOf("sessions", rows);
  expect(changes.map(({alert}) => alert.status)).toEqual(["open", "open", "open", "closed"]);
  expect(changes.at(-1)!.alert).toMatchObject({
    rows: "sessions",
    client: "192.0.2.1",
    began: 500,
    raised: 3000,
    changed: 9000,
    score: 0.64,
    threshold: 0.6,
    rule: "fixed",
    model: 1,
    file: "access.log",
    line: 3,
    reasons: [{feature: "requests", value: 12}],
    values: {timestamp: 500, client: "192.0.2.1", user_agent: "agent", requests: 30},
    place: null,
    history: [
      {what: "raised", time: 3000, score: 0.61, records: 10},
      {what: "grew", time: 5000, score: 0.64, records: 12},
      {what: "grew", time: 6000, score: 0.64, records: 24},
      {what: "closed", time: 9000, score: 0.64, records: 30}
    ]
  });
});

test("Alerts raised by a final row close with it", () => {
  const changes = changesOf("sessions", [{subject: 4, clock: 1000, requests: 9, score: 0.9, isFinal: true}]);
  expect(changes.map(({what}) => what)).toEqual(["raised", "closed"]);
  expect(new Set(changes.map(changeKey)).size).toBe(2);
});

test("Alerts of flows are a host’s run of flagged flows, and close 30 minutes after the last", () => {
  const rows = [
    {subject: 7, clock: 0, score: 0.7},
    {subject: 8, clock: 1 * minute, score: 0.5},
    {subject: 7, clock: 2 * minute, score: 0.7}, // doubled
    {subject: 7, clock: 20 * minute, score: 0.7},
    {subject: 7, clock: 45 * minute, score: 0.1},
    {subject: 8, clock: 49.5 * minute, score: 0.1},
    {subject: 8, clock: 55 * minute, score: 0.1},
    {subject: 7, clock: 56 * minute, score: 0.8}
  ];
  const changes = changesOf("flows", rows);
  expect(changes.map(({what, alert}) => [what, alert.changed / minute, alert.history.at(-1)!.records])).toEqual([
    ["raised", 0, 1],
    ["grew", 2, 2],
    ["closed", 50, 3],
    ["raised", 56, 1],
    ["closed", 60, 1]
  ]);
  expect(new Set(changes.map(({alert}) => alert.id)).size).toBe(2);
});

test("Alerts keep twenty moments, the first and the latest", () => {
  const rows = Array.from({length: 40}, (_, i) => ({subject: 1, clock: i, requests: 2 ** i, score: 0.7}));
  const {history} = changesOf("sessions", rows).at(-1)!.alert;
  expect(history).toHaveLength(20);
  expect(history[0]).toMatchObject({what: "raised", records: 1});
  expect(history.slice(1).map(({time}) => time)).toEqual([...Array.from({length: 18}, (_, i) => 22 + i), 60]);
});

test("Alerts that are open are bounded, their ids distinct and their texts cut", () => {
  const rows = Array.from({length: 10_050}, (_, i) => ({
    subject: i + 1,
    client: "192.0.2.1",
    agent: "x".repeat(600),
    clock: 5,
    requests: 1,
    score: 0.7
  }));
  const changes = changesOf("sessions", rows);
  const raised = changes.filter(({what}) => what === "raised");
  expect(new Set(raised.map(({alert}) => alert.id)).size).toBe(10_050);
  expect(raised[0]!.alert.id).toMatch(/^[0-9a-f]{16}$/);
  expect(raised[0]!.alert.values.user_agent).toBe("x".repeat(500));
  expect(changes.slice(10_000, 10_002).map(({what, alert}) => [what, alert.id])).toEqual([
    ["closed", raised[0]!.alert.id],
    ["raised", raised[10_000]!.alert.id]
  ]);
});

function changesOf(kind: RowKind, rows: readonly (GrowingRow & {readonly score: number})[]): AlertChanged[] {
  const judge = {
    threshold: 0.6,
    rule: "fixed",
    generation: 1,
    reasons: (_: unknown, row: number) => [
      {feature: "requests", value: rows[row]!.requests ?? null, typical: 1, share: 0, contribution: 0.1}
    ]
  };
  const alerts = new Alerts(
    kind,
    () => judge,
    () => null,
    () => "access.log"
  );
  const live = liveRowsOf(rows.map((row, i) => ({began: 500, line: i + 1, ...row})));
  const changes: AlertChanged[] = [];
  for (const [row, {score, clock}] of rows.entries()) {
    alerts.closeSilent(clock, changes);
    alerts.follow(live, row, score, changes);
  }
  alerts.end(60 * (kind === "flows" ? minute : 1), changes);
  return changes;
}
