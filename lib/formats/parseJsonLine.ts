import {hexOf} from "./unescape.js";

/**
 * What a line of JSON states, undefined where it is none. nginx writes `\x22` into strings unless its log_format says
 * escape=json: this is read as the byte that it means.
 */
export function parseJsonLine(bytes: Uint8Array, start: number, end: number): unknown {
  const text = decoder.decode(bytes.subarray(start, end));
  try {
    return JSON.parse(text);
  } catch {
    if (!text.includes("\\x")) return undefined;
  }
  try {
    return JSON.parse(decoder.decode(withoutHexEscapes(bytes, start, end)));
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder();
const [backslash, lowerX] = [92, 120];
const unicodeEscape = new TextEncoder().encode("\\u00");

/** Bytes of UTF-8 stand for themselves, any other becomes `\u00HH`. */
function withoutHexEscapes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const out = new Uint8Array(2 * (end - start));
  let length = 0;
  for (let i = start; i < end; ++i) {
    const high = i + 3 < end && bytes[i] === backslash && bytes[i + 1] === lowerX ? hexOf(bytes[i + 2]!) : -1;
    const low = high >= 0 ? hexOf(bytes[i + 3]!) : -1;
    if (low < 0) {
      out[length++] = bytes[i]!;
      if (bytes[i] === backslash && i + 1 < end) out[length++] = bytes[++i]!;
    } else if (high >= 8) {
      out[length++] = 16 * high + low;
      i += 3;
    } else {
      out.set(unicodeEscape, length);
      out.set(bytes.subarray(i + 2, i + 4), length + unicodeEscape.length);
      length += 6;
      i += 3;
    }
  }
  return out.subarray(0, length);
}
