/** Lets a recording pass as fast as its own times tell: `speed` times as fast as it happened. */
export class Pace {
  private first = Number.NaN;
  private latest = Number.NaN;
  private began = 0;

  /** `now` gives milliseconds that never fall. Throws a RangeError where speed is not above 0. */
  constructor(
    readonly speed: number,
    private readonly now: () => number = () => performance.now()
  ) {
    if (!(speed > 0)) throw new RangeError(`invalid speed: ${speed}`);
  }

  /** Whether what is of this time, UTC milliseconds, may pass now. A time that no other is near does not hold up the rest. */
  allows(time: number): boolean {
    if (this.speed === Number.POSITIVE_INFINITY || !Number.isFinite(time)) return true;
    const now = this.now();
    if (!(Math.abs(time - this.latest) <= longestGap)) {
      this.first = this.latest = time;
      this.began = now;
      return true;
    }
    const isDue = time - this.first <= (now - this.began) * this.speed;
    if (isDue) this.latest = Math.max(this.latest, time);
    return isDue;
  }
}

/** Milliseconds without traffic that pass in no time, as do steps back of this size: a day. */
const longestGap = 86_400_000;
