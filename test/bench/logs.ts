import {spawnSync} from "node:child_process";
import {closeSync, mkdtempSync, openSync, readSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {combined} from "../../lib/formats/accessLog.js";
import type {Format} from "../../lib/formats/format.js";
import {pcap} from "../../lib/formats/pcap.js";
import type {RecordReceiver} from "../../lib/formats/recordReader.js";
import {zeekConn} from "../../lib/formats/zeek.js";
import {Flows} from "../../lib/traffic/flows.js";
import {Sessions} from "../../lib/traffic/sessions.js";
import {writeCombinedLog} from "./combinedLog.js";
import type {Measure} from "./measure.js";
import {writeSmallPackets} from "./smallPackets.js";
import {writeZeekLog} from "./zeekLog.js";

const runs = 3;

/** From the bytes of logs to rows of traffic, on one core, beside what else reads such files where it is installed. */
export async function measureLogs(): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), "eddy-bench-"));
  try {
    const [access, conn, capture] = ["access.log", "conn.log", "small.pcap"].map((name) => join(folder, name));
    const lines = writeCombinedLog(access!, 300e6);
    const rows = 1_000_000;
    writeZeekLog(conn!, rows);
    const packets = 2_000_000;
    writeSmallPackets(capture!, packets);
    return {
      "combined log": measured({path: access!, format: combined, records: lines, build: () => new Sessions()}, [
        "goaccess",
        [access!, "--log-format=COMBINED", "--no-progress", "-o", `${access}.json`]
      ]),
      "Zeek conn": measured({path: conn!, format: zeekConn, records: rows, build: () => new Flows()}),
      "pcap of small packets": measured({path: capture!, format: pcap, records: packets, build: () => new Flows()}, [
        "tshark",
        ["-n", "-q", "-z", "conv,tcp", "-r", capture!]
      ])
    };
  } finally {
    rmSync(folder, {recursive: true});
  }
}

interface Subject {
  readonly path: string;
  readonly format: Format;
  /** Lines or packets in the file. */
  readonly records: number;
  readonly build: () => Sessions | Flows;
}

/** The best of some runs each of the reader alone, of reader and rows, and of another program, in turns. */
function measured({path, format, records, build}: Subject, peer?: readonly [string, readonly string[]]): Measure[] {
  const times = {reader: [] as number[], rows: [] as number[], peer: [] as number[]};
  let memory = "";
  // In turns, so that all have the same share of a machine that others use too.
  for (let run = 0; run < runs; ++run) {
    times.reader.push(readFile(path, format, null).milliseconds);
    const {milliseconds, after10, afterAll} = readFile(path, format, build());
    times.rows.push(milliseconds);
    memory = `${after10}, ${afterAll}`;
    const time = peer === undefined ? null : timeOf(...peer);
    if (time !== null) times.peer.push(time);
  }
  const best = (name: keyof typeof times) => Math.min(...times[name]);
  const names = (["reader", "rows", "peer"] as const).filter((name) => times[name].length > 0);
  return names.map((name) => ({
    "": {reader: "reader", rows: "reader and rows", peer: peer?.[0] ?? ""}[name],
    records,
    milliseconds: Math.round(best(name)),
    "records a second": Math.round((1000 * records) / best(name)),
    "times the other program": times.peer.length > 0 ? Math.round(10 * (best("peer") / best(name))) / 10 : undefined,
    "megabytes of memory after 10 MB, all": name === "rows" ? memory : undefined
  }));
}

/** Reads a file in pieces of a megabyte into rows, which are dropped; without a builder, into records only. */
function readFile(path: string, format: Format, builder: Sessions | Flows | null) {
  const receiver: RecordReceiver = {
    request: builder instanceof Sessions ? (record) => builder.request(record) : () => {},
    flow: builder instanceof Flows ? (record) => builder.flow(record) : () => {},
    packet: () => {},
    reject: () => {},
    passOver: () => {}
  };
  const start = performance.now();
  const reader = format.open(receiver);
  const file = openSync(path, "r");
  let after10 = 0;
  for (let read = 0, piece = 0; ; ++piece) {
    const bytes = new Uint8Array(1 << 20);
    read = readSync(file, bytes);
    if (read === 0) break;
    reader.push(bytes.subarray(0, read));
    while (builder?.take()) {}
    if (piece === 10) after10 = memory();
  }
  closeSync(file);
  reader.end();
  builder?.end();
  while (builder?.take()) {}
  return {milliseconds: performance.now() - start, after10, afterAll: memory()};
}

function memory(): number {
  return Math.round(process.memoryUsage.rss() / 1e6);
}

/** The time that a program takes, in milliseconds; null where it is not installed or fails. */
function timeOf(command: string, args: readonly string[]): number | null {
  const start = performance.now();
  const {status} = spawnSync(command, args, {stdio: "ignore"});
  return status === 0 ? performance.now() - start : null;
}
