import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeSync
} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import {wait} from "./runningEddy.js";

/** What becomes of the file that is written, when the next generation is due. */
export type Fate = "rename" | "copy and cut" | "cut" | "remove";

/** A log that is written as servers and logrotate do it: in torn pieces, with whatever comes over its files. */
export class FateOfLog {
  readonly path: string;
  private file: number;

  constructor(
    private readonly folder: string,
    private readonly random: () => number
  ) {
    this.path = join(folder, "access.log");
    this.file = openSync(this.path, "a");
  }

  /** Appends bytes in pieces of any size, with a pause of up to so many milliseconds after each. */
  async write(bytes: Uint8Array, pause = 60): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const most = this.random() < 0.1 ? 40 : 6000;
      const length = Math.min(bytes.length - at, 1 + Math.floor(most * this.random()));
      writeSync(this.file, bytes, at, length);
      at += length;
      await wait(pause * this.random());
    }
  }

  /** Rotates; of a file that is renamed, the server writes the rest before it opens a new one. */
  async rotate(fate: Fate, rest: Uint8Array = new Uint8Array()): Promise<void> {
    if (fate === "rename" || fate === "copy and cut") await this.shift();
    switch (fate) {
      case "rename":
        renameSync(this.path, `${this.path}.1`);
        await this.write(rest, 5);
        this.reopen();
        break;
      case "copy and cut":
        writeSync(this.file, rest);
        copyFileSync(this.path, `${this.path}.1`);
        await wait(50 * this.random());
        truncateSync(this.path);
        break;
      case "cut":
        writeSync(this.file, rest);
        truncateSync(this.path);
        break;
      case "remove":
        writeSync(this.file, rest);
        rmSync(this.path);
        this.reopen();
    }
  }

  /** Takes the file away, writes to it all the same, and brings it back when that time has come. */
  async vanish(bytes: Uint8Array, time: () => Promise<unknown>): Promise<void> {
    const elsewhere = join(this.folder, "elsewhere");
    mkdirSync(elsewhere);
    renameSync(this.path, join(elsewhere, "access.log"));
    writeSync(this.file, bytes);
    await time();
    renameSync(join(elsewhere, "access.log"), this.path);
    rmSync(elsewhere, {recursive: true});
  }

  close(): void {
    closeSync(this.file);
  }

  private reopen(): void {
    closeSync(this.file);
    this.file = openSync(this.path, "a");
  }

  /** All predecessors are one older, and compressed from the second on, the newest the slowest. */
  private async shift(): Promise<void> {
    const predecessors = readdirSync(this.folder).flatMap((name) => {
      const [, number, gz = ""] = /^access\.log\.(\d+)(\.gz)?$/.exec(name) ?? [];
      return number === undefined ? [] : [{name, number: Number(number), gz}];
    });
    for (const {name, number, gz} of predecessors.sort((a, b) => b.number - a.number)) {
      renameSync(join(this.folder, name), `${this.path}.${number + 1}${gz}`);
    }
    const plain = `${this.path}.2`;
    if (!existsSync(plain)) return;
    const bytes = gzipSync(readFileSync(plain));
    const half = Math.floor(bytes.length / 2);
    appendFileSync(`${plain}.gz`, bytes.subarray(0, half));
    await wait(100 * this.random());
    appendFileSync(`${plain}.gz`, bytes.subarray(half));
    rmSync(plain);
  }
}
