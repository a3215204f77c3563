import type {Minute} from "./liveState.js";

/** What the last 60 minutes of the traffic held, in arrays that do not grow. Clocks are UTC milliseconds. */
export class Minutes {
  private readonly counts = new Float64Array(kept * stride);
  /** The first minute that anything was counted in, and the newest, in minutes since 1970. */
  private first = Number.NaN;
  private newest = Number.NaN;

  addRecord(clock: number): void {
    const o = this.at(clock);
    if (o >= 0) ++this.counts[o]!;
  }

  addScore(clock: number, score: number): void {
    const o = this.at(clock);
    if (o < 0) return;
    ++this.counts[o + 1]!;
    ++this.counts[o + 3 + Math.min(parts - 1, Math.floor(parts * score))]!;
  }

  addAlert(clock: number): void {
    const o = this.at(clock);
    if (o >= 0) ++this.counts[o + 2]!;
  }

  /** Alerts of all of these minutes. */
  get alerts(): number {
    let sum = 0;
    for (let o = 2; o < this.counts.length; o += stride) sum += this.counts[o]!;
    return sum;
  }

  /** Oldest first; the newest is unfinished. */
  list(): Minute[] {
    const {counts, first, newest} = this;
    if (Number.isNaN(newest)) return [];
    const length = Math.min(kept, newest - first + 1);
    return Array.from({length}, (_, i) => {
      const minute = newest - length + 1 + i;
      const o = offsetOf(minute);
      const [records, scored, alerts] = [counts[o]!, counts[o + 1]!, counts[o + 2]!];
      return {time: minute * span, records, scored, alerts, scores: Array.from(counts.subarray(o + 3, o + stride))};
    });
  }

  // Where the counts of a clock’s minute stand, −1 where that is gone.
  private at(clock: number): number {
    const minute = Math.floor(clock / span);
    if (Number.isNaN(this.newest)) this.first = this.newest = minute;
    if (minute > this.newest) this.advance(minute);
    return minute > this.newest - kept ? offsetOf(minute) : -1;
  }

  private advance(minute: number): void {
    const {counts, newest} = this;
    if (minute - newest >= kept) counts.fill(0);
    else for (let i = newest + 1; i <= minute; ++i) counts.fill(0, offsetOf(i), offsetOf(i) + stride);
    this.newest = minute;
  }
}

const span = 60_000;
const kept = 60;
const parts = 20;
/** Records, scored rows, alerts, and scored rows by score. */
const stride = 3 + parts;

function offsetOf(minute: number): number {
  return (((minute % kept) + kept) % kept) * stride;
}
