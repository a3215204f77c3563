import type {AlertEvent} from "../lib/live/alert.js";
import type {WatchState} from "../lib/live/liveState.js";

/** What was watched when the site was built: how it stood from time to time, and what happened, both in their order. */
export interface Recording {
  readonly about: RecordingAbout;
  readonly frames: readonly {readonly clock: number; readonly state: WatchState}[];
  readonly events: readonly {readonly clock: number; readonly event: AlertEvent}[];
}

export interface RecordingAbout {
  /** What was recorded, in a few words. */
  readonly title: string;
  readonly file: string;
  /** What the model of it had learned from, in a sentence or two; absent where that was the recording itself. */
  readonly learned?: string;
}

/**
 * Plays a recording: its clock goes on as it is told, and gives what has happened since. Frames come only as the last that
 * is due, events all.
 */
export class LiveReplay {
  readonly from: number;
  readonly to: number;
  readonly #recording: Recording;
  #clock: number;
  #frame = 0;
  #event = 0;

  constructor(recording: Recording) {
    const {frames, events} = recording;
    this.#recording = recording;
    this.from = frames[0]?.clock ?? 0;
    this.to = Math.max(this.from, frames.at(-1)?.clock ?? 0, events.at(-1)?.clock ?? 0);
    this.#clock = this.from;
  }

  get clock(): number {
    return this.#clock;
  }

  get hasEnded(): boolean {
    return this.#clock >= this.to && this.#frame === this.#recording.frames.length;
  }

  /** Goes on by so many milliseconds of the traffic, as far as the recording goes. */
  advance(milliseconds: number): {state: WatchState | null; events: readonly AlertEvent[]} {
    const {frames, events} = this.#recording;
    this.#clock = Math.min(this.to, this.#clock + Math.max(0, milliseconds));
    let state: WatchState | null = null;
    while (this.#frame < frames.length && frames[this.#frame]!.clock <= this.#clock)
      state = frames[this.#frame++]!.state;
    const first = this.#event;
    while (this.#event < events.length && events[this.#event]!.clock <= this.#clock) this.#event++;
    return {state, events: events.slice(first, this.#event).map(({event}) => event)};
  }

  restart(): void {
    this.#clock = this.from;
    this.#frame = 0;
    this.#event = 0;
  }
}
