/** Buckets of a window: the one that runs and the eleven before it. */
export const windowBuckets = 12;

/**
 * Sums over a window that slides with the time of each place, exact in its buckets: the window is the bucket that the
 * latest time falls into and the eleven before, so that buckets of 5 s make a window of 55 to 60 s. Each place has its own
 * clock, which never goes back unless it is restarted.
 */
export class SlidingSums {
  private latest = new Float64Array();
  private sums = new Float64Array();
  private readonly stride: number;

  /** Windows of buckets of so many milliseconds, each summing so many series. */
  constructor(
    private readonly bucket: number,
    private readonly series: number
  ) {
    this.stride = (windowBuckets + 1) * series;
  }

  /** Makes room for places up to before `places`. */
  reserve(places: number): void {
    if (places <= this.latest.length) return;
    const latest = new Float64Array(places);
    latest.set(this.latest);
    this.latest = latest;
    const sums = new Float64Array(places * this.stride);
    sums.set(this.sums);
    this.sums = sums;
  }

  /** Empties the window of a place and sets its clock. */
  restart(place: number, time: number): void {
    this.latest[place] = Math.floor(time / this.bucket);
    this.sums.fill(0, place * this.stride, (place + 1) * this.stride);
  }

  /** Moves the window of a place on to a time; an earlier one than its latest leaves it where it is. */
  advance(place: number, time: number): void {
    const {series, sums} = this;
    const latest = this.latest[place]!;
    const tick = Math.floor(time / this.bucket);
    if (tick <= latest) return;
    this.latest[place] = tick;
    const base = place * this.stride;
    const total = base + windowBuckets * series;
    if (tick - latest >= windowBuckets) {
      sums.fill(0, base, total + series);
      return;
    }
    for (let i = latest + 1; i <= tick; ++i) {
      const bucket = base + series * wrapped(i);
      for (let s = 0; s < series; ++s) {
        sums[total + s]! -= sums[bucket + s]!;
        sums[bucket + s] = 0;
      }
    }
  }

  /** Adds to the bucket that runs. */
  add(place: number, series: number, value: number): void {
    const base = place * this.stride;
    this.sums[base + this.series * wrapped(this.latest[place]!) + series]! += value;
    this.sums[base + windowBuckets * this.series + series]! += value;
  }

  /** Moves a count of one, which was added when the place’s clock stood at `time`, to the bucket that runs. */
  renew(place: number, series: number, time: number): void {
    const latest = this.latest[place]!;
    const tick = Math.floor(time / this.bucket);
    if (tick === latest) return;
    if (tick > latest - windowBuckets) {
      const base = place * this.stride;
      --this.sums[base + this.series * wrapped(tick) + series]!;
      --this.sums[base + windowBuckets * this.series + series]!;
    }
    this.add(place, series, 1);
  }

  /** The sum over the window. */
  sum(place: number, series: number): number {
    return this.sums[place * this.stride + windowBuckets * this.series + series]!;
  }
}

// the remainder that is never negative, also before 1970
function wrapped(tick: number): number {
  return tick - windowBuckets * Math.floor(tick / windowBuckets);
}
