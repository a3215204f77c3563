import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {dirname, extname, resolve, sep} from "node:path";

/** What a policy depends on beside the file. */
export interface SitePolicyOptions {
  /** The folder of the built site. */
  directory: string;
  /** The only foreign origin that a page may load images from, such as https://tile.openstreetmap.org; default none. */
  tiles?: string;
}

/**
 * The Content-Security-Policy of one file of a built site. A page runs scripts of its own origin and exactly the inline
 * scripts that it was built with; a script’s policy counts when it runs as a worker; other files may do nothing.
 */
export async function sitePolicy(file: string, {directory, tiles}: SitePolicyOptions): Promise<string> {
  const extension = extname(file);
  if (extension !== ".html" && extension !== ".js") return format({...nothing, "style-src": ["'unsafe-inline'"]});
  const text = await readFile(file, "utf8");
  const scripts = ["'self'", ...(await compilers(file, directory))];
  if (extension === ".js") {
    return format({...nothing, "connect-src": ["'self'"], "script-src": scripts, "worker-src": ["'self'"]});
  }
  return format({
    ...nothing,
    "base-uri": [/<base\s/i.test(text) ? "'self'" : "'none'"],
    "connect-src": ["'self'"],
    "font-src": ["'self'", "data:"],
    "img-src": ["'self'", "data:", "blob:", ...(tiles ? [new URL(tiles).origin] : [])],
    "script-src": [...scripts, ...inlineScripts(text).map(sha256)],
    "script-src-attr": ["'unsafe-hashes'", ...placeholders.map(sha256)],
    "style-src": ["'self'", "'unsafe-inline'"],
    "worker-src": ["'self'"]
  });
}

const nothing = {
  "default-src": ["'none'"],
  "base-uri": ["'none'"],
  "form-action": ["'none'"],
  "frame-ancestors": ["'none'"]
};

// Hypertext Literal, of which Inputs are made, parses onclick=${f} as onclick="::0" before it assigns f. The browser
// would report each one; allowing these texts allows nothing, as none of them is a program.
const placeholders = Array.from({length: 16}, (_, i) => `::${i}`);

function format(policy: Record<string, string[]>): string {
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ");
}

function sha256(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function inlineScripts(html: string): string[] {
  const scripts = html.replace(/\r\n?/g, "\n").matchAll(/<script\b([^>]*)>(.*?)<\/script\s*>/gis);
  return Array.from(scripts, ([, attributes, text]) => (/\bsrc\s*=/i.test(attributes!) ? "" : text!)).filter(Boolean);
}

/** Arquero compiles its expressions by new Function, and WebAssembly compiles by nature; nothing else may compile. */
async function compilers(file: string, directory: string): Promise<string[]> {
  const sources = new Set<string>();
  const files = new Set([file]);
  for (const path of files) {
    if (/[\\/]_node[\\/]arquero@/.test(path)) sources.add("'unsafe-eval'");
    const text = await readFile(path, "utf8");
    if (/\bWebAssembly\b/.test(text)) sources.add("'wasm-unsafe-eval'");
    for (const name of importedNames(text)) {
      const imported = resolve(dirname(path), name);
      if (imported.startsWith(directory + sep) && existsSync(imported)) files.add(imported);
    }
  }
  return [...sources].sort();
}

/** Framework writes every import of a page or module, static or dynamic, as a relative path in quotes; workers are none. */
function importedNames(text: string): string[] {
  const imports = text.matchAll(/(?:\bfrom|\bimport|\bsrc=)\s*\(?\s*["'](\.{1,2}\/[^"'?#]+\.js)["']/g);
  return Array.from(imports, ([, name]) => name!);
}
