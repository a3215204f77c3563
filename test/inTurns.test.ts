import {expect, test} from "vitest";
import {inTurns} from "../lib/inTurns.js";

test("inTurns(range, …) does every piece once, in order, larger ones while there is time", async () => {
  let time = 0;
  const pieces: number[][] = [];
  const work = (from: number, to: number) => {
    pieces.push([from, to]);
    time += (to - from) / 10;
  };
  const done = await inTurns({from: 3, to: 300}, {now: () => time, pause: async () => true, span: 10}, work);
  expect(done).toBe(true);
  expect(pieces).toEqual([[3, 4], [4, 12], [12, 76], [76, 176], [176, 276], [276, 300]]); // biome-ignore format: pairs
});

test("inTurns(range, …) goes on piece by piece when time is short", async () => {
  let time = 0;
  const pieces: number[][] = [];
  await inTurns({from: 0, to: 3}, {now: () => (time += 50), pause: async () => true, span: 10}, (...piece) => {
    pieces.push(piece);
  });
  expect(pieces).toEqual([[0, 1], [1, 2], [2, 3]]); // biome-ignore format: pairs
});

test("inTurns(range, …) stops when nobody wants the rest", async () => {
  let pieces = 0;
  const turns = {now: () => 0, pause: async () => pieces < 2, span: 0.001};
  expect(await inTurns({from: 0, to: 100}, turns, () => void ++pieces)).toBe(false);
  expect(pieces).toBe(2);
});

test("inTurns(range, …) has nothing to do for an empty range", async () => {
  const never = async () => false;
  expect(await inTurns({from: 5, to: 5}, {now: () => 0, pause: never, span: 1}, () => expect.fail())).toBe(true);
});
