import fc from "fast-check";
import {expect, test} from "vitest";
import {LiveReplay, type Recording} from "../../src/components/liveReplay.js";
import {alertEvent, watchState} from "./liveStates.js";

const about = {title: "a website", file: "access.log"};
const recording: Recording = {
  about,
  frames: [0, 10, 20].map((clock) => ({clock, state: watchState({clock})})),
  events: [5, 10, 25].map((clock, i) => ({clock, event: alertEvent(i + 1, {raised: clock})}))
};

test("LiveReplay.advance(milliseconds) gives the last frame that is due, and all events", () => {
  const replay = new LiveReplay(recording);
  const next = (milliseconds: number) => {
    const {state, events} = replay.advance(milliseconds);
    return [state?.clock ?? null, events.map(({sequence}) => sequence), replay.hasEnded];
  };
  expect(next(0)).toEqual([0, [], false]);
  expect(next(9)).toEqual([null, [1], false]);
  expect(next(11)).toEqual([20, [2], false]);
  expect(next(1000)).toEqual([null, [3], true]);
  replay.restart();
  expect(next(Number.POSITIVE_INFINITY)).toEqual([20, [1, 2, 3], true]);
});

test("LiveReplay(recording) of nothing has ended at once", () => {
  const replay = new LiveReplay({about, frames: [], events: []});
  expect(replay.hasEnded).toBe(true);
  expect(replay.advance(10)).toEqual({state: null, events: []});
});

test("LiveReplay.advance(milliseconds) gives every event once, in order, whatever the steps", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({min: 0, max: 9}), {maxLength: 30}), (steps) => {
      const replay = new LiveReplay(recording);
      const told = [...steps, 100].flatMap((step) => [...replay.advance(step).events]);
      expect(told.map(({sequence}) => sequence)).toEqual([1, 2, 3]);
    })
  );
});
