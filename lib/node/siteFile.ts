import {realpath, stat} from "node:fs/promises";
import {join, sep} from "node:path";

/** Where a path of a site leads: to a file, or to another path (relative to this one) with the slash as it should be. */
export type SiteFile = {file: string} | {redirect: string};

/**
 * The file of a built site that a still encoded URL path means: /x is x, x.html or a redirect to /x/, and /x/ is
 * x/index.html or a redirect to /x. Undefined if there is none, or if it is hidden or outside the directory, be it
 * through links.
 */
export async function findSiteFile(directory: string, path: string): Promise<SiteFile | undefined> {
  const names = decodeNames(path);
  if (!names) return;
  const last = names.pop()!;
  const find = (...more: string[]) => findInside(directory, join(...names, ...more));
  if (!last) {
    const index = await find("index.html");
    if (index) return {file: index};
    const name = names.pop();
    return name && (await find(`${name}.html`)) ? {redirect: `../${encodeURIComponent(name)}`} : undefined;
  }
  const file = (await find(last)) ?? (await find(`${last}.html`));
  if (file) return {file};
  if (await find(last, "index.html")) return {redirect: `./${encodeURIComponent(last)}/`};
}

/** Decodes once and refuses every name that is not plainly one file’s, on any system. The last is empty after a slash. */
function decodeNames(path: string): string[] | undefined {
  if (!path.startsWith("/")) return;
  try {
    const names = path.slice(1).split("/").map(decodeURIComponent);
    const isPlain = (name: string, i: number) =>
      (name || i === names.length - 1) && !name.startsWith(".") && !/[/\\:\p{Cc}]/u.test(name);
    if (names.every(isPlain)) return names;
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
  }
}

async function findInside(directory: string, path: string): Promise<string | undefined> {
  try {
    const root = await realpath(directory);
    const file = await realpath(join(root, path));
    if (file.startsWith(root + sep) && (await stat(file)).isFile()) return file;
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

function isAbsent(error: unknown): boolean {
  const {code} = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG" || code === "ELOOP" || code === "EACCES";
}
