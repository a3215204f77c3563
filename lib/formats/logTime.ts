/**
 * Reads the times that web logs state: `17/May/2015:10:05:03 +0000` (months in any case; a space before the clock, a fraction
 * and no zone are allowed), ISO 8601 (`2015-05-17T10:05:03.25+02:00`, also with slashes or a space), and seconds,
 * milliseconds, micro- or nanoseconds since 1970, told apart by their size. Keeps the last day, which the next line shares.
 */
export class LogTime {
  /** UTC milliseconds. */
  time = Number.NaN;
  /** Minutes that the clock is ahead of UTC, 0 where the text does not say. */
  zone = 0;
  private dayText0 = 0;
  private dayText1 = 0;
  private dayText2 = 0;
  private day = Number.NaN;
  private i = 0;

  /** Whether the bytes from `start` to before `end` are a time from 1970 on; if so `time` and `zone` are set. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start === 26 && bytes[start + 11] === colon && bytes[start + 20] === space) {
      const day = this.dayAt(bytes, start);
      const hour = twoDigits(bytes, start + 12);
      const minute = twoDigits(bytes, start + 15);
      const second = twoDigits(bytes, start + 18);
      const ahead = twoDigits(bytes, start + 22);
      const aheadMinutes = twoDigits(bytes, start + 24);
      const sign = bytes[start + 21];
      if (
        isClock(hour, minute, second) &&
        isZone(ahead, aheadMinutes) &&
        bytes[start + 14] === colon &&
        bytes[start + 17] === colon &&
        (sign === plus || sign === minus)
      ) {
        this.zone = sign === plus ? 60 * ahead + aheadMinutes : -60 * ahead - aheadMinutes;
        this.time = day + 1000 * (60 * (60 * hour + minute - this.zone) + second);
        return !Number.isNaN(day);
      }
    }
    return this.readAny(bytes, start, end);
  }

  /** The same for a number that states a time since 1970, seconds from 1973 on. */
  readNumber(value: number): boolean {
    if (!(value >= 1e8 && value < 1e20)) return false;
    this.zone = 0;
    const perMillisecond = value < 1e11 ? 1e-3 : value < 1e14 ? 1 : value < 1e17 ? 1e3 : 1e6;
    this.time = perMillisecond === 1e-3 ? Math.round(value * 1e3) : Math.floor(value / perMillisecond);
    return true;
  }

  private dayAt(bytes: Uint8Array, i: number): number {
    const text0 = (bytes[i]! << 24) | (bytes[i + 1]! << 16) | (bytes[i + 2]! << 8) | bytes[i + 3]!;
    const text1 = (bytes[i + 4]! << 24) | (bytes[i + 5]! << 16) | (bytes[i + 6]! << 8) | bytes[i + 7]!;
    const text2 = (bytes[i + 8]! << 16) | (bytes[i + 9]! << 8) | bytes[i + 10]!;
    if (text2 === this.dayText2 && text1 === this.dayText1 && text0 === this.dayText0) return this.day;
    this.dayText0 = text0;
    this.dayText1 = text1;
    this.dayText2 = text2;
    this.i = i;
    this.day = this.readDay(bytes, i + 11);
    return this.day;
  }

  private readAny(bytes: Uint8Array, start: number, end: number): boolean {
    this.i = start;
    if (isNumber(bytes, start, end)) return this.readNumber(numberIn(bytes, start, end));
    const day = isDigit(bytes[start + 2]) ? this.readIsoDay(bytes, end) : this.readDay(bytes, end);
    const between = bytes[this.i++]!;
    if (between !== colon && between !== space && between !== upperT && between !== lowerT) return false;
    const clock = this.readClock(bytes, end);
    if (!this.readZone(bytes, end)) return false;
    this.time = day + clock - 60_000 * this.zone;
    return !Number.isNaN(this.time);
  }

  /** `17/May/2015`, as UTC milliseconds; NaN where there is none. */
  private readDay(bytes: Uint8Array, end: number): number {
    const day = this.readDigits(bytes, 1, 2, end);
    if (!isDaySeparator(bytes[this.i++])) return Number.NaN;
    const letters = (bytes[this.i]! << 16) | (bytes[this.i + 1]! << 8) | bytes[this.i + 2]!;
    const month = months.indexOf(letters | 0x202020);
    this.i += 3;
    if (!isDaySeparator(bytes[this.i++])) return Number.NaN;
    return dayOf(this.readDigits(bytes, 4, 4, end), month, day);
  }

  private readIsoDay(bytes: Uint8Array, end: number): number {
    const year = this.readDigits(bytes, 4, 4, end);
    if (!isDaySeparator(bytes[this.i++])) return Number.NaN;
    const month = this.readDigits(bytes, 2, 2, end);
    if (!isDaySeparator(bytes[this.i++])) return Number.NaN;
    return dayOf(year, month - 1, this.readDigits(bytes, 2, 2, end));
  }

  /** `10:05:03.25`, as milliseconds since midnight; NaN where there is none. */
  private readClock(bytes: Uint8Array, end: number): number {
    const hour = this.readDigits(bytes, 2, 2, end);
    if (bytes[this.i++] !== colon) return Number.NaN;
    const minute = this.readDigits(bytes, 2, 2, end);
    if (bytes[this.i++] !== colon) return Number.NaN;
    const second = this.readDigits(bytes, 2, 2, end);
    if (!isClock(hour, minute, second)) return Number.NaN;
    let milliseconds = 0;
    if (this.i < end && (bytes[this.i] === dot || bytes[this.i] === comma)) {
      let unit = 100;
      for (++this.i; this.i < end && isDigit(bytes[this.i]); ++this.i, unit /= 10) {
        milliseconds += unit * (bytes[this.i]! - zero);
      }
    }
    return 1000 * (60 * (60 * hour + minute) + second) + Math.floor(milliseconds + 1e-6);
  }

  private readZone(bytes: Uint8Array, end: number): boolean {
    this.zone = 0;
    if (this.i < end && bytes[this.i] === space) ++this.i;
    if (this.i >= end) return this.i === end;
    const sign = bytes[this.i++];
    if (sign === upperZ || sign === lowerZ) return this.i === end;
    if (sign !== plus && sign !== minus) return false;
    const hours = this.readDigits(bytes, 2, 2, end);
    if (this.i < end && bytes[this.i] === colon) ++this.i;
    const minutes = this.i < end ? this.readDigits(bytes, 2, 2, end) : 0;
    if (!isZone(hours, minutes)) return false;
    this.zone = sign === plus ? 60 * hours + minutes : -60 * hours - minutes;
    return this.i === end;
  }

  /** From `least` to `most` digits as a number, NaN where there are fewer. */
  private readDigits(bytes: Uint8Array, least: number, most: number, end: number): number {
    let value = 0;
    let digits = 0;
    for (; digits < most && this.i < end && isDigit(bytes[this.i]); ++digits)
      value = 10 * value + bytes[this.i++]! - zero;
    return digits < least ? Number.NaN : value;
  }
}

const [space, plus, comma, minus, dot, slash, zero, colon] = [32, 43, 44, 45, 46, 47, 48, 58];
const [upperT, upperZ, lowerT, lowerZ] = [84, 90, 116, 122];
const months = "jan feb mar apr may jun jul aug sep oct nov dec"
  .split(" ")
  .map((name) => (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2));

function isDaySeparator(byte: number | undefined): boolean {
  return byte === slash || byte === minus;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= 57;
}

// -1 is no number of a clock.
function twoDigits(bytes: Uint8Array, i: number): number {
  const tens = bytes[i]! - zero;
  const units = bytes[i + 1]! - zero;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? 10 * tens + units : -1;
}

// Second 60 is a leap second.
function isClock(hour: number, minute: number, second: number): boolean {
  return hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 60;
}

function isZone(hours: number, minutes: number): boolean {
  return hours >= 0 && hours <= 18 && minutes >= 0 && minutes <= 59;
}

function dayOf(year: number, month: number, day: number): number {
  if (!(year >= 1970 && month >= 0 && day >= 1)) return Number.NaN;
  const time = Date.UTC(year, month, day);
  const date = new Date(time);
  return date.getUTCMonth() === month && date.getUTCDate() === day ? time : Number.NaN;
}

function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let dots = 0;
  for (let i = start; i < end; ++i) {
    if (bytes[i] === dot) ++dots;
    else if (!isDigit(bytes[i])) return false;
  }
  return end > start && dots <= 1;
}

function numberIn(bytes: Uint8Array, start: number, end: number): number {
  let text = "";
  for (let i = start; i < Math.min(end, start + 40); ++i) text += String.fromCharCode(bytes[i]!);
  return Number(text);
}
