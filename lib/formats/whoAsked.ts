import {looksLikeAddress, trimAddress} from "./addressText.js";
import {type RequestRecord, requestText} from "./requestRecord.js";
import type {Text} from "./textRecord.js";

/**
 * Reads what stands before the time, the bytes of the record from `start` to before `end`: `client ident user`, where a user
 * may have spaces; `host:port client ident user`; or `client host user` as lighttpd writes it. A list of addresses before the
 * client is X-Forwarded-For; so is one in its place, of which the first is the client. What Docker Compose writes before
 * (`web-1  | `) is left out. Returns whether the host comes first.
 */
export function readWho(record: RequestRecord, start: number, end: number): boolean {
  const {bytes, starts, ends} = record;
  const count = cutWords(bytes, startBehindBar(bytes, start, end), end);
  let host = -1;
  let client = 0;
  if (isList(bytes, 0) && isAddress(bytes, 1)) client = 1;
  else if (isList(bytes, 1) && isAddress(bytes, 2)) {
    host = 0;
    client = 2;
  } else if (count > 3 && isHostBeforeClient(bytes)) {
    host = 0;
    client = 1;
  } else if (count > 2 && looksLikeHost(bytes, 1)) host = 1;

  setClient(record, wordStarts[client]!, wordEnds[client]!);
  if (client > 0 && host !== client - 1)
    set(record, requestText.forwarded, wordStarts[client - 1]!, wordEnds[client - 1]!);
  starts[requestText.host] = ends[requestText.host] = 0;
  if (host >= 0) set(record, requestText.host, wordStarts[host]!, wordEnds[host]!);
  starts[requestText.user] = ends[requestText.user] = 0;
  const user = Math.min(client + 2, count - 1);
  while (bytes[end - 1] === space) --end;
  if (user > client) set(record, requestText.user, wordStarts[user]!, end);
  return host === 0;
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

// The first words of the line that is being read.
const wordStarts = new Int32Array(5);
const wordEnds = new Int32Array(5);

function cutWords(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let i = start;
  for (let word = 0; word < wordStarts.length; ++word) {
    i = startOfWord(bytes, i, end);
    wordStarts[word] = i;
    if (i < end) ++count;
    i = wordEnds[word] = endOfWord(bytes, i, end);
  }
  return count;
}

function isHostBeforeClient(bytes: Uint8Array): boolean {
  if (isUnset(bytes, 2)) return !isUnset(bytes, 1);
  return looksLikeHost(bytes, 1) && (isAddress(bytes, 1) || !isAddress(bytes, 0));
}

function isUnset(bytes: Uint8Array, word: number): boolean {
  return wordEnds[word]! - wordStarts[word]! === 1 && bytes[wordStarts[word]!] === dash;
}

function isAddress(bytes: Uint8Array, word: number): boolean {
  return looksLikeAddress(bytes, wordStarts[word]!, wordEnds[word]!);
}

function isList(bytes: Uint8Array, word: number): boolean {
  for (let i = wordStarts[word]!; i < wordEnds[word]!; ++i) if (bytes[i] === comma) return true;
  return false;
}

function looksLikeHost(bytes: Uint8Array, word: number): boolean {
  for (let i = wordStarts[word]!; i < wordEnds[word]!; ++i) if (bytes[i] === dot || bytes[i] === colon) return true;
  return false;
}

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
