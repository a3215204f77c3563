import {expect, test} from "vitest";
import {DatagramQueue} from "../../../lib/node/sources/datagramQueue.js";

test("DatagramQueue gives datagrams in order, and drops what comes while it is full", () => {
  const queue = new DatagramQueue(100, 3);
  const push = (length: number) => queue.push({bytes: new Uint8Array(length), address: "192.0.2.1", port: length});
  const taken: (number | undefined)[] = [];
  for (const length of [1, 2, 3, 4]) push(length);
  expect([queue.length, queue.bytes, queue.dropped]).toEqual([3, 6, 1]);
  taken.push(queue.shift()?.port, queue.shift()?.port);
  for (const length of [95, 97, 0]) push(length);
  expect([queue.length, queue.bytes, queue.dropped]).toEqual([3, 98, 2]);
  for (let i = 0; i < 4; ++i) taken.push(queue.shift()?.port);
  expect(taken).toEqual([1, 2, 3, 95, 0, undefined]);
  expect([queue.length, queue.bytes]).toEqual([0, 0]);
});
