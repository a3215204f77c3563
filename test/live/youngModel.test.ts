import {expect, test} from "vitest";
import {combinedLines} from "../bench/combinedLog.js";
import {WatchedLog} from "./watchLog.js";

const minute = 60_000;
const start = Date.UTC(2026, 0, 5, 12);

test("a watch keeps about to its budget while its model is young, though the first sessions to close are the shortest", async () => {
  const next = combinedLines({visitors: 800});
  const log = new WatchedLog({model: {warmUp: 100, forest: {trees: 50}}});
  for (let time = start; time < start + 150 * minute; ) {
    let piece = "";
    for (let i = 0; i < 100; ++i, time += 100) piece += next(time);
    await log.push(piece).flush();
  }
  const raised = log.changes.filter(({what}) => what === "raised");
  expect(log.watch.state().model.generation).toBeGreaterThan(2);
  // Two hours are watched, with 10 alerts an hour; the first model, of 100 sessions, gives 19 in half an hour, the second 70
  // an hour until it is replaced.
  expect(raised.length).toBeLessThan(75);
  expect(raised.filter(({alert}) => alert.raised >= start + 90 * minute).length).toBeLessThan(25);
});
