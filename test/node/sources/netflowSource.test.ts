import {createSocket, type Socket} from "node:dgram";
import {once} from "node:events";
import {networkInterfaces} from "node:os";
import {setTimeout} from "node:timers/promises";
import {expect, onTestFinished, test} from "vitest";
import {InputError} from "../../../lib/inputError.js";
import {netflowSource} from "../../../lib/node/sources/netflowSource.js";
import type {SourceReceiver} from "../../../lib/node/sources/source.js";
import {flow5, ipfix, plainFields, plainRecord, set, template, version5} from "../../formats/netflow/messages.js";
import {pmacct10, softflowd9} from "../../formats/netflow/recordings.js";
import {Received} from "./received.js";

test("netflowSource(address) hands on flows of what comes, of IPv4 and IPv6", async () => {
  const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some(({address}) => address === "::1"));
  for (const host of hasIpv6 ? ["127.0.0.1", "[::1]"] : ["127.0.0.1"]) {
    const {address, received} = await listening(host);
    expect(received.source.state()).toMatchObject({name: address, kind: "netflow", status: "waiting", fault: null});
    await send(address, ...softflowd9);
    expect(await flowsOf(received, 12)).toContain("3 192.0.2.80");
    expect(received.begun).toEqual([`${host.replace(/[[\]]/g, "")} netflow`]);
    expect(received.source.state()).toMatchObject({status: "following", records: 1, bytes: 1004, format: "netflow"});
    expect(received.source.state().more).toContainEqual({what: "templates", count: 5});
  }
});

test("netflowSource(address) counts what is no datagram of NetFlow", async () => {
  const {address, received} = await listening();
  await send(address, Buffer.from("GET / HTTP/1.1"), pmacct10[0]!.subarray(0, 100), ...pmacct10);
  await flowsOf(received, 12);
  const {records, rejected, rejects} = received.source.state();
  expect([records, rejected]).toEqual([3, 2]);
  expect(rejects.map(({reason}) => reason).sort()).toEqual(["cut short", "unknown version"]);
});

test("netflowSource(address) reads at most about as much as it is told, and then the rest", async () => {
  const {address, received} = await listening();
  await send(address, ...pmacct10, ...pmacct10);
  await waitFor(() => received.source.state().behind === 2 * 1176);
  expect(await received.source.read(500)).toBe("more");
  expect(received.source.state()).toMatchObject({status: "catching up", bytes: 872});
  expect(await received.source.read(5000)).toBe("idle");
  expect(received.source.state()).toMatchObject({status: "following", bytes: 2 * 1176, behind: 0});
});

test("netflowSource(address) knows after a restart what templates it was told, and what was lost meanwhile", async () => {
  const {address, received} = await listening();
  await send(address, pmacct10[0]!);
  await flowsOf(received, 2);
  received.save();
  await received.restart();
  await send(address, pmacct10[2]!);
  expect(await flowsOf(received, 4)).toEqual(["3 198.51.100.7", "4 192.0.2.80", "5 2001:db8:1::7", "6 2001:db8::50"]);
  const {records, more} = received.source.state();
  expect(records).toBe(2);
  expect(more).toContainEqual({what: "flows", count: 6});
  expect(more).toContainEqual({what: "records lost on the way", count: 6});
});

test("netflowSource(address) says that it cannot listen, and tries again", async () => {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const address = `127.0.0.1:${socket.address().port}`;
  const received = await new Received((now) => netflowSource(address, {now})).start();
  onTestFinished(() => received.source.close());
  const fault = {status: "fault", fault: "cannot listen: the address is in use", since: expect.any(Number)};
  expect(received.source.state()).toMatchObject(fault);
  expect(await received.source.read(1000)).toBe("idle");
  socket.close();
  await once(socket, "close");
  expect(received.source.state()).toMatchObject(fault);
  received.clock += 1000;
  await received.source.read(1000);
  expect(received.source.state()).toMatchObject({status: "waiting", fault: null, since: null});
  await send(address, ...softflowd9);
  expect(await flowsOf(received, 12)).toHaveLength(12);
});

test("netflowSource(address) tells once that nothing more comes", async () => {
  let now = 0;
  let quiet = 0;
  const address = await freeAddress();
  const receiver = {begin: () => {}, request: () => {}, flow: () => {}, quiet: () => ++quiet};
  const source = await netflowSource(address, {now: () => now})(receiver);
  onTestFinished(() => source.close());
  now = 60_000;
  await source.read(1000);
  expect(quiet).toBe(0);
  await send(address, version5([flow5(0, 0)]));
  await waitFor(() => source.state().behind > 0);
  for (const after of [0, 4999, 5000, 9000, 60_000]) {
    now = 60_000 + after;
    await source.read(1000);
    expect(quiet, String(after)).toBe(after < 5000 ? 0 : 1);
  }
});

test("netflowSource(address) says so where flows are not what is watched", async () => {
  const address = await freeAddress();
  const receiver: SourceReceiver = {
    begin: () => {
      throw new InputError("127.0.0.1: holds flows");
    },
    request: () => {},
    flow: () => expect.unreachable()
  };
  const source = await netflowSource(address)(receiver);
  onTestFinished(() => source.close());
  await send(address, version5([flow5(0, 0)]));
  await waitFor(() => source.state().behind > 0);
  await source.read(1000);
  expect(source.state()).toMatchObject({status: "fault", fault: "127.0.0.1: holds flows"});
});

test("netflowSource(address) begins at most 64 exporters by name", async () => {
  const {address, received} = await listening("127.0.0.1");
  const datagrams = [ipfix([set(2, template(256, ...plainFields)), set(256, plainRecord(1))])];
  for (let i = 1; i <= 70; ++i) await sendFrom(`127.0.0.${i + 1}`, address, ...datagrams);
  await flowsOf(received, 70);
  expect(received.begun).toHaveLength(65);
  expect(received.begun.at(-1)).toBe(`${address} netflow`);
  expect(received.source.state().files).toBe(64);
});

/** A source that listens at a free port. */
async function listening(host = "127.0.0.1") {
  const address = await freeAddress(host);
  const received = await new Received((now) => netflowSource(address, {now})).start();
  onTestFinished(() => received.source.close());
  return {address, received};
}

async function freeAddress(host = "127.0.0.1"): Promise<string> {
  const socket = createSocket(host === "127.0.0.1" ? "udp4" : "udp6").bind(0, host.replace(/[[\]]/g, ""));
  await once(socket, "listening");
  const {port} = socket.address();
  socket.close();
  await once(socket, "close");
  return `${host}:${port}`;
}

async function send(address: string, ...datagrams: readonly Uint8Array[]): Promise<void> {
  await sendFrom(address.startsWith("[") ? "::1" : "127.0.0.1", address, ...datagrams);
}

async function sendFrom(from: string, address: string, ...datagrams: readonly Uint8Array[]): Promise<void> {
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(address)!;
  const socket = await senderOf(from);
  for (const datagram of datagrams) await new Promise((resolve) => socket.send(datagram, Number(port), host, resolve));
}

/** Always the same, as an exporter has it. */
async function senderOf(from: string): Promise<Socket> {
  const known = senders.get(from);
  if (known !== undefined) return known;
  const socket = createSocket(from.includes(":") ? "udp6" : "udp4")
    .bind(0, from)
    .unref();
  senders.set(from, socket);
  await once(socket, "listening");
  return socket;
}

const senders = new Map<string, Socket>();

/** Reads until so many flows have come, and gives their lines and sources. */
async function flowsOf(received: Received, count: number): Promise<string[]> {
  await waitFor(async () => {
    await received.source.read(2 ** 16);
    return received.records.length >= count;
  });
  return received.take();
}

async function waitFor(isDone: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isDone())) await setTimeout(5);
}
