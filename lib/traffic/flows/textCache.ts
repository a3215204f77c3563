import type {Text, TextRecord} from "../../formats/textRecord.js";
import type {Saves} from "../../savedState.js";

/**
 * Makes strings of records’ texts, and keeps the last so that the same text is the same string: most flows repeat
 * addresses. Holds 16,384 strings of at most 64 bytes of ASCII; what is longer or no ASCII is made anew each time.
 */
export class TextCache implements Saves {
  /** A hash of the last text, 64 bits in two whole numbers: what tells addresses apart without comparing them. */
  high = 0;
  low = 0;
  private readonly strings: (string | undefined)[] = new Array(places).fill(undefined);

  /** The text, null where it is missing; sets the hash. */
  text(record: TextRecord, text: Text): string | null {
    const {bytes} = record;
    const start = record.starts[text]!;
    const end = record.ends[text]!;
    const isAscii = this.hash(bytes, start, end);
    if (end <= start) return null;
    if (!isAscii || end - start > longestCached) return record.text(text);
    const place = this.low & (places - 1);
    const known = this.strings[place];
    if (known !== undefined && isSame(known, bytes, start, end)) return known;
    const made = record.text(text)!;
    this.strings[place] = made;
    return made;
  }

  /** Nothing: strings are made again. */
  save(): null {
    return null;
  }

  restore(): void {}

  // FNV-1a over pairs of bytes with two multipliers, finished as MurmurHash3 finishes; returns whether all bytes are ASCII
  private hash(bytes: Uint8Array, start: number, end: number): boolean {
    let high = 0x2545f491 ^ (end - start);
    let low = (0x811c9dc5 ^ (end - start)) | 0;
    let any = 0;
    for (let i = start; i < end; i += 2) {
      const pair = i + 1 < end ? bytes[i]! | (bytes[i + 1]! << 8) : bytes[i]!;
      any |= pair;
      high = Math.imul(high ^ pair, 0x5bd1e995);
      high ^= high >>> 13;
      low = Math.imul(low ^ pair, 0x01000193);
    }
    this.high = finish(high);
    this.low = finish(low);
    return (any & 0x8080) === 0;
  }
}

const places = 2 ** 14;
const longestCached = 64;

function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function isSame(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; ++i) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}
