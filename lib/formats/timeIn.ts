import {decimalIn} from "./decimalIn.js";
import {isoTimeIn} from "./isoTime.js";

/**
 * UTC milliseconds, with their fraction, of a time in bytes: a date and time as isoTimeIn reads it, or seconds since 1970
 * with or without a fraction; numbers from 1e11 on are milliseconds. NaN where there is none, and behind the year 9999.
 */
export function timeIn(bytes: Uint8Array, start: number, end: number): number {
  const fifth = start + 4 < end ? bytes[start + 4] : 0;
  if (fifth === dash || fifth === slash) return isoTimeIn(bytes, start, end);
  return epochTime(decimalIn(bytes, start, end, 3));
}

/** Like timeIn, of a number since 1970 that is in milliseconds where it were seconds, such as 1379288667706.265. */
export function epochTime(milliseconds: number): number {
  const time = milliseconds < leastScaled ? milliseconds : milliseconds / 1000;
  return time >= 0 && time < endOfTime ? time : Number.NaN;
}

const [dash, slash] = [45, 47];
const leastScaled = 1e14;
const endOfTime = Date.UTC(10000, 0, 1);
