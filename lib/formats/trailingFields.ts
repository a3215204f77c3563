import {looksLikeAddresses} from "./addressText.js";
import type {QuoteFinder} from "./quoteFinder.js";
import {type RequestRecord, requestText} from "./requestRecord.js";

/**
 * Reads the fields that follow an access log’s known ones, the bytes of the record from `start` to before `end`: the first
 * quoted list of addresses is X-Forwarded-For. Returns whether they are whole fields: without quotes, quoted as a whole or
 * of the kind `rt="0.1"`.
 */
export function readTrailing(record: RequestRecord, quotes: QuoteFinder, start: number, end: number): boolean {
  const {bytes, starts, ends} = record;
  let forwarded = -1;
  let forwardedEnd = -1;
  for (let i = start; i < end; ) {
    if (bytes[i] === space) {
      ++i;
      continue;
    }
    const isQuoted = bytes[i] === quote;
    const open = isQuoted ? i : endOfBare(bytes, i, end);
    if (open === end || bytes[open] === space) {
      i = open;
      continue;
    }
    if (!isQuoted && bytes[open - 1] !== equals) return false;
    let close = quotes.next(bytes, open + 1, end);
    while (close + 1 < end && bytes[close + 1] !== space) close = quotes.next(bytes, close + 1, end);
    if (close >= end) return false;
    if (isQuoted && forwarded < 0 && looksLikeAddresses(bytes, open + 1, close)) {
      forwarded = open + 1;
      forwardedEnd = close;
    }
    i = close + 1;
  }
  if (forwarded >= 0 && !record.has(requestText.forwarded)) {
    starts[requestText.forwarded] = forwarded;
    ends[requestText.forwarded] = forwardedEnd;
  }
  return true;
}

const [space, quote, equals] = [32, 34, 61];

function endOfBare(bytes: Uint8Array, i: number, end: number): number {
  while (i < end && bytes[i] !== space && bytes[i] !== quote) ++i;
  return i;
}
