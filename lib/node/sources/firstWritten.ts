import {type Format, type Head, headBytes} from "../../formats/format.js";
import type {RecordReceiver} from "../../formats/recordReader.js";

/**
 * When the first record of a file was written, so far as it tells: its time, of a flow that of its end, in UTC milliseconds;
 * NaN where none has one. It rises from one file of a log to the next, which the beginnings of flows do not.
 */
export function firstWritten(format: Format, head: Head): number {
  let first = Number.NaN;
  const take = (time: number) => {
    if (Number.isNaN(first)) first = time;
  };
  const ignore = () => {};
  const receiver: RecordReceiver = {
    request: ({time}) => take(time),
    flow: ({time, duration}) => take(duration > 0 ? time + 1000 * duration : time),
    packet: ignore,
    reject: ignore,
    passOver: ignore
  };
  const reader = format.open(receiver);
  reader.push(head.bytes.subarray(0, headBytes));
  reader.end();
  return first;
}
