import {type RequestRecord, requestText} from "./requestRecord.js";

/**
 * Cuts a request line, the bytes of the record from `start` to before `end`, into its method and target, without the
 * protocol. A line that is no request (`\x03`, `SSH-2.0-Go`) is all target; `-` and nothing are missing. Without a protocol
 * it counts as a request only where a path or an address follows the method, as in HTTP/0.9.
 */
export function splitRequestLine(record: RequestRecord, start: number, end: number): void {
  const {bytes, starts, ends} = record;
  starts[requestText.method] = ends[requestText.method] = 0;
  starts[requestText.target] = start;
  ends[requestText.target] = end;
  if (end - start === 1 && bytes[start] === dash) ends[requestText.target] = start;
  const methodEnd = endOfMethod(bytes, start, end);
  if (methodEnd === start) return;
  let first = methodEnd + 1;
  let last = startOfProtocol(bytes, first, end);
  if (last === end && !looksLikeTarget(bytes, first)) return;
  while (first < last && bytes[first] === space) ++first;
  while (first < last && bytes[last - 1] === space) --last;
  if (first === last) return;
  starts[requestText.method] = start;
  ends[requestText.method] = methodEnd;
  starts[requestText.target] = first;
  ends[requestText.target] = last;
}

const [space, asterisk, dash, slash] = [32, 42, 45, 47];
const longestMethod = 32;

/** Where the letters, digits, `-` and `_` end that a space follows; `start` where it does not begin so. */
function endOfMethod(bytes: Uint8Array, start: number, end: number): number {
  const most = Math.min(end, start + longestMethod);
  let i = start;
  while (i < most && isMethodByte(bytes[i]!)) ++i;
  return i < most && bytes[i] === space && isLetter(bytes[start]!) ? i : start;
}

/** Where the space before `HTTP/1.1` stands; `end` where there is no protocol. */
function startOfProtocol(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end - 9] === space && bytes[end - 8] === 72 && bytes[end - 4] === slash && end - 9 >= start) return end - 9;
  let i = end - 1;
  while (i >= start && bytes[i] !== space && end - i < 20) --i;
  if (i < start - 1 || bytes[i] !== space) return end;
  let letters = i + 1;
  while (letters < end && isLetter(bytes[letters]!)) ++letters;
  if (letters === i + 1 || bytes[letters] !== slash) return end;
  for (let digits = letters + 1; digits < end; ++digits) {
    if (!(bytes[digits]! >= 46 && bytes[digits]! <= 57)) return end;
  }
  return letters + 1 < end ? Math.max(i, start) : end;
}

function looksLikeTarget(bytes: Uint8Array, i: number): boolean {
  const byte = bytes[i];
  return byte === slash || byte === asterisk || (byte === 104 && bytes[i + 1] === 116 && bytes[i + 2] === 116);
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

function isMethodByte(byte: number): boolean {
  return isLetter(byte) || byte === dash || byte === 95 || (byte >= 48 && byte <= 57);
}
