import {type Format, type Head, headBytes} from "../../formats/format.js";
import type {RecordReceiver} from "../../formats/recordReader.js";

/**
 * The latest time in a file’s beginning, UTC milliseconds, of flows that of their end; NaN where there is none. Unlike the
 * first time it rises from one file of a log to the next, also where what took long is written late.
 */
export function latestTime(format: Format, head: Head): number {
  let latest = Number.NaN;
  const take = (time: number) => {
    if (!(time <= latest)) latest = time;
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
  return latest;
}
