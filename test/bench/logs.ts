import {spawnSync} from "node:child_process";
import {closeSync, mkdtempSync, openSync, readSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {combined} from "../../lib/formats/accessLog.js";
import type {Format} from "../../lib/formats/format.js";
import type {RecordReceiver} from "../../lib/formats/recordReader.js";
import type {RowBuilder} from "../../lib/traffic/rowBuilder.js";
import {Sessions} from "../../lib/traffic/sessions.js";
import {writeCombinedLog} from "./combinedLog.js";
import type {Measure} from "./measure.js";

const runs = 3;
const megabytes = 300;

/** From the bytes of logs to rows of traffic, on one core, beside what else reads such logs. */
export async function measureLogs(): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), "eddy-bench-"));
  try {
    return {"combined log": combinedLog(join(folder, "access.log"))};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

function combinedLog(path: string): Measure[] {
  const lines = writeCombinedLog(path, megabytes * 1e6);
  const times = {reader: [] as number[], sessions: [] as number[], goaccess: [] as number[]};
  let memory = "";
  // In turns, so that all have the same share of a machine that others use too.
  for (let run = 0; run < runs; ++run) {
    times.reader.push(readFile(path, combined, null).milliseconds);
    const {milliseconds, after10, afterAll} = readFile(path, combined, new Sessions());
    times.sessions.push(milliseconds);
    memory = `${after10}, ${afterAll}`;
    const peer = goaccess(path);
    if (peer !== null) times.goaccess.push(peer);
  }
  const best = (name: keyof typeof times) => Math.min(...times[name]);
  const perSecond = (name: keyof typeof times) => Math.round((1000 * lines) / best(name));
  const names = (["reader", "sessions", "goaccess"] as const).filter((name) => times[name].length > 0);
  return names.map((name) => ({
    "": name,
    lines,
    milliseconds: Math.round(best(name)),
    "lines a second": perSecond(name),
    "times goaccess": times.goaccess.length > 0 ? Math.round(10 * (best("goaccess") / best(name))) / 10 : undefined,
    "megabytes of memory after 10 MB, all": name === "sessions" ? memory : undefined
  }));
}

/** Reads a file in pieces of a megabyte into rows, which are dropped; without a builder, into records only. */
function readFile(path: string, format: Format, builder: RowBuilder | null) {
  const receiver: RecordReceiver = {
    request: builder instanceof Sessions ? (record) => builder.request(record) : () => {},
    flow: () => {},
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

/** GoAccess’s time for the same file, in milliseconds, with all of its report; null where it is not installed. */
function goaccess(path: string): number | null {
  const start = performance.now();
  const {status} = spawnSync("goaccess", [path, "--log-format=COMBINED", "--no-progress", "-o", `${path}.json`]);
  return status === 0 ? performance.now() - start : null;
}
