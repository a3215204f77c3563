import {expect, test} from "vitest";
import {recordAlerts} from "../../lib/live/recordAlerts.js";
import {combinedLines, inOrder, scraping, visits} from "./siteLog.js";
import {train} from "./watchLog.js";

const minute = 60_000;
const noon = Date.UTC(2026, 0, 5, 12);
const bytesOf = (requests: Parameters<typeof combinedLines>[0]) =>
  new TextEncoder().encode(combinedLines(requests).join(""));

test("recordAlerts keeps a frame every few seconds of the traffic, and what happened", async () => {
  const before = bytesOf(visits(120, {from: noon - 300 * minute, span: 120 * minute}));
  const scrape = scraping("203.0.113.1", {from: noon + 5 * minute, requests: 200, pause: 500});
  const bytes = bytesOf(inOrder([...visits(20, {from: noon, span: 10 * minute, seed: 2}), ...scrape]));
  const options = {file: "access.log", bytes, before, every: 20, model: {warmUp: 100, retrain: 0}};
  const {frames, events} = await recordAlerts(options, train);
  expect(frames[0]!.state.records).toBeGreaterThan(0);
  expect(frames[1]!.state.model.phase).toBe("watching");
  const gaps = frames.slice(1, -1).map(({clock}, i) => (clock - frames[i]!.clock) / 1000);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20);
  expect(frames.at(-1)!.state.alerts.open).toBe(0);
  expect(events.map(({event}) => event.sequence)).toEqual(events.map((_, i) => i + 1));
  expect(events.map(({clock}) => clock)).toEqual(events.map(({clock}) => clock).toSorted((a, b) => a - b));
  const raised = events.find(({event}) => event.what === "raised" && event.alert.client === "203.0.113.1")!;
  expect(raised.clock - scrape[0]!.time).toBeLessThan(minute);
});

test("recordAlerts throws an InputError where there is no log", async () => {
  const bytes = new TextEncoder().encode("no log at all\n");
  await expect(recordAlerts({file: "x.log", bytes}, train)).rejects.toThrow(
    "x.log: expected a log, got none of a known format"
  );
});
