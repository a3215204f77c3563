import {createHash} from "node:crypto";
import {readFile, realpath, stat} from "node:fs/promises";
import {relative, sep} from "node:path";
import {type ContentEncoding, compress} from "./contentEncoding.js";
import {contentType} from "./contentType.js";
import {type SitePolicyOptions, sitePolicy} from "./sitePolicy.js";

/** A file of a site with all that its responses need. */
export interface SiteAsset {
  readonly body: Buffer;
  /** Of the body, as letters, digits, - and _. */
  readonly hash: string;
  readonly type: string;
  readonly cacheControl: string;
  readonly policy: string;
  /** Whether compressing it pays. */
  readonly compressible: boolean;
  /** The compressed body; compressed once. */
  encode(encoding: ContentEncoding): Promise<Buffer>;
}

/** Reads each file of a site once, until it changes; lets go of everything when it would hold more than 256 MB. */
export function siteAssets(options: SitePolicyOptions): (file: string) => Promise<SiteAsset> {
  const assets = new Map<string, {version: string; asset: Promise<SiteAsset>}>();
  let held = 0;
  return async (file) => {
    const {mtimeMs, size} = await stat(file);
    const version = `${mtimeMs} ${size}`;
    const known = assets.get(file);
    if (known?.version === version) return known.asset;
    held += size;
    if (held > 256e6) {
      assets.clear();
      held = size;
    }
    const asset = readAsset(file, options);
    assets.set(file, {version, asset});
    asset.catch(() => assets.delete(file));
    return asset;
  };
}

async function readAsset(file: string, {directory, tiles}: SitePolicyOptions): Promise<SiteAsset> {
  const root = await realpath(directory);
  const body = await readFile(file);
  const {type, compressible} = contentType(file);
  const encoded = new Map<ContentEncoding, Promise<Buffer>>();
  return {
    body,
    hash: createHash("sha256").update(body).digest("base64url").slice(0, 22),
    type,
    cacheControl: isImmutable(relative(root, file)) ? "public, max-age=31536000, immutable" : "no-cache",
    policy: await sitePolicy(file, {directory: root, tiles}),
    compressible: compressible && body.length >= 1024,
    encode(encoding) {
      const result = encoded.get(encoding) ?? compress(body, encoding);
      encoded.set(encoding, result);
      return result;
    }
  };
}

/**
 * Whether the name of a file changes whenever its contents do. The hash of a local module leaves out the versions of
 * the packages that the modules it imports import, so after an upgrade the same name may have new contents.
 */
function isImmutable(path: string): boolean {
  const name = path.split(sep).join("/");
  return /^_(file|import|node|observablehq)\/.*\.[0-9a-f]{8}(\.\w+)?$/.test(name) && !/^_import\/.*\.js$/.test(name);
}
