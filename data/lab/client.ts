import {spawn} from "node:child_process";
import {closeSync, openSync} from "node:fs";
import {randomSource} from "../../lib/random.js";
import type {Account} from "./room.js";

/** Some clients that do the same with the same tool. */
export interface Kind {
  kind: string;
  tool: string;
  clients: number;
  /** Runs from the start of the recording to its end; others start at some moment. */
  throughout?: boolean;
  act(me: Client): Promise<unknown>;
}

/** What a command may be given: most seconds that it runs, root’s rights, text to read. */
interface RunOptions {
  seconds?: number;
  root?: boolean;
  input?: string;
}

/** One client of the lab: an account, and an own sequence of random numbers. */
export class Client {
  readonly home: string;
  private readonly random: () => number;

  constructor(
    readonly kind: string,
    readonly tool: string,
    readonly fake: 0 | 1,
    readonly account: Account,
    readonly start: number,
    private readonly end: number,
    private readonly log: string,
    seed: number
  ) {
    this.home = `/tmp/home/${account.name}`;
    this.random = randomSource(seed, account.uid);
  }

  get address(): string {
    return this.account.address;
  }

  /** Seconds until the recording ends. */
  get left(): number {
    return (this.end - Date.now()) / 1000;
  }

  uniform(from: number, to: number): number {
    return from + (to - from) * this.random();
  }

  integer(from: number, to: number): number {
    return Math.floor(this.uniform(from, to + 1));
  }

  chance(probability: number): boolean {
    return this.random() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.integer(0, values.length - 1)]!;
  }

  shuffled<T>(values: readonly T[]): T[] {
    const copy = [...values];
    for (let i = copy.length - 1; i > 0; --i) {
      const j = this.integer(0, i);
      [copy[i], copy[j]] = [copy[j]!, copy[i]!];
    }
    return copy;
  }

  /** Waits some seconds, no longer than the recording. */
  pause(from: number, to = from): Promise<void> {
    const seconds = Math.max(0, Math.min(this.uniform(from, to), this.left));
    return new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  }

  /** Reads as a person does: some seconds, now and then half a minute. Log-normal. */
  read(): Promise<void> {
    const normal = Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
    return this.pause(Math.min(40, Math.max(0.8, Math.exp(1.6 + 0.8 * normal))));
  }

  /**
   * Runs a command as this client until it ends, its time is up, or the recording ends; its exit code, null if there was
   * no time. What it prints goes to the log.
   */
  run(words: readonly string[], {seconds = Infinity, root = false, input}: RunOptions = {}): Promise<number | null> {
    const limit = Math.min(seconds, this.left);
    if (limit < 1) return Promise.resolve(null);
    const {uid, name} = this.account;
    const rights = root ? [] : ["setpriv", `--reuid=${uid}`, `--regid=${uid}`, "--clear-groups", "--"];
    const output = openSync(`${this.log}/${this.kind}-${this.tool}-${uid}.log`, "a");
    return new Promise((resolve, reject) => {
      const child = spawn("timeout", ["--kill-after=2", limit.toFixed(1), ...rights, ...words], {
        cwd: this.home,
        env: {HOME: this.home, USER: name, LOGNAME: name, PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8"},
        stdio: [input === undefined ? "ignore" : "pipe", output, output]
      });
      closeSync(output);
      child.once("error", reject);
      child.once("exit", resolve);
      child.stdin?.on("error", () => {});
      child.stdin?.end(input);
    });
  }
}
