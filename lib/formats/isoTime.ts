import {wholeIn} from "./asciiNumber.js";

/**
 * UTC milliseconds, with their fraction, of a date and time in bytes: `2018-01-12 15:37:30.942`, with a `T`, with slashes,
 * without seconds, and with a zone of `Z`, `+01:00`, `+0100` or `+01`. Without a zone it is taken as UTC. NaN where there is
 * none, where anything else stands there, and for a date or hour that does not exist.
 */
export function isoTimeIn(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 16) return Number.NaN;
  const dash = bytes[start + 4];
  const gap = bytes[start + 10];
  if ((dash !== minus && dash !== slash) || bytes[start + 7] !== dash) return Number.NaN;
  if ((gap !== letterT && gap !== space) || bytes[start + 13] !== colon) return Number.NaN;
  const days = dayNumber(
    100 * twoDigits(bytes, start) + twoDigits(bytes, start + 2),
    twoDigits(bytes, start + 5),
    twoDigits(bytes, start + 8)
  );
  const hours = twoDigits(bytes, start + 11);
  const minutes = twoDigits(bytes, start + 14);
  if (!(hours < 24 && minutes < 60)) return Number.NaN;
  let milliseconds = 0;
  let i = start + 16;
  if (i < end && bytes[i] === colon) {
    const zone = zoneStart(bytes, i, end);
    // A leap second is the first of the next minute.
    const seconds = end - i < 3 ? Number.NaN : twoDigits(bytes, i + 1);
    milliseconds = zone === i + 3 ? 1000 * seconds : fraction(bytes, i + 1, zone);
    if (!(seconds <= 60)) return Number.NaN;
    i = zone;
  }
  return 864e5 * days + 6e4 * (60 * hours + minutes - zoneIn(bytes, i, end)) + milliseconds;
}

/** Minutes that the zone of such a time is ahead of UTC: 0 without a zone, NaN where it is none. */
export function isoZoneIn(bytes: Uint8Array, start: number, end: number): number {
  return zoneIn(bytes, zoneStart(bytes, Math.min(start + 16, end), end), end);
}

/** Like isoTimeIn, of text. */
export function isoTime(text: string): number {
  return isoTimeIn(scratch, 0, intoScratch(text));
}

/** Like isoZoneIn, of text. */
export function isoZone(text: string): number {
  return isoZoneIn(scratch, 0, intoScratch(text));
}

/** Days from 1970-01-01 to a date of the Gregorian calendar, NaN where there is no such date. */
export function dayNumber(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (day > (month === 2 && isLeap ? 29 : daysIn[month - 1]!)) return Number.NaN;
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - leapDaysBefore1970;
  return 365 * (year - 1970) + leapDays + daysBefore[month - 1]! + (isLeap && month > 2 ? 1 : 0) + day - 1;
}

/** Seconds with a fraction of up to 15 digits, in milliseconds. */
function fraction(bytes: Uint8Array, start: number, end: number): number {
  const digits = end - start - 3;
  if ((bytes[start + 2] !== point && bytes[start + 2] !== comma) || digits > 15) return Number.NaN;
  return 1000 * twoDigits(bytes, start) + wholeIn(bytes, start + 3, end) / 10 ** (digits - 3);
}

/** Where digits, points, commas and colons end. */
function zoneStart(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && ((bytes[i]! >= zero && bytes[i]! <= colon) || bytes[i] === point || bytes[i] === comma)) ++i;
  return i;
}

function zoneIn(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length === 0 || (length === 1 && (bytes[start]! | lowerCase) === letterZ)) return 0;
  const sign = bytes[start] === plus ? 1 : bytes[start] === minus ? -1 : Number.NaN;
  const hasColon = length === 6 && bytes[start + 3] === colon;
  if (length !== 3 && length !== 5 && !hasColon) return Number.NaN;
  const hours = twoDigits(bytes, start + 1);
  const minutes = length === 3 ? 0 : twoDigits(bytes, hasColon ? start + 4 : start + 3);
  return hours < 24 && minutes < 60 ? sign * (60 * hours + minutes) : Number.NaN;
}

function twoDigits(bytes: Uint8Array, start: number): number {
  const tens = bytes[start]! - zero;
  const ones = bytes[start + 1]! - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

/** Puts text into the scratch bytes and tells its length there; text that is too long to be a time is left out. */
function intoScratch(text: string): number {
  if (text.length > scratch.length) return 0;
  // What is not ASCII becomes a byte that no time has.
  for (let i = 0; i < text.length; ++i) scratch[i] = Math.min(text.charCodeAt(i), 255);
  return text.length;
}

const [zero, colon, point, comma, minus, plus, slash, space] = [48, 58, 46, 44, 45, 43, 47, 32];
const [letterT, letterZ, lowerCase] = [84, 122, 32];
const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const leapDaysBefore1970 = 477;
const scratch = new Uint8Array(48);
