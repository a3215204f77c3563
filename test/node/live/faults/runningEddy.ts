import {type ChildProcess, spawn} from "node:child_process";
import {once} from "node:events";
import {createRequire} from "node:module";
import {createInterface} from "node:readline";
import {fileURLToPath, pathToFileURL} from "node:url";
import {onTestFinished} from "vitest";
import type {AlertEvent} from "../../../../lib/live/alert.js";
import type {LiveState} from "../../../../lib/live/liveState.js";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

export interface EddyOptions {
  /** Where it is started. */
  readonly folder: string;
  /** What follows `eddy live`. */
  readonly args: readonly string[];
  /** The project, this one unless given. */
  readonly project?: string;
  /** A command that runs the words that follow it, such as `nsenter`. */
  readonly within?: readonly string[];
  /** Whether it goes on when the test ends; whoever started it is to end it. */
  readonly outlives?: boolean;
}

/** A process of `eddy live`, which is killed when the test ends unless it outlives it. */
export class RunningEddy {
  /** What it said. */
  readonly said: string[] = [];
  /** Settles with the code when it has ended; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** As long as it listens nowhere, empty. */
  origin = "";
  private readonly child: ChildProcess;

  constructor(private readonly options: EddyOptions) {
    const {folder, args, project = thisProject, within = [], outlives = false} = options;
    const cli = fileURLToPath(new URL("lib/node/cli.ts", pathToFileURL(`${project}/`)));
    const [command, ...words] = [...within, process.execPath, "--import", tsx, cli, "live", ...args];
    this.child = spawn(command!, words, {cwd: folder, stdio: ["ignore", "ignore", "pipe"], env: plainEnvironment()});
    this.ended = once(this.child, "exit").then(([code]) => code);
    if (!outlives) onTestFinished(() => void this.child.kill("SIGKILL"));
    createInterface(this.child.stderr!).on("line", (line) => {
      this.said.push(line);
      this.origin ||= /^Eddy is at (http:\/\/[^/]+)/.exec(line)?.[1] ?? "";
    });
  }

  get folder(): string {
    return this.options.folder;
  }

  /** Starts another one with the same words. */
  again(): RunningEddy {
    return new RunningEddy(this.options);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Waits until it listens; throws with what it said where it ends before. */
  async listening(): Promise<this> {
    while (this.origin === "") {
      if (this.hasEnded) throw new Error(`eddy live has ended:\n${this.said.join("\n")}`);
      await wait(20);
    }
    return this;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Ends it and waits for that. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    this.signal(signal);
    return this.ended;
  }

  async get(path: string): Promise<Response> {
    return fetch(this.origin + path);
  }

  async state(): Promise<LiveState> {
    return (await this.get("/api/state")).json() as Promise<LiveState>;
  }

  /** All changes of alerts that are kept, page by page. */
  async events(): Promise<AlertEvent[]> {
    const all: AlertEvent[] = [];
    for (let after = 0; ; ) {
      const page = (await (await this.get(`/api/alerts?after=${after}&limit=100`)).json()) as Page;
      if (page.events.length === 0) return all;
      all.push(...page.events);
      after = page.next;
    }
  }
}

interface Page {
  readonly events: readonly AlertEvent[];
  readonly next: number;
}

export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const thisProject = fileURLToPath(new URL("../../../..", import.meta.url)).replace(/\/$/, "");

// Started by npm it would end with its parent, which is a worker of the tests.
function plainEnvironment(): NodeJS.ProcessEnv {
  const {npm_lifecycle_event: _, ...environment} = process.env;
  return environment;
}
