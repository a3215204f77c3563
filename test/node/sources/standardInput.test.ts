import {PassThrough} from "node:stream";
import {gzipSync} from "node:zlib";
import {expect, test} from "vitest";
import {standardInput} from "../../../lib/node/sources/standardInput.js";
import {accessLine, accessLines, lines, Received} from "./received.js";

test("standardInput() hands on lines as they come and ends with its last", async () => {
  const {stream, received} = await follow();
  expect(await received.settle()).toEqual([]);
  stream.write(accessLines(1, 2) + accessLine(3).slice(0, 40));
  expect(await received.settle()).toEqual(lines(1, 1, 2));
  stream.write(accessLine(3).slice(40));
  expect(await received.settle()).toEqual(lines(3, 3));
  stream.end(accessLine(4).trimEnd());
  expect(await received.settle()).toEqual(lines(4, 4));
  expect(received.source.state()).toMatchObject({name: "-", kind: "standard input", status: "ended", records: 4});
  expect(received.source.save()).toMatchObject({followed: null});
});

test("standardInput() takes no more than is handed on", async () => {
  const {stream, received} = await follow();
  const all = accessLines(...Array(10_000).keys());
  let isFull = false;
  for (let i = 0; i < all.length && !isFull; i += 10_000) isFull = !stream.write(all.slice(i, i + 10_000));
  expect(isFull).toBe(true);
  stream.end();
  await received.settle();
  expect(received.source.state().behind).toBe(0);
});

test("standardInput() inflates gzip, also byte by byte, and says where it ends early", async () => {
  const bytes = gzipSync(accessLines(1, 2, 3));
  const whole = await follow();
  for (const byte of bytes) whole.stream.write(Uint8Array.of(byte));
  whole.stream.end();
  expect(await whole.received.settle()).toEqual(lines(1, 1, 2, 3));
  const cut = await follow();
  cut.stream.end(bytes.subarray(0, -9));
  await cut.received.settle();
  expect(cut.received.source.state().rejects).toContainEqual({reason: "gzip ends early", count: 1});
});

test("standardInput() says what it is that it does not read", async () => {
  const {stream, received} = await follow();
  stream.end("<html>\n<body>\n");
  await received.settle();
  expect(received.source.state()).toMatchObject({fault: "looks like an HTML page, which Eddy does not read"});
});

async function follow() {
  const stream = new PassThrough();
  const received = await new Received(() => standardInput({stream})).start();
  return {stream, received};
}
