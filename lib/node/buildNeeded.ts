import {readdirSync, statSync} from "node:fs";
import {join, relative} from "node:path";

/**
 * Why the site of a project must be built again, as a phrase; undefined if dist holds a complete build that is no older
 * than anything it was made from. Framework writes its manifest last of all, so a build that failed has left none, or
 * files that are newer than the manifest of the build before.
 */
export function buildNeeded(project: string): string | undefined {
  const dist = join(project, "dist");
  if (!changed(join(dist, "index.html"))) return "there is no build";
  const built = changed(join(project, "src", ".observablehq", "cache", "_build.json"));
  if (!built || lastChanged(dist).time > built) return "the last build is incomplete";
  for (const source of sources) {
    const {path, time} = lastChanged(join(project, source));
    if (time > built) return `${relative(project, path)} has changed`;
  }
}

const sources = ["src", "lib", "data", "observablehq.config.ts", "package-lock.json"];

/** Folders count too, since deleting a file changes only its folder. Links are not followed: src/lib is lib again. */
function lastChanged(root: string): {path: string; time: number} {
  const last = {path: root, time: 0};
  const paths = [root];
  for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
    const stats = statSync(path, {throwIfNoEntry: false});
    if (!stats) continue;
    if (stats.mtimeMs > last.time) Object.assign(last, {path, time: stats.mtimeMs});
    if (!stats.isDirectory()) continue;
    for (const entry of readdirSync(path, {withFileTypes: true})) {
      if (!entry.isSymbolicLink() && entry.name !== ".observablehq") paths.push(join(path, entry.name));
    }
  }
  return last;
}

/** In milliseconds; 0 if there is no such file. */
function changed(path: string): number {
  return statSync(path, {throwIfNoEntry: false})?.mtimeMs ?? 0;
}
