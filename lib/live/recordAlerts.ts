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

/** A log to watch. */
export interface RecordingOptions extends WatchOptions {
  readonly file: string;
  /** Its bytes, uncompressed. */
  readonly bytes: Uint8Array;
  /** Traffic before it, of the same format, from which only the model learns; none unless given. */
  readonly before?: Uint8Array;
  /** Seconds of the traffic between two frames, 5 unless told. */
  readonly every?: number;
}

/**
 * Watches a log from its beginning to its end, as fast as it goes. Throws an InputError where the log is of no known format, or
 * holds no records of the kind that is watched.
 */
export async function recordAlerts(
  {file, bytes, before = new Uint8Array(), every = 5, ...options}: RecordingOptions,
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
  const read = async (log: Uint8Array, then: (changes: readonly AlertChanged[]) => void) => {
    watch.begin(file, format);
    const reader = format.open({...watch.receiver(), packet: ignore, reject: ignore, passOver: ignore});
    for (let at = 0; at < log.length; at += pieceBytes) {
      reader.push(log.subarray(at, at + pieceBytes));
      then(await watch.flush());
    }
    reader.end();
  };
  await read(before, () => {});
  let next = Number.NEGATIVE_INFINITY;
  await read(bytes, (changes) => {
    keep(changes);
    if (watch.clock === null || watch.clock < next) return;
    addFrame();
    next = watch.clock + 1000 * every;
  });
  keep(await watch.end());
  addFrame();
  return {frames, events};
}

/** Frames are taken between pieces, which are small so that they come when they are due, if lines do. */
const pieceBytes = 512;

const ignore = () => {};
