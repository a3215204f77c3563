import {type RequestRecord, requestText} from "../../formats/requestRecord.js";

/**
 * Which address of X-Forwarded-For is the client’s: none, the last, the first, or the one that so many trusted proxies have
 * left, counted from the right.
 *
 * Every proxy adds at the end the address that it was asked from; what stands before the addresses of proxies that you run
 * is whatever the client has sent. So `last` (1) is right behind one proxy, 2 behind two (a content delivery network and a
 * balancer); `first` lets any client pass for any other, and is for logs whose outermost proxy replaces the header.
 */
export type Forwarded = "ignore" | "last" | "first" | number;

/** Finds the address of a request’s client in its bytes; made once, and filled for every request. */
export class ClientAddress {
  start = 0;
  end = 0;
  private readonly fromRight: number;

  constructor(forwarded: Forwarded) {
    this.fromRight = proxiesOf(forwarded);
  }

  /**
   * Reads the forwarded address, without a port or brackets; the peer’s where there is none or it is “unknown”. A list that
   * is shorter than the number of proxies gives its first.
   */
  read(record: RequestRecord): void {
    const {starts, ends, bytes} = record;
    if (this.fromRight > 0 && ends[forwardedText]! > starts[forwardedText]!) {
      this.pick(bytes, starts[forwardedText]!, ends[forwardedText]!);
      this.trim(bytes);
      if (this.end > this.start && !isUnknown(bytes, this.start, this.end)) return;
    }
    this.start = starts[clientText]!;
    this.end = ends[clientText]!;
  }

  private pick(bytes: Uint8Array, start: number, end: number): void {
    this.end = end;
    let left = this.fromRight;
    for (let i = end - 1; i >= start; --i) {
      if (bytes[i] !== comma) continue;
      this.start = i + 1;
      if (--left === 0) return;
      this.end = i;
    }
    this.start = start;
  }

  private trim(bytes: Uint8Array): void {
    while (this.end > this.start && isPadding(bytes[this.end - 1]!)) --this.end;
    while (this.end > this.start && isPadding(bytes[this.start]!)) ++this.start;
    const {start, end} = this;
    if (bytes[start] === leftBracket) {
      const close = indexOf(bytes, rightBracket, start, end);
      if (close >= 0) [this.start, this.end] = [start + 1, close];
      return;
    }
    // An address with one colon is IPv4 with a port.
    const port = indexOf(bytes, colon, start, end);
    if (port > start && indexOf(bytes, colon, port + 1, end) < 0) this.end = port;
  }
}

const {client: clientText, forwarded: forwardedText} = requestText;
const [comma, colon, leftBracket, rightBracket] = [44, 58, 91, 93];

function proxiesOf(forwarded: Forwarded): number {
  if (forwarded === "ignore") return 0;
  if (forwarded === "last") return 1;
  if (forwarded === "first") return Number.POSITIVE_INFINITY;
  if (Number.isSafeInteger(forwarded) && forwarded >= 0) return forwarded;
  throw new RangeError(`invalid number of proxies: ${forwarded}`);
}

function indexOf(bytes: Uint8Array, byte: number, start: number, end: number): number {
  for (let i = start; i < end; ++i) if (bytes[i] === byte) return i;
  return -1;
}

function isPadding(byte: number): boolean {
  return byte <= 32 || byte === 34;
}

function isUnknown(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start === 1) return bytes[start] === 45;
  if (end - start !== unknown.length) return false;
  for (let i = 0; i < unknown.length; ++i) if ((bytes[start + i]! | 32) !== unknown.charCodeAt(i)) return false;
  return true;
}

const unknown = "unknown";
