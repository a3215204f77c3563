import {createSocket} from "node:dgram";
import {once} from "node:events";
import {type AddressInfo, createServer, type Socket} from "node:net";
import {expect, it, onTestFinished} from "vitest";
import {Delivery} from "../../../../lib/node/live/outputs/delivery.js";
import {Syslog} from "../../../../lib/node/live/outputs/syslog.js";
import {UsageError} from "../../../../lib/node/usageError.js";
import {change, changes} from "../alerts.js";
import {eventually} from "../eventually.js";
import {emptyFolder} from "../folders.js";
import {openLog} from "../openLog.js";

it("Syslog sends each alert as a datagram, and tries again while nobody listens", async () => {
  for (const [type, address, host] of [
    ["udp4", "127.0.0.1", "127.0.0.1"],
    ["udp6", "::1", "[::1]"]
  ] as const) {
    const port = await freeUdpPort(type, address);
    const {delivery, log} = await deliver(`udp://${host}:${port}`);
    await log.append(changes(2));
    await eventually(() => delivery.state().fault).toBe("cannot be reached (ECONNREFUSED)");
    expect(delivery.state().sequence).toBe(0);
    const server = createSocket(type);
    onTestFinished(() => void server.close());
    const received: string[] = [];
    server.on("message", (message) => received.push(message.toString()));
    server.bind(port, address);
    await eventually(() => delivery.state()).toMatchObject({sequence: 2, delivered: 2, fault: null});
    await eventually(() => received.length).toBe(2);
    expect(received.map((text) => /sequence="(\d+)"/.exec(text)?.[1])).toEqual(["1", "2"]);
    await delivery.close();
  }
});

it("Syslog sends alerts by TCP after their lengths, and connects anew", async () => {
  const received: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("data", (data) => received.push(data)).on("error", () => {});
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const {port} = server.address() as AddressInfo;
  const {delivery, log} = await deliver(`tcp://127.0.0.1:${port}`);
  await log.append(changes(3));
  await eventually(() => sequencesOf(received)).toEqual([1, 2, 3]);
  expect(sockets.length).toBe(1);
  sockets[0]!.destroy();
  await once(sockets[0]!, "close");
  await eventually(async () => {
    await log.append(changes(1, log.last + 1));
    return sockets.length;
  }).toBe(2);
  await eventually(() => delivery.state().waiting).toBe(0);
  await eventually(() => sequencesOf(received).at(-1)).toBe(log.last);
  await delivery.close();
  server.close();
  const {delivery: alone, log: other} = await deliver(`tcp://127.0.0.1:${port}`);
  await other.append(changes(1));
  await eventually(() => alone.state().fault).toMatch(/^cannot be reached \(ECONNREFUSED\)$/);
});

it("Syslog leaves no socket behind that could not be connected", async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((kind) => kind === "UDPWrap").length;
  const before = sockets();
  // Needs a socket that may broadcast.
  const syslog = new Syslog("udp://255.255.255.255:514");
  const told = [{event: {sequence: 1, ...change(1, "raised")}, silenced: 0}];
  for (let i = 0; i < 3; ++i) {
    await expect(syslog.deliver(told, new AbortController().signal)).rejects.toThrow("cannot be reached (EACCES)");
  }
  await eventually(sockets).toBe(before);
});

it("Syslog shows where it sends, and refuses what is no server", () => {
  expect(new Syslog("udp://logs.example.org").name).toBe("udp://logs.example.org:514");
  expect(new Syslog("tcp://[::1]").name).toBe("tcp://[::1]:601");
  for (const url of ["", "127.0.0.1:514", "http://a", "udp://", "udp://a/b", "tcp://a:99999", "udp://me@a"]) {
    expect(() => new Syslog(url)).toThrow(
      new UsageError(`invalid syslog server (udp://HOST:PORT or tcp://HOST:PORT): ${url}`)
    );
  }
});

// Octet counting, RFC 6587 section 3.4.1.
function sequencesOf(received: readonly Buffer[]): number[] {
  const bytes = Buffer.concat(received);
  const sequences: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = space + 1 + Number(bytes.toString("latin1", at, space));
    if (space < 0 || end > bytes.length) break;
    sequences.push(Number(/sequence="(\d+)"/.exec(bytes.toString("utf8", space + 1, end))?.[1]));
    at = end;
  }
  return sequences;
}

async function deliver(url: string) {
  const folder = emptyFolder();
  const log = await openLog(folder);
  const delivery = await Delivery.open(new Syslog(url), log, {folder, firstWait: 5, longestWait: 20});
  onTestFinished(() => delivery.close(0));
  return {delivery, log};
}

async function freeUdpPort(type: "udp4" | "udp6", address: string): Promise<number> {
  const socket = createSocket(type).bind(0, address);
  await once(socket, "listening");
  const {port} = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}
