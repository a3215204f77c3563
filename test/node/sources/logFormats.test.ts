import {mkdirSync, renameSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {expect, test} from "vitest";
import {longest} from "../../../lib/formats/lineReader.js";
import {logSource} from "../../../lib/node/sources/logSource.js";
import {ethernet, ipv4, pcapFile, udp} from "../../formats/captures.js";
import {accessLine, accessLines, append, lines, Received, temporaryFolder} from "./received.js";

test("logSource(path) knows Zeek’s columns after a restart, through rotation and where these change", async () => {
  const {path, received} = await follow("conn.log");
  append(path, zeekHeader("ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto"));
  expect(await received.settle()).toEqual([]);
  expect(received.source.state()).toMatchObject({format: "zeek-conn", fault: null, passedOver: 4});
  append(path, zeekRow("1764288000.1", "C1", "10.0.0.1", "1", "10.0.0.9", "80", "tcp"));
  expect(await received.settle()).toEqual(["5 10.0.0.1"]);
  received.save();
  append(path, zeekRow("1764288001.1", "C2", "10.0.0.2", "1", "10.0.0.9", "80", "tcp"));
  await received.restart();
  expect(await received.settle()).toEqual(["6 10.0.0.2"]);
  append(path, zeekHeader("ts", "id.orig_h", "id.resp_h", "uid", "conn_state"));
  append(path, zeekRow("1764288002.1", "10.0.0.3", "10.0.0.9", "C3", "SF"));
  await received.settle();
  received.save();
  append(path, `${zeekRow("1764288003.1", "10.0.0.4", "10.0.0.9", "C4", "SF")}#close\t2026-11-28-01-00-00\n`);
  renameSync(path, path.replace(".log", "-26-11-28_01.00.00.log"));
  append(path, zeekHeader("ts", "uid", "id.orig_h", "id.resp_h"));
  append(path, zeekRow("1764288004.1", "C5", "10.0.0.5", "10.0.0.9"));
  await received.restart();
  expect(await received.settle()).toEqual(["12 10.0.0.4", "5 10.0.0.5"]);
  expect(received.source.state()).toMatchObject({records: 5, rejected: 0, files: 2});
});

test("logSource(path) goes on with the flows of a capture that are open, after a restart too", async () => {
  const bytes = capture();
  const whole = await follow("whole.pcap");
  append(whole.path, bytes);
  const expected = await whole.received.settle();
  const {path, received} = await follow("traffic.pcap");
  const records: string[] = [];
  for (let at = 0; at < bytes.length; at += 997) {
    append(path, bytes.subarray(at, at + 997));
    records.push(...(await received.settle()));
    received.save();
    await received.restart();
  }
  expect(records).toEqual(expected);
  expect(records.length).toBeGreaterThan(3);
  expect(await received.settle()).toEqual([]);
  expect(received.source.state()).toMatchObject({records: 400, rejected: 0, format: "pcap"});
});

test("logSource(path) knows of Suricata’s alerts from before a restart", async () => {
  const {path, received} = await follow("eve.json");
  const event = (type: string, more: object) =>
    `${JSON.stringify({timestamp: "2026-11-28T00:00:00.0+0000", flow_id: 7, event_type: type, src_ip: "10.0.0.1", dest_ip: "10.0.0.2", ...more})}\n`;
  append(path, event("alert", {alert: {signature: "Scan"}}));
  await received.settle();
  received.save();
  append(path, event("flow", {proto: "TCP", flow: {start: "2026-11-28T00:00:00.0+0000"}}));
  await received.restart();
  expect(await received.settle()).toEqual(["2 10.0.0.1"]);
  expect(received.labels).toEqual(["Scan"]);
});

test("logSource(path) takes lines that end with CR LF, also torn between or within a character", async () => {
  const {path, received} = await follow("access.log");
  const text = accessLines(1, 2).replace("Agent", "Größe €").replaceAll("\n", "\r\n");
  for (const byte of Buffer.from(text)) {
    append(path, Uint8Array.of(byte));
    await received.source.read(2 ** 16);
    received.save();
    if (byte % 5 === 0) await received.restart();
  }
  expect(received.take()).toEqual(lines(1, 1, 2));
  expect(received.source.state()).toMatchObject({rejected: 0});
});

test("logSource(path) rejects a line without end, and goes on behind it after a restart too", async () => {
  const {path, received} = await follow("access.log");
  append(path, accessLines(1));
  for (let i = 0; i < 5; ++i) append(path, "x".repeat(longest / 2));
  expect(await received.settle()).toEqual(lines(1, 1));
  received.save();
  append(path, `\n${accessLine(2)}`);
  await received.restart();
  expect(await received.settle()).toEqual(lines(3, 2));
  expect(received.source.state()).toMatchObject({rejects: [{reason: "too long", count: 1}]});
});

test("logSource(path) says what it cannot read, and reads on when it can", async () => {
  const {path, received} = await follow("access.log");
  mkdirSync(path);
  await received.settle();
  expect(received.source.state()).toMatchObject({status: "fault", fault: "is a folder"});
  renameSync(path, `${path}.folder`);
  writeFileSync(path, "[Sat Nov 28 00:00:00 2026] [error] it\n");
  await received.settle();
  expect(received.source.state()).toMatchObject({
    status: "fault",
    fault: "looks like an Apache error log, which Eddy does not read",
    records: 0
  });
  append(path, accessLines(1, 2));
  expect(await received.settle()).toEqual(lines(2, 1, 2));
  expect(received.source.state()).toMatchObject({status: "following", fault: null, rejected: 1});
});

test("logSource(path) passes over a file that is refused, and takes the next", async () => {
  const {path, received} = await follow("access.log");
  received.refuses = "zeek-conn";
  append(path, zeekHeader("ts", "id.orig_h", "id.resp_h", "conn_state"));
  append(path, zeekRow("1764288000.1", "10.0.0.1", "10.0.0.2", "SF"));
  expect(await received.settle()).toEqual([]);
  expect(received.source.state()).toMatchObject({status: "fault", fault: "not zeek-conn", behind: 0});
  renameSync(path, `${path}.1`);
  append(path, accessLines(1));
  expect(await received.settle()).toEqual(lines(1, 1));
  expect(received.source.state()).toMatchObject({status: "following", fault: null});
});

test("logSource(path) waits for a gzip that is being written", async () => {
  const {path, received} = await follow("access.log");
  const bytes = gzipSync(accessLines(1, 2, 3));
  append(`${path}.1.gz`, bytes.subarray(0, 40));
  await received.settle();
  append(`${path}.1.gz`, bytes.subarray(40));
  append(path, accessLine(4));
  expect(await received.settle()).toEqual([...lines(1, 1, 2, 3), ...lines(1, 4)]);
  expect(received.source.state()).toMatchObject({rejected: 0, behind: 0});
});

async function follow(name: string) {
  const path = join(temporaryFolder(), name);
  const received = await new Received((now) => logSource(path, {now})).start();
  return {path, received};
}

/** Ten hosts, one after another, of 40 packets each. */
function capture(): Uint8Array {
  const packets = Array.from({length: 400}, (_, i) => {
    const source = `10.0.0.${1 + Math.floor(i / 40)}`;
    const packet = ipv4({source, destination: "10.0.1.1", protocol: 17}, udp(4000, 53, new Uint8Array(20)));
    return {bytes: ethernet(0x800, packet), time: 1_764_288_000_000 + 1000 * i};
  });
  return pcapFile(packets);
}

function zeekHeader(...fields: readonly string[]): string {
  return `#separator \\x09\n#path\tconn\n#open\t2026-11-28-00-00-00\n#fields\t${fields.join("\t")}\n`;
}

function zeekRow(...cells: readonly string[]): string {
  return `${cells.join("\t")}\n`;
}
