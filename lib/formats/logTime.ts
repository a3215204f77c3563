import {decimalIn} from "./decimalIn.js";
import {dayNumber, isoTimeIn, isoZoneIn} from "./isoTime.js";

/**
 * Reads the times that web logs state: `17/May/2015:10:05:03 +0000` (months in any case; a fraction, a space before the
 * clock and no zone are allowed), cPanel’s `05/17/2015:10:05:03 -0000`, ISO 8601, and seconds, milliseconds, micro- or
 * nanoseconds since 1970, which their size tells apart. Keeps the last day, which the next line mostly shares.
 */
export class LogTime {
  /** UTC milliseconds, rounded. */
  time = Number.NaN;
  /** Minutes that the clock is ahead of UTC, 0 where the text does not say. */
  zone = 0;
  private day = Number.NaN;
  // The text of that day, `17/May/2015`, in three numbers.
  private text0 = 0;
  private text1 = 0;
  private text2 = 0;

  /** Whether the bytes are a time from 1970 on, which `time` and `zone` then are; otherwise these say nothing. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (bytes[start + 2] === slash && end - start >= shortest) {
      if (bytes[start + 5] === slash) this.readClock(bytes, start + 10, end, americanDay(bytes, start));
      else this.readClock(bytes, start + 11, end, this.dayAt(bytes, start));
    } else if (bytes[start + 4] === slash || bytes[start + 4] === dash) this.readIso(bytes, start, end);
    else return this.readNumber(decimalIn(bytes, start, end));
    return this.time >= 0;
  }

  /** The same of a number since 1970; of seconds from 1973 on, since a smaller number is more likely a duration. */
  readNumber(value: number): boolean {
    if (!(value >= 1e8 && value < 1e19)) return false;
    this.zone = 0;
    this.time = Math.round(
      value < 1e11 ? 1e3 * value : value < 1e14 ? value : value < 1e17 ? value / 1e3 : value / 1e6
    );
    return true;
  }

  /** Reads what follows a day: `:10:05:03 +0000`. */
  private readClock(bytes: Uint8Array, start: number, end: number, day: number): void {
    const hour = twoDigits(bytes, start + 1);
    const minute = twoDigits(bytes, start + 4);
    const second = twoDigits(bytes, start + 7);
    let i = start + 9;
    let fraction = 0;
    if (i < end && bytes[i] === point) {
      for (let unit = 100; ++i < end && isDigit(bytes[i]!); unit /= 10) fraction += unit * (bytes[i]! - zero);
    }
    this.zone = i === end ? 0 : zoneIn(bytes, bytes[i] === space ? i + 1 : i, end);
    const gap = bytes[start];
    const isClock = (gap === colon || gap === space) && bytes[start + 3] === colon && bytes[start + 6] === colon;
    // Second 60 is a leap second, which is the first of the next minute.
    this.time =
      isClock && hour < 24 && minute < 60 && second <= 60
        ? day + 1000 * (60 * (60 * hour + minute - this.zone) + second) + Math.round(fraction)
        : Number.NaN;
  }

  private readIso(bytes: Uint8Array, start: number, end: number): void {
    // A space may stand before the zone.
    let gap = start + 16;
    while (gap < end && bytes[gap] !== space) ++gap;
    this.zone = gap < end ? zoneIn(bytes, gap + 1, end) : isoZoneIn(bytes, start, end);
    const time = isoTimeIn(bytes, start, gap);
    this.time = Math.round(gap < end ? time - 60_000 * this.zone : time);
  }

  /** UTC milliseconds of `17/May/2015`, NaN where there is no such day. */
  private dayAt(bytes: Uint8Array, i: number): number {
    const text0 = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
    const text1 = (bytes[i + 4]! << 24) | (bytes[i + 5]! << 16) | (bytes[i + 6]! << 8) | bytes[i + 7]!;
    const text2 = (bytes[i + 8]! << 16) | (bytes[i + 9]! << 8) | bytes[i + 10]!;
    if (text2 !== this.text2 || text1 !== this.text1 || text0 !== this.text0) {
      this.text0 = text0;
      this.text1 = text1;
      this.text2 = text2;
      const month = months.indexOf(((text0 & 0xff) << 16) | (text1 >>> 16) | lowerCase) + 1;
      const year = 100 * twoDigits(bytes, i + 7) + twoDigits(bytes, i + 9);
      this.day = bytes[i + 6] === slash ? 864e5 * dayNumber(year, month, twoDigits(bytes, i)) : Number.NaN;
    }
    return this.day;
  }
}

const [space, plus, dash, point, slash, zero, colon, letterZ] = [32, 43, 45, 46, 47, 48, 58, 90];
const shortest = 19;
const lowerCase = 0x202020;
const months = Array.from("jan feb mar apr may jun jul aug sep oct nov dec".split(" "), (name) =>
  Array.from(name).reduce((letters, letter) => (letters << 8) | letter.charCodeAt(0), 0)
);

/** UTC milliseconds of `05/17/2015`, NaN where there is no such day. */
function americanDay(bytes: Uint8Array, i: number): number {
  const year = 100 * twoDigits(bytes, i + 6) + twoDigits(bytes, i + 8);
  return 864e5 * dayNumber(year, twoDigits(bytes, i), twoDigits(bytes, i + 3));
}

/** Minutes ahead of UTC of `+0530`, `+05:30` and `Z`; NaN for anything else. */
function zoneIn(bytes: Uint8Array, start: number, end: number): number {
  if (end - start === 1 && bytes[start] === letterZ) return 0;
  const minutesStart = end - start === 6 && bytes[start + 3] === colon ? start + 4 : start + 3;
  const sign = bytes[start];
  const hours = twoDigits(bytes, start + 1);
  const minutes = twoDigits(bytes, minutesStart);
  if ((sign !== plus && sign !== dash) || minutesStart + 2 !== end || !(hours < 24 && minutes < 60)) return Number.NaN;
  return sign === plus ? 60 * hours + minutes : 0 - 60 * hours - minutes;
}

function twoDigits(bytes: Uint8Array, i: number): number {
  const tens = bytes[i]! - zero;
  const units = bytes[i + 1]! - zero;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? 10 * tens + units : Number.NaN;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= 57;
}
