import {type RequestRecord, requestText} from "../../formats/requestRecord.js";
import {probeTable} from "./probes.js";
import {mixed} from "./textHash.js";

/** The bits of a request’s facts; its path’s depth stands above them, from `depthShift` on. */
export const fact = {
  asset: 1,
  post: 2,
  referrer: 4,
  unusualMethod: 8,
  query: 16,
  probe: 32,
  error: 64,
  notFound: 128,
  denied: 256,
  redirect: 512,
  night: 1024
} as const;

/** Where the depth of the path begins, in bits; depths above 255 are 255. */
export const depthShift = 16;

/** What sessions need of a request, read from its bytes in one pass; made once, and filled for every request. */
export class RequestFacts {
  /** Bits of `fact`, and the depth. */
  bits = 0;
  /** A hash of the path without its query: 32 bits. */
  path = 0;
  /** Bytes of the path with its query. */
  length = 0;

  read(record: RequestRecord): void {
    const {status, starts, ends, bytes} = record;
    let bits = this.readTarget(bytes, starts[target]!, ends[target]!);
    if (ends[referrer]! > starts[referrer]!) bits |= fact.referrer;
    const start = starts[method]!;
    const length = ends[method]! - start;
    if (length === 4 && bytes[start] === letterP && bytes[start + 1] === letterO) bits |= fact.post;
    else if (length !== 3 || bytes[start] !== letterG) bits |= fact.unusualMethod;
    if (status >= 300) bits |= ofStatus(status);
    const time = record.time + record.zone * minute;
    if (time - Math.floor(time / day) * day < night) bits |= fact.night;
    this.bits = bits;
  }

  private readTarget(bytes: Uint8Array, start: number, end: number): number {
    const {classOf, next, found} = probeTable;
    this.length = end - start;
    let state = 0;
    let hash = 0x811c9dc5 | 0;
    let depth = 0;
    let dot = -1;
    let previous = 0;
    let i = start;
    for (; i < end; ++i) {
      let byte = bytes[i]!;
      if (byte === questionMark || byte === numberSign) break;
      hash = Math.imul(hash ^ byte, 0x01000193);
      if (byte === slash) dot = -1;
      else {
        if (previous === slash) ++depth;
        if (byte === point) dot = i;
      }
      previous = byte;
      if (byte === percent && i + 2 < end) {
        const value = escapedAt(bytes, i);
        if (value >= 0) {
          hash = Math.imul(hash ^ bytes[i + 1]!, 0x01000193);
          hash = Math.imul(hash ^ bytes[i + 2]!, 0x01000193);
          byte = value;
          i += 2;
        }
      }
      state = next[(state << 6) | classOf[byte]!]!;
    }
    this.path = mixed(hash);
    let bits = Math.min(255, depth) << depthShift;
    if (dot >= 0 && isAssetEnding(bytes, dot + 1, i)) bits |= fact.asset;
    if (bytes[i] === questionMark && i < end) bits |= fact.query;
    for (; i < end; ++i) {
      let byte = bytes[i]!;
      if (byte === plus) byte = space;
      else if (byte === percent && i + 2 < end) {
        const value = escapedAt(bytes, i);
        if (value >= 0) {
          byte = value;
          i += 2;
        }
      }
      state = next[(state << 6) | classOf[byte]!]!;
    }
    // Neither a path nor OPTIONS *: another site, as if this were a proxy, or another protocol.
    const isForeign = end > start && bytes[start] !== slash && bytes[start] !== asterisk;
    if (state === found || isForeign) bits |= fact.probe;
    return bits;
  }
}

const {target, referrer, method} = requestText;
const minute = 60_000;
const night = 6 * 60 * minute;
const day = 4 * night;
const [letterG, letterO, letterP] = [71, 79, 80];
const [slash, questionMark, numberSign, percent, plus, space, point, asterisk] = [47, 63, 35, 37, 43, 32, 46, 42];

function ofStatus(status: number): number {
  if (status === 404 || status === 410) return fact.error | fact.notFound;
  if (status === 401 || status === 403 || status === 407 || status === 429) return fact.error | fact.denied;
  if (status >= 400) return fact.error;
  const isRedirect = status <= 303 ? status >= 301 : status === 307 || status === 308;
  return isRedirect ? fact.redirect : 0;
}

// The byte that %xx at i stands for, −1 where it is no escape.
function escapedAt(bytes: Uint8Array, i: number): number {
  const high = hexadecimal(bytes[i + 1]!);
  const low = hexadecimal(bytes[i + 2]!);
  return high < 0 || low < 0 ? -1 : (high << 4) | low;
}

function hexadecimal(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function isAssetEnding(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 2 || length > 5) return false;
  let packed = 0;
  for (let i = start; i < end; ++i) packed = (packed << 5) | (bytes[i]! & 31);
  return assetEndings.has(packed);
}

// Endings of images, styles, scripts and fonts, five bits a character: upper and lower case are the same.
const assetEndings = new Set(
  "css js mjs png jpg jpeg gif svg svgz ico webp avif bmp tif tiff woff woff2 ttf otf eot"
    .split(" ")
    .map((ending) => Array.from(ending).reduce((packed, c) => (packed << 5) | (c.charCodeAt(0) & 31), 0))
);
