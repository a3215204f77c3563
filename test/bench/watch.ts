import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {serialize} from "node:v8";
import {combined} from "../../lib/formats/accessLog.js";
import {trainModel} from "../../lib/live/trainModel.js";
import {Watch} from "../../lib/live/watch.js";
import {writeCombinedLog} from "./combinedLog.js";
import type {Measure} from "./measure.js";

/** Lines a second from the bytes of a log to alerts, on one core, training left out, which another thread does. */
export async function measureWatch(): Promise<Measure> {
  const folder = mkdtempSync(join(tmpdir(), "eddy-bench-"));
  const path = join(folder, "access.log");
  const lines = writeCombinedLog(path, 100e6);
  const bytes = readFileSync(path);
  rmSync(folder, {recursive: true});
  const spent = {training: 0, judging: 0};
  const watch = new Watch({}, async (request) => timed(spent, "training", async () => trainModel(request)));
  watch.begin("access.log", combined);
  const ignore = () => {};
  const reader = combined.open({...watch.receiver(), packet: ignore, reject: ignore, passOver: ignore});
  const start = cpu();
  let changes = 0;
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    reader.push(bytes.subarray(at, at + pieceBytes));
    changes += (await timed(spent, "judging", () => watch.flush())).length;
  }
  const all = cpu() - start - spent.training;
  const judging = spent.judging - spent.training;
  const saving = cpu();
  const size = serialize(watch.save()).length;
  const {open, alerts, minutes} = watch.state();
  const sum = (key: "records" | "scored") => minutes.reduce((total, minute) => total + minute[key], 0);
  return {
    lines,
    "lines a second": Math.round((1000 * lines) / all),
    "percent of a core at 20,000 lines a second": Math.round((2_000 * all) / lines),
    "of that, judging": Math.round((2_000 * judging) / lines),
    "rows scored a line": Math.round((1000 * sum("scored")) / sum("records")) / 1000,
    "alerts raised": alerts.raised,
    "changes of alerts": changes,
    "open sessions": open,
    "milliseconds to save": Math.round(cpu() - saving),
    "bytes saved": size
  };
}

const pieceBytes = 2 ** 16;

/** Milliseconds that this process has computed. */
function cpu(): number {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1000;
}

async function timed<Name extends string, T>(
  spent: Record<Name, number>,
  name: Name,
  work: () => Promise<T>
): Promise<T> {
  const start = cpu();
  const result = await work();
  spent[name] += cpu() - start;
  return result;
}
