import {decimalIn} from "./decimalIn.js";
import {isoTime, isoTimeIn} from "./isoTime.js";

/**
 * UTC milliseconds, with their fraction, of a time in bytes: a date and time as isoTimeIn reads it, or seconds since 1970
 * with or without a fraction; numbers from 1e11 on are milliseconds. NaN where there is none, and behind the year 9999.
 */
export function timeIn(bytes: Uint8Array, start: number, end: number): number {
  const fifth = start + 4 < end ? bytes[start + 4] : 0;
  if (fifth === dash || fifth === slash) return isoTimeIn(bytes, start, end);
  return epochTime(decimalIn(bytes, start, end, 3));
}

/** Like timeIn, of a value of JSON. Numbers of seconds are taken to the microsecond, which is what a double holds. */
export function timeOf(value: unknown): number {
  if (typeof value === "number")
    return epochTime(value < leastScaled / 1000 ? Math.round(1e6 * value) / 1e3 : 1e3 * value);
  if (typeof value !== "string") return Number.NaN;
  return /^\d{1,16}(\.\d{1,9})?$/.test(value) ? timeOf(Number(value)) : isoTime(value);
}

/** Like timeIn, of a number since 1970 that is in milliseconds where it were seconds, such as 1379288667706.265. */
function epochTime(milliseconds: number): number {
  const time = milliseconds < leastScaled ? milliseconds : milliseconds / 1000;
  return time >= 0 && time < endOfTime ? time : Number.NaN;
}

const [dash, slash] = [45, 47];
const leastScaled = 1e14;
const endOfTime = Date.UTC(10000, 0, 1);
