import {type ChildProcess, spawn} from "node:child_process";
import {existsSync, mkdtempSync, readFileSync, rmSync} from "node:fs";
import {get} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {createInterface} from "node:readline";
import type {Worker} from "node:worker_threads";
import type {AlertEvent} from "../../lib/live/alert.js";
import type {LiveState} from "../../lib/live/liveState.js";
import {startThread} from "../../lib/node/startThread.js";
import {launchChromium} from "../chromium.js";
import {writeCombinedLog} from "./combinedLog.js";
import type {WriterEnd, WriterTask, Written} from "./logWriter.js";
import type {Measure} from "./measure.js";

/**
 * `eddy live` under load, in a process of its own that follows a log: how long from a line to its alert, how much memory, and
 * how the page does while alerts come in.
 */
export async function measureLive(seconds = 60): Promise<Measure> {
  return {
    "20,000 lines a second, 200 readers": await measureLoad({seconds, linesPerSecond: 20_000, attackersPerSecond: 1}),
    "the page at 1,000 alerts a minute": existsSync("dist/live.html")
      ? await measurePage(Math.min(seconds, 60))
      : "not measured: there is no build"
  };
}

async function measureLoad(load: Pick<WriterTask, "seconds" | "linesPerSecond" | "attackersPerSecond">) {
  const eddy = await startEddy();
  const memory: number[] = [];
  const sampling = setInterval(() => memory.push(eddy.megabytes()), 1000);
  try {
    const first = new StreamReader(eddy.origin, eddy.last, true);
    const readers = [first, ...Array.from({length: 199}, () => new StreamReader(eddy.origin, eddy.last))];
    const {written, end} = await writeLines(eddy, load);
    await eddy.isIdle();
    const waits = first.raised.map(({line, time}) => time - timeOf(line, written)).sort((a, b) => a - b);
    const state = await eddy.state();
    const complete = readers.filter(({events}) => events === first.events).length;
    for (const reader of readers) reader.close();
    return {
      seconds: load.seconds,
      "lines written": end.lines,
      "lines a second": end.linesPerSecond,
      "lines read": state.records - eddy.records,
      alerts: waits.length,
      "line to alert, median": share(waits, 0.5),
      "line to alert, p99": share(waits, 0.99),
      "line to alert, most": share(waits, 1),
      "readers that got every event": complete,
      "megabytes half-way": memory[memory.length >> 1]!,
      "megabytes at the end": memory.at(-1)!,
      "megabytes at most": Math.max(...memory),
      "checkpoint, megabytes": Math.round((state.checkpoint?.bytes ?? 0) / 1e6)
    };
  } finally {
    clearInterval(sampling);
    await eddy.stop();
  }
}

async function measurePage(seconds: number) {
  const eddy = await startEddy(["--threshold", "quantile:0.02"]);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({viewport: {width: 1440, height: 900}});
    await page.goto(`${eddy.origin}/live`);
    await page.evaluate(countFrames);
    const before = (await eddy.state()).alerts.raised;
    await writeLines(eddy, {seconds, linesPerSecond: 2000, attackersPerSecond: 1000 / 60});
    const frames = (await page.evaluate("frames")) as number[];
    const ascending = frames.sort((a, b) => a - b);
    const raised = (await eddy.state()).alerts.raised - before;
    return {
      "alerts a minute": Math.round((60 * raised) / seconds),
      "frame, median": share(ascending, 0.5),
      "frame, p99": share(ascending, 0.99),
      "frame, longest": share(ascending, 1),
      "elements of the page": Number(await page.evaluate("document.querySelectorAll('*').length"))
    };
  } finally {
    await browser.close();
    await eddy.stop();
  }
}

// As text: compiled functions call helpers that the page lacks.
const countFrames = `
  globalThis.frames = [];
  let last = performance.now();
  requestAnimationFrame(function look(now) {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(look);
  });`;

interface Eddy {
  readonly origin: string;
  readonly log: string;
  /** Lines of the log, records and events when it had read all of it. */
  readonly lines: number;
  readonly records: number;
  readonly last: number;
  state(): Promise<LiveState>;
  /** Settles when it has read all there is. */
  isIdle(): Promise<void>;
  megabytes(): number;
  stop(): Promise<void>;
}

// Learns from six minutes of the same kind of visitors, fewer of them, before the load begins.
async function startEddy(options: readonly string[] = []): Promise<Eddy> {
  const folder = mkdtempSync(join(tmpdir(), "eddy-load-"));
  const log = join(folder, "access.log");
  const lines = writeCombinedLog(log, 60e6, {
    from: Date.now() - 15 * 60_000,
    linesPerSecond: 667,
    visitors: 1000,
    turnover: 0.02
  });
  const site = existsSync("dist/live.html") ? [] : ["--no-site"];
  const child = spawn(
    process.execPath,
    [
      "--import",
      "tsx",
      "lib/node/cli.ts",
      "live",
      "--tail",
      log,
      "--port",
      "0",
      "--state",
      join(folder, "state"),
      "--pause",
      "1",
      ...site,
      ...options
    ],
    {stdio: ["ignore", "ignore", "pipe"]}
  );
  const origin = await originOf(child);
  const state = async () =>
    (await (await fetch(`${origin}/api/state`, {headers: {connection: "close"}})).json()) as LiveState;
  const isIdle = async () => {
    for (let records = -1; ; ) {
      const now = await state();
      if (now.records === records && now.sources.every(({behind}) => behind === 0)) return;
      records = now.records;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  };
  await isIdle();
  const {records} = await state();
  const {last} = (await (await fetch(`${origin}/api/alerts?limit=1`, {headers: {connection: "close"}})).json()) as {
    last: number;
  };
  return {
    origin,
    log,
    lines,
    records,
    last,
    state,
    isIdle,
    megabytes: () =>
      Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1000),
    async stop() {
      const end = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      await end;
      rmSync(folder, {recursive: true, force: true});
    }
  };
}

function originOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface(child.stderr!);
    lines.on("line", (line) => {
      const match = /^Eddy is at (http:\/\/[^/]+)/.exec(line);
      if (match) resolve(match[1]!);
    });
    child.once("close", (code, signal) => {
      if (code !== 0) console.error(`eddy live ended with ${code ?? signal}`);
      reject(new Error("no address"));
    });
  });
}

/** Reads the stream of events and counts them; notes, where it `looks`, which lines raised alerts and when it was told. */
class StreamReader {
  events = 0;
  readonly raised: {readonly line: number; readonly time: number}[] = [];
  private readonly request: ReturnType<typeof get>;

  constructor(
    origin: string,
    after: number,
    private readonly looks = false
  ) {
    this.request = get(`${origin}/api/events?after=${after}`, {agent: false}, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
        const frames = text.split("\n\n");
        text = frames.pop()!;
        for (const frame of frames) this.take(frame);
      });
      response.on("error", () => {});
    });
    this.request.on("error", () => {});
  }

  close(): void {
    this.request.destroy();
  }

  private take(frame: string): void {
    if (!/^event: ?alert$/m.test(frame)) return;
    ++this.events;
    if (!this.looks) return;
    const {what, alert} = JSON.parse(/^data: ?(.*)$/m.exec(frame)![1]!) as AlertEvent;
    if (what === "raised") this.raised.push({line: alert.line, time: Date.now()});
  }
}

async function writeLines({log, lines}: Eddy, load: Omit<WriterTask, "path" | "lines">) {
  const written: Written[] = [];
  const thread: Worker = startThread(new URL("./logWriter.ts", import.meta.url), {
    workerData: {path: log, lines, ...load} satisfies WriterTask
  });
  const end = await new Promise<WriterEnd>((resolve, reject) => {
    thread.on("message", (message: {written?: Written; end?: WriterEnd}) => {
      if (message.written) written.push(message.written);
      if (message.end) resolve(message.end);
    });
    thread.on("error", reject);
  });
  return {written, end};
}

/** When a line had been written. */
function timeOf(line: number, written: readonly Written[]): number {
  let [low, high] = [0, written.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (written[middle]!.lines >= line) high = middle;
    else low = middle + 1;
  }
  return written[low]!.time;
}

function share(ascending: readonly number[], part: number): number {
  return Math.round(ascending[Math.max(0, Math.ceil(part * ascending.length) - 1)] ?? Number.NaN);
}
