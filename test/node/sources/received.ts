import {appendFileSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {deserialize, serialize} from "node:v8";
import {onTestFinished} from "vitest";
import {flowText} from "../../../lib/formats/flowRecord.js";
import {requestText} from "../../../lib/formats/requestRecord.js";
import {InputError} from "../../../lib/inputError.js";
import type {OpenSource, Source, SourceReceiver} from "../../../lib/node/sources/source.js";

/** A folder for one test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "eddy-sources-"));
  onTestFinished(() => rmSync(folder, {recursive: true}));
  return folder;
}

/** Lines of a combined log, one a second from a second of the day on; their targets are `/N`. */
export function accessLines(...numbers: readonly number[]): string {
  return numbers.map(accessLine).join("");
}

export function accessLine(n: number): string {
  const time = new Date(Date.UTC(2026, 10, 28, 0, 0, n)).toISOString().slice(11, 19);
  return `192.0.2.${n % 250} - - [28/Nov/2026:${time} +0000] "GET /${n} HTTP/1.1" 200 12 "-" "Agent"\n`;
}

export function append(path: string, text: string | Uint8Array): void {
  appendFileSync(path, text);
}

/** What a source hands on, over any number of restarts; the clock by which it waits moves only here. */
export class Received {
  /** Targets of requests, or sources of flows, each with its line. */
  readonly records: string[] = [];
  readonly begun: string[] = [];
  readonly labels: (string | null)[] = [];
  /** The format of which no file is taken. */
  refuses = "";
  source!: Source;
  clock = 0;
  private saved: unknown;

  constructor(private readonly open: (now: () => number) => OpenSource) {}

  async start(): Promise<this> {
    this.source = await this.open(() => this.clock)(this.receiver(), this.saved);
    return this;
  }

  /** Reads until nothing comes even after a while. */
  async settle(): Promise<string[]> {
    for (let idle = 0; idle < 3; ) {
      const progress = await this.source.read(2 ** 16);
      if (progress === "ended") break;
      idle = progress === "idle" ? idle + 1 : 0;
      if (progress !== "idle") continue;
      this.clock += 300;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return this.take();
  }

  /** What was handed on since the last call. */
  take(): string[] {
    return this.records.splice(0);
  }

  save(): void {
    this.saved = deserialize(serialize(this.source.save()));
  }

  /** Ends without a word, and goes on from where it was saved. */
  async restart(): Promise<void> {
    await this.source.close();
    await this.start();
  }

  private receiver(): SourceReceiver {
    return {
      begin: (file, format) => {
        if (format.name === this.refuses) throw new InputError(`not ${format.name}`);
        const name = `${file} ${format.name}`;
        if (this.begun.at(-1) !== name) this.begun.push(name);
      },
      request: (record) => this.records.push(`${record.line} ${record.text(requestText.target)}`),
      flow: (record) => {
        this.records.push(`${record.line} ${record.text(flowText.source)}`);
        this.labels.push(record.text(flowText.label));
      }
    };
  }
}

export function lines(from: number, ...numbers: readonly number[]): string[] {
  return numbers.map((n, i) => `${from + i} /${n}`);
}
