import {type ChildProcess, spawn, spawnSync} from "node:child_process";
import {once} from "node:events";
import {closeSync, openSync, rmSync, writeSync} from "node:fs";
import {join} from "node:path";
import {onTestFinished} from "vitest";

/** A disk of a few megabytes in a folder, which is there only for processes that are started within it. */
export class TinyDisk {
  private constructor(
    private readonly folder: string,
    private readonly holder: ChildProcess
  ) {}

  /** Whether the system lets us have one. */
  static isPossible(): boolean {
    return spawnSync("unshare", [...isolated, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;
  }

  /** In a folder that is there. */
  static async open(folder: string, megabytes: number): Promise<TinyDisk> {
    const mount = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && echo mounted && exec cat`;
    const holder = spawn("unshare", [...isolated, "sh", "-c", mount, folder], {stdio: ["pipe", "pipe", "inherit"]});
    onTestFinished(() => void holder.kill("SIGKILL"));
    await once(holder.stdout!, "data");
    return new TinyDisk(folder, holder);
  }

  /** Runs a command where the disk is, in another folder. */
  within(folder: string): string[] {
    const enter = ["nsenter", "--target", String(this.holder.pid), "--user", "--mount", "--preserve-credentials"];
    return [...enter, "sh", "-c", 'cd "$0" && exec "$@"', folder];
  }

  fill(): void {
    const file = openSync(this.filling, "w");
    try {
      for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 2)) writeAll(file, Buffer.alloc(size));
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.filling);
  }

  private get filling(): string {
    return join(`/proc/${this.holder.pid}/root`, this.folder, "filling");
  }
}

const isolated = ["--map-root-user", "--mount"];

function writeAll(file: number, bytes: Buffer): void {
  try {
    while (writeSync(file, bytes) > 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
