import {lstatSync, readdirSync, realpathSync, statSync} from "node:fs";
import {dirname, join} from "node:path";
import {familyName} from "./familyName.js";

/** A file of a family by its name. */
export interface NamedFile {
  readonly path: string;
  readonly suffix: string;
}

/** The files of a folder by families; it looks again only when a name has come or gone. */
export class LogFolder {
  private families = new Map<string, NamedFile[]>();
  private stamp = -1n;
  private isSettled = false;
  /** Counts how often it has changed. */
  version = 0;

  constructor(readonly path: string) {}

  /** Throws where the folder cannot be read. */
  refresh(): void {
    const {mtimeNs} = statSync(this.path, {bigint: true});
    if (this.isSettled && mtimeNs === this.stamp) return;
    const names = readdirSync(this.path).sort();
    this.stamp = mtimeNs;
    // What comes within the same tick of the file system’s clock leaves no trace.
    this.isSettled = Math.abs(Date.now() - Number(mtimeNs / 1_000_000n)) > tickMilliseconds;
    ++this.version;
    this.families = new Map();
    for (const name of names) {
      const {base, suffix} = familyName(name);
      const family = this.families.get(base);
      const file = {path: join(this.path, name), suffix};
      if (family === undefined) this.families.set(base, [file]);
      else if (family.length < mostFiles) family.push(file);
    }
  }

  filesOf(base: string): readonly NamedFile[] {
    return this.families.get(base) ?? [];
  }

  /** Names of families, without those of hidden files and of links to files of this folder. */
  bases(): string[] {
    const own = realpathSync(this.path);
    return [...this.families].filter(([base, files]) => base[0] !== "." && files.some(isOwn)).map(([base]) => base);

    function isOwn({path}: NamedFile): boolean {
      try {
        const stats = lstatSync(path);
        if (stats.isSymbolicLink()) return dirname(realpathSync(path)) !== own && statSync(path).isFile();
        return stats.isFile();
      } catch {
        return false;
      }
    }
  }
}

const tickMilliseconds = 100;
const mostFiles = 4096;
