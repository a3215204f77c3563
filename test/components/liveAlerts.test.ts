import fc from "fast-check";
import {expect, test} from "vitest";
import type {AlertEvent} from "../../lib/live/alert.js";
import {LiveAlerts} from "../../src/components/liveAlerts.js";
import {alertEvent} from "./liveStates.js";

test("LiveAlerts.take(event) has each alert once, as of its latest change, the newest first", () => {
  const alerts = new LiveAlerts();
  expect(alerts.take(alertEvent(1, {id: "a", raised: 10}))).toBe(true);
  expect(alerts.take(alertEvent(2, {id: "b", raised: 20}))).toBe(true);
  expect(alerts.take(alertEvent(3, {id: "a", raised: 10, score: 0.9}))).toBe(true);
  expect(alerts.take(alertEvent(3, {id: "a", raised: 10, score: 0.9}))).toBe(false);
  expect(alerts.take(alertEvent(1, {id: "a", raised: 10}))).toBe(false);
  expect(alerts.newest(9).map(({alert}) => [alert.id, alert.score])).toEqual([
    ["b", 0.7],
    ["a", 0.9]
  ]);
  expect([alerts.size, alerts.last, alerts.find("a")!.sequence, alerts.find("c")]).toEqual([2, 3, 3, null]);
});

test("LiveAlerts(most) forgets those that were raised first", () => {
  const alerts = new LiveAlerts(2);
  for (const sequence of [1, 2, 3]) alerts.take(alertEvent(sequence, {id: `${sequence}`, raised: sequence}));
  expect(alerts.newest(9).map(({alert}) => alert.id)).toEqual(["3", "2"]);
  alerts.take(alertEvent(4, {id: "1", raised: 1}));
  expect(alerts.newest(9).map(({alert}) => alert.id)).toEqual(["3", "2"]);
  expect(alerts.find("1")).toBeNull();
  alerts.clear();
  expect([alerts.size, alerts.last]).toEqual([0, 0]);
});

test("LiveAlerts.take(event) gives the same whatever the order, and however often each comes", () => {
  const events = fc
    .array(fc.record({id: fc.constantFrom("a", "b", "c", "d"), score: fc.double({min: 0, max: 1})}), {maxLength: 20})
    .map((changes) => changes.map((change, i) => alertEvent(i + 1, {...change, raised: change.id.charCodeAt(0)})));
  fc.assert(
    fc.property(events, fc.infiniteStream(fc.nat()), (all, numbers) => {
      const shuffled = [...all, ...all].map((event) => ({event, at: numbers.next().value as number}));
      shuffled.sort((a, b) => a.at - b.at);
      expect(fold(shuffled.map(({event}) => event))).toEqual(fold(all));
    })
  );
});

function fold(events: readonly AlertEvent[]) {
  const alerts = new LiveAlerts();
  for (const event of events) alerts.take(event);
  return [alerts.last, alerts.newest(10)];
}
