import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

/** A path for a file that is removed when this process exits, also on SIGINT and SIGTERM. */
export function temporaryFile(name: string): string {
  folder ??= mkdtempSync(join(tmpdir(), "eddy-"));
  removeAtExit(folder);
  return join(folder, `${++count}-${name}`);
}

/** Removes a file or folder when this process exits, if it is still there. */
export function removeAtExit(path: string): void {
  if (paths.size === 0) {
    process.once("exit", () => {
      for (const path of paths) rmSync(path, {recursive: true, force: true});
    });
    // Not once: a wrapper passes the signal on that a terminal sends to both, and the second would kill while files go.
    process.on("SIGINT", () => process.exit(130)).on("SIGTERM", () => process.exit(143));
  }
  paths.add(path);
}

let folder: string | undefined;
let count = 0;
const paths = new Set<string>();
