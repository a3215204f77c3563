import {detectFormat} from "../formats/detectFormat.js";
import {headOf} from "../formats/format.js";
import {InputError} from "../inputError.js";
import type {AlertChanged, AlertEvent} from "./alert.js";
import type {Train} from "./liveModel.js";
import type {WatchState} from "./liveState.js";
import {Watch, type WatchOptions} from "./watch.js";

/** What a watch told while a log passed: how it stood every few seconds of the traffic, and what happened, each in order. */
export interface RecordedAlerts {
  readonly frames: readonly {readonly clock: number; readonly state: WatchState}[];
  readonly events: readonly {readonly clock: number; readonly event: AlertEvent}[];
}

/** Of a log: its name and its bytes, uncompressed; and seconds of the traffic between two frames, 5 unless told. */
export interface RecordingOptions extends WatchOptions {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly every?: number;
}

/**
 * Watches a log from its beginning to its end, as fast as it goes. Throws an InputError where the log is of no known format, or
 * holds no records of the kind that is watched.
 */
export async function recordAlerts(
  {file, bytes, every = 5, ...options}: RecordingOptions,
  train: Train
): Promise<RecordedAlerts> {
  const format = detectFormat(headOf(bytes, true));
  if (format === null) throw new InputError(`${file}: expected a log, got none of a known format`);
  const watch = new Watch(options, train);
  const frames: {clock: number; state: WatchState}[] = [];
  const events: {clock: number; event: AlertEvent}[] = [];
  const keep = (changes: readonly AlertChanged[]) => {
    for (const change of changes) {
      events.push({clock: change.alert.changed, event: {...change, sequence: events.length + 1}});
    }
  };
  const addFrame = () => {
    if (watch.clock !== null) frames.push({clock: watch.clock, state: watch.state()});
  };
  watch.begin(file, format);
  const ignore = () => {};
  const reader = format.open({
    request: (record) => watch.request(record),
    flow: (record) => watch.flow(record),
    packet: ignore,
    reject: ignore,
    passOver: ignore
  });
  let next = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    reader.push(bytes.subarray(at, at + pieceBytes));
    keep(await watch.flush());
    if (watch.clock === null || watch.clock < next) continue;
    addFrame();
    next = watch.clock + 1000 * every;
  }
  reader.end();
  keep(await watch.end());
  addFrame();
  return {frames, events};
}

/** Few enough that no two frames are due in one piece. */
const pieceBytes = 512;
