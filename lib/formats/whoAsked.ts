import {looksLikeAddress, trimAddress} from "./addressText.js";
import {type RequestRecord, requestText} from "./requestRecord.js";
import type {Text} from "./textRecord.js";

/**
 * Reads what stands before the time, the bytes of the record from `start` to before `end`: `client ident user`, where a user
 * may have spaces; `host:port client ident user`; or `client host user` as lighttpd writes it. A list of addresses in the
 * client’s place is X-Forwarded-For, and its first the client. What Docker Compose writes before (`web-1  | `) is left out.
 * Returns whether the host comes first.
 */
export function readWho(record: RequestRecord, start: number, end: number): boolean {
  const {bytes, starts, ends} = record;
  start = startBehindBar(bytes, start, end);
  const firstEnd = endOfWord(bytes, start, end);
  const second = startOfWord(bytes, firstEnd, end);
  const secondEnd = endOfWord(bytes, second, end);
  const third = startOfWord(bytes, secondEnd, end);
  const thirdEnd = endOfWord(bytes, third, end);
  const fourth = startOfWord(bytes, thirdEnd, end);

  const isSecondUnset = secondEnd - second === 1 && bytes[second] === dash;
  const isThirdUnset = thirdEnd - third === 1 && bytes[third] === dash;
  const isSecondHost = looksLikeHost(bytes, second, secondEnd);
  const isClientFirst = looksLikeAddress(bytes, start, firstEnd) && !looksLikeAddress(bytes, second, secondEnd);
  const isHostFirst = fourth < end && (isThirdUnset ? !isSecondUnset : isSecondHost && !isClientFirst);

  if (isHostFirst) setClient(record, second, secondEnd);
  else setClient(record, start, firstEnd);
  starts[requestText.host] = ends[requestText.host] = 0;
  if (isHostFirst) set(record, requestText.host, start, firstEnd);
  else if (isSecondHost && third < end) set(record, requestText.host, second, secondEnd);
  const user = isHostFirst ? fourth : third < end ? third : second;
  while (end > user && bytes[end - 1] === space) --end;
  set(record, requestText.user, user, end);
  return isHostFirst;
}

/** Sets the client, which may be a list of addresses or have a port, and what was forwarded. */
export function setClient(record: RequestRecord, start: number, end: number): void {
  const {bytes, starts, ends} = record;
  starts[requestText.forwarded] = ends[requestText.forwarded] = 0;
  let isPlain = bytes[start] !== quote;
  for (let i = start; i < end && isPlain; ++i) isPlain = bytes[i] !== colon && bytes[i] !== comma;
  set(record, requestText.client, start, end);
  if (isPlain) return;
  start = starts[requestText.client]!;
  end = ends[requestText.client]!;
  let first = start;
  while (first < end && bytes[first] !== comma) ++first;
  if (first < end) {
    starts[requestText.forwarded] = start;
    ends[requestText.forwarded] = end;
    ends[requestText.client] = first;
  }
  trimAddress(record, requestText.client);
}

const [space, quote, comma, dash, dot, colon, verticalBar] = [32, 34, 44, 45, 46, 58, 124];

/** Sets a text without quotes around it; `-` is missing. */
function set({bytes, starts, ends}: RequestRecord, text: Text, start: number, end: number): void {
  const isQuoted = end - start >= 2 && bytes[start] === quote && bytes[end - 1] === quote;
  starts[text] = isQuoted ? start + 1 : start;
  ends[text] = end - start === 1 && bytes[start] === dash ? start : isQuoted ? end - 1 : end;
}

function startBehindBar(bytes: Uint8Array, start: number, end: number): number {
  const bar = startOfWord(bytes, endOfWord(bytes, start, end), end);
  return bar + 1 < end && bytes[bar] === verticalBar && bytes[bar + 1] === space
    ? startOfWord(bytes, bar + 1, end)
    : start;
}

function startOfWord(bytes: Uint8Array, i: number, end: number): number {
  while (i < end && bytes[i] === space) ++i;
  return i;
}

/** Words that end in a comma, and quoted ones, go on behind spaces. */
function endOfWord(bytes: Uint8Array, i: number, end: number): number {
  const isQuoted = bytes[i] === quote;
  const start = i;
  for (; i < end; ++i) {
    if (bytes[i] !== space) continue;
    if (isQuoted ? i > start + 1 && bytes[i - 1] === quote : bytes[i - 1] !== comma) break;
  }
  while (i > start && bytes[i - 1] === space) --i;
  return i;
}

function looksLikeHost(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; ++i) if (bytes[i] === dot || bytes[i] === colon) return true;
  return false;
}
