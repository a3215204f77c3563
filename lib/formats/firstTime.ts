import {type Format, type Head, headBytes} from "./format.js";
import type {RecordReceiver} from "./recordReader.js";

/** A file’s format and its beginning. */
export interface Begun {
  readonly format: Format;
  readonly head: Head;
}

/** Files in the order of the first time that each states, NaN none; those without stay behind the one given before them. */
export function inTimeOrder<T extends Begun>(files: readonly T[]): T[] {
  if (files.length < 2) return [...files];
  let last = Number.NEGATIVE_INFINITY;
  const timed = files.map((file) => {
    const time = firstTime(file);
    if (!Number.isNaN(time)) last = time;
    return {file, time: last};
  });
  return timed.sort((a, b) => (a.time === b.time ? 0 : a.time - b.time)).map(({file}) => file);
}

/** The first time that a record of a file’s beginning states, in UTC milliseconds; NaN where none does. */
export function firstTime({format, head}: Begun): number {
  let first = Number.NaN;
  const record = ({time}: {time: number}) => {
    if (Number.isNaN(first)) first = time;
  };
  const ignore = () => {};
  const receiver: RecordReceiver = {request: record, flow: record, packet: ignore, reject: ignore, passOver: ignore};
  const reader = format.open(receiver);
  reader.push(head.bytes.subarray(0, headBytes));
  reader.end();
  return first;
}
