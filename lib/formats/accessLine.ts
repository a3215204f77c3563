import {LogTime} from "./logTime.js";
import {QuoteFinder} from "./quoteFinder.js";
import {splitRequestLine} from "./requestLine.js";
import {RequestRecord, requestText} from "./requestRecord.js";
import {startOfMessage} from "./startOfMessage.js";
import type {Text} from "./textRecord.js";
import {readTrailing} from "./trailingFields.js";
import {unescapeBytes} from "./unescape.js";
import {isWrapped, unwrapLine} from "./unwrapLine.js";
import {readWho, setClient} from "./whoAsked.js";

/**
 * Reads lines of Apache’s and nginx’s common and combined log and their kin:
 * `[host:port] client ident user [time] "request" status bytes […] ["referrer" "agent"] […]`. What stands where is decided
 * line by line, so that a file may mix them.
 *
 * A quote that the server did not escape is text where no field can end: a request ends before a status, a referrer before
 * the agent’s quote, an agent where only whole fields follow.
 */
export class AccessLine {
  /** What the last line states. */
  readonly record = new RequestRecord();
  /** Whether the last line names the site before the client. */
  isVirtualHost = false;
  /** Whether the last line has a referrer and an agent, if only as `-`. */
  isCombined = false;
  private readonly quotes = new QuoteFinder();
  private readonly time = new LogTime();
  private scratch = new Uint8Array(2048);

  /** Reads the line from `start` to before `end`: null where the record now holds it, otherwise why not. */
  read(bytes: Uint8Array, start: number, end: number): string | null {
    while (start < end && bytes[start]! <= space) ++start;
    while (end > start && bytes[end - 1]! <= space) --end;
    if (bytes[start] === quote && isWrapped(bytes, start, end)) {
      const whole = this.scratchOf(end - start);
      end = unwrapLine(bytes, start, end, whole);
      bytes = whole;
      start = 0;
    }
    start = startOfMessage(bytes, start, end);
    this.quotes.isEscaped = true;
    let fault = this.parse(bytes, start, end);
    if (!this.quotes.hasEscapes) return fault;
    if (fault === cutShort) {
      // Where the server does not escape, a text may end in a backslash of its own.
      this.quotes.isEscaped = false;
      if (this.parse(bytes, start, end) === null) fault = null;
    }
    if (fault === null) this.undoEscapes(start, end);
    return fault;
  }

  private parse(bytes: Uint8Array, start: number, end: number): string | null {
    this.record.bytes = bytes;
    this.quotes.hasEscapes = this.isVirtualHost = this.isCombined = false;
    const timeEnd = this.readFront(bytes, start, end);
    if (timeEnd < 0) return timeEnd === none ? "no time" : "invalid time";
    let i = timeEnd + 1;
    while (i < end && bytes[i] === space) ++i;
    if (i === end) return cutShort;
    // Some servers write the site or the time that it took before the request; logs with more there are of another kind.
    for (let words = 0; i < end && bytes[i] !== quote && words < 2; ++words) i = behindWord(bytes, i, end);
    if (bytes[i] !== quote || i >= end) return "no request";
    const requestStart = i + 1;
    const requestEnd = this.endOfRequest(bytes, requestStart, end);
    if (requestEnd < 0) return requestEnd === invalid ? "invalid status" : cutShort;
    splitRequestLine(this.record, requestStart, requestEnd);
    i = this.readNumbers(bytes, requestEnd + 2, end);
    if (i < 0) return i === invalid ? "invalid size" : cutShort;
    return this.readTexts(bytes, i, end) ? null : cutShort;
  }

  /** Reads who and when: where the time’s bracket closes, or none or invalid. */
  private readFront(bytes: Uint8Array, start: number, end: number): number {
    let i = start;
    while (i < end && bytes[i] !== space) ++i;
    if (isAnonymous(bytes, i, end)) {
      const timeEnd = this.readTime(bytes, i + 6, end);
      if (timeEnd >= 0) {
        const {starts, ends} = this.record;
        starts[requestText.host] = ends[requestText.host] = 0;
        starts[requestText.user] = ends[requestText.user] = 0;
        setClient(this.record, start, i);
        return timeEnd;
      }
    }
    const open = this.findTime(bytes, start, end);
    if (open < 0) return open;
    this.isVirtualHost = readWho(this.record, start, open);
    for (i = start; i < open; ++i) if (bytes[i] === backslash) this.quotes.hasEscapes = true;
    return this.readTime(bytes, open + 1, end);
  }

  /** Where the bracket of the time opens, or none or invalid. */
  private findTime(bytes: Uint8Array, start: number, end: number): number {
    let found = none;
    for (let i = start, tries = 0; i < end && tries < mostTries; ++i) {
      if (bytes[i] !== openBracket || i === start || bytes[i - 1] !== space || !isDigit(bytes[i + 1]!)) continue;
      ++tries;
      const timeEnd = this.readTime(bytes, i + 1, end);
      if (timeEnd >= 0) return i;
      if (timeEnd === invalid) found = invalid;
    }
    return found;
  }

  /** Reads the time that begins at `start`: where its bracket closes, or none or invalid. */
  private readTime(bytes: Uint8Array, start: number, end: number): number {
    const most = Math.min(end, start + longestTime);
    let i = start + usualTime < most && bytes[start + usualTime] === closeBracket ? start + usualTime : start;
    while (i < most && bytes[i] !== closeBracket) ++i;
    if (i === most) return none;
    if (!this.time.read(bytes, start, i)) return invalid;
    this.record.time = this.time.time;
    this.record.zone = this.time.zone;
    return i;
  }

  /** The quote that a status follows, or none, or invalid where another text follows. */
  private endOfRequest(bytes: Uint8Array, start: number, end: number): number {
    let found = none;
    for (let i = this.quotes.next(bytes, start, end); i < end; i = this.quotes.next(bytes, i + 1, end)) {
      if (isStatus(bytes, i + 2, end) && bytes[i + 1] === space) return i;
      if (bytes[i + 1] === space && i + 2 < end) found = invalid;
    }
    return found;
  }

  /** Reads status and size, whose form `endOfRequest` and this make sure of: where they end, or none or invalid. */
  private readNumbers(bytes: Uint8Array, start: number, end: number): number {
    const {record} = this;
    let i = start;
    let status = 0;
    for (; i < end && bytes[i] !== space; ++i) status = bytes[i] === dash ? 0 : 10 * status + bytes[i]! - zero;
    record.status = status;
    const sizeStart = i + 1;
    if (sizeStart >= end) return none;
    let size = 0;
    for (i = sizeStart; i < end && isDigit(bytes[i]!); ++i) size = 10 * size + bytes[i]! - zero;
    record.size = size;
    if (i === sizeStart) {
      if (bytes[i++] !== dash) return invalid;
      record.size = Number.NaN;
    }
    return i === end || bytes[i] === space ? i : invalid;
  }

  /** Reads referrer, agent and what follows; false where one of them is cut. */
  private readTexts(bytes: Uint8Array, start: number, end: number): boolean {
    const {starts, ends} = this.record;
    starts[requestText.referrer] = ends[requestText.referrer] = 0;
    starts[requestText.agent] = ends[requestText.agent] = 0;
    let i = start;
    while (i < end && bytes[i + 1] !== quote) for (++i; i < end && bytes[i] !== space; ) ++i;
    const referrerStart = i + 2;
    if (referrerStart > end) return true;
    let onlyEnd = none;
    i = this.quotes.next(bytes, referrerStart, end);
    while (i < end && !(bytes[i + 1] === space && bytes[i + 2] === quote && i + 2 < end)) {
      if (onlyEnd === none && (i + 1 === end || bytes[i + 1] === space)) onlyEnd = i;
      i = this.quotes.next(bytes, i + 1, end);
    }
    if (i >= end) return this.readOnlyText(bytes, referrerStart, onlyEnd, end);
    this.set(requestText.referrer, referrerStart, i);
    this.isCombined = true;
    return this.readAgent(bytes, i + 3, end);
  }

  private readAgent(bytes: Uint8Array, start: number, end: number): boolean {
    let last = none;
    let i = this.quotes.next(bytes, start, end);
    for (let tries = 0; i < end; i = this.quotes.next(bytes, i + 1, end)) {
      if (i + 1 < end && bytes[i + 1] !== space) continue;
      last = i;
      if (i + 1 === end || (++tries < mostTries && readTrailing(this.record, this.quotes, i + 1, end))) break;
    }
    if (last === none) return false;
    this.set(requestText.agent, start, last);
    return true;
  }

  /** One quoted text where two are usual is what it looks like: forwarded addresses, a referrer or else an agent. */
  private readOnlyText(bytes: Uint8Array, start: number, textEnd: number, end: number): boolean {
    if (textEnd === none) return false;
    const {record} = this;
    if (!readTrailing(record, this.quotes, start - 1, end) || record.has(requestText.forwarded)) return true;
    const isLink = bytes[start + 4] === colon || bytes[start + 5] === colon;
    this.set(isLink ? requestText.referrer : requestText.agent, start, textEnd);
    return true;
  }

  private set(text: Text, start: number, end: number): void {
    const {bytes, starts, ends} = this.record;
    starts[text] = start;
    ends[text] = end - start === 1 && bytes[start] === dash ? start : end;
  }

  private undoEscapes(start: number, end: number): void {
    const {record} = this;
    const {starts, ends} = record;
    const scratch = this.scratchOf(end - start);
    if (record.bytes !== scratch) {
      scratch.set(record.bytes.subarray(start, end));
      for (let text = 0; text < starts.length; ++text) {
        if (!record.has(text)) continue;
        starts[text] = starts[text]! - start;
        ends[text] = ends[text]! - start;
      }
      record.bytes = scratch;
    }
    for (let text = 0; text < starts.length; ++text) {
      if (record.has(text)) ends[text] = unescapeBytes(scratch, starts[text]!, ends[text]!, text !== requestText.user);
    }
  }

  private scratchOf(length: number): Uint8Array {
    if (this.scratch.length < length) this.scratch = new Uint8Array(2 * length);
    return this.scratch;
  }
}

const [space, quote, dash, zero, colon, openBracket, backslash, closeBracket] = [32, 34, 45, 48, 58, 91, 92, 93];
const cutShort = "cut short";
const [none, invalid] = [-1, -2];
const usualTime = 26;
const longestTime = 64;
// A hostile line could make each of its quotes or brackets begin a try over all that follows.
const mostTries = 16;

/** Whether ` - - [` stands at `i`. */
function isAnonymous(bytes: Uint8Array, i: number, end: number): boolean {
  return (
    i + 5 < end &&
    bytes[i + 1] === dash &&
    bytes[i + 2] === space &&
    bytes[i + 3] === dash &&
    bytes[i + 4] === space &&
    bytes[i + 5] === openBracket
  );
}

/** Whether a word of one to three digits or `-` stands at `i`. */
function isStatus(bytes: Uint8Array, i: number, end: number): boolean {
  if (i >= end) return false;
  if (bytes[i] === dash) return i + 1 === end || bytes[i + 1] === space;
  let digits = i;
  while (digits < end && digits < i + 3 && isDigit(bytes[digits]!)) ++digits;
  return digits > i && (digits === end || bytes[digits] === space);
}

/** Where the word after the one at `i` begins. */
function behindWord(bytes: Uint8Array, i: number, end: number): number {
  while (i < end && bytes[i] !== space) ++i;
  while (i < end && bytes[i] === space) ++i;
  return i;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= 57;
}
