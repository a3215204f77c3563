/**
 * Numbers by when they were last touched. Touching writes a time only: numbers stand in buckets of a part of a span, and one
 * that was touched since is moved when its bucket’s turn comes. Times that are touched never descend.
 */
export class Recency {
  size = 0;
  private readonly width: number;
  private readonly heads = new Int32Array(buckets).fill(-1);
  private time: Float64Array = new Float64Array(1024);
  private next: Int32Array = new Int32Array(1024);
  /** No number stands in a bucket before this one. */
  private first = Number.POSITIVE_INFINITY;

  /** Numbers are taken that were not touched for at least `span`, and at most a 32nd longer. */
  constructor(private readonly span: number) {
    this.width = span / 32;
  }

  add(item: number, time: number): void {
    if (item >= this.time.length) this.grow(item);
    ++this.size;
    this.time[item] = time;
    this.place(item);
  }

  touch(item: number, time: number): void {
    this.time[item] = time;
  }

  /** Removes and returns a number that was not touched since `now` less the span, −1 where there is none. */
  takeSilent(now: number): number {
    const before = Math.floor((now - this.span) / this.width);
    while (this.size > 0 && this.first < before) {
      const item = this.takeFirst();
      if (item >= 0) return item;
    }
    return -1;
  }

  /** Removes and returns the number that was touched longest ago, to within a 32nd of the span; −1 where there is none. */
  takeOldest(): number {
    while (this.size > 0) {
      const item = this.takeFirst();
      if (item >= 0) return item;
    }
    return -1;
  }

  // Takes one number out of the first bucket that holds any, −1 where it belongs to a later one, or where there is none.
  private takeFirst(): number {
    const head = this.first & (buckets - 1);
    const item = this.heads[head]!;
    if (item < 0) {
      ++this.first;
      return -1;
    }
    this.heads[head] = this.next[item]!;
    if (this.bucketOf(item) > this.first) {
      this.place(item);
      return -1;
    }
    --this.size;
    if (this.size === 0) this.first = Number.POSITIVE_INFINITY;
    return item;
  }

  private place(item: number): void {
    const bucket = this.bucketOf(item);
    if (bucket < this.first) this.first = bucket;
    this.next[item] = this.heads[bucket & (buckets - 1)]!;
    this.heads[bucket & (buckets - 1)] = item;
  }

  private bucketOf(item: number): number {
    return Math.floor(this.time[item]! / this.width);
  }

  private grow(item: number): void {
    const length = Math.max(2 * this.time.length, item + 1);
    const {time, next} = this;
    this.time = new Float64Array(length);
    this.time.set(time);
    this.next = new Int32Array(length);
    this.next.set(next);
  }
}

// More than one turn of the wheel never stands in it: what is silent for the span is taken before later times are touched.
const buckets = 64;
