/**
 * Numbers keys of 64 bits from 0, in memory that is bounded: when there are `most`, a new key takes the place of the one
 * that was used longest ago. Constant time, whatever the keys: where more than 32 share a place of the hash table, which
 * only keys made for it do, one of them is forgotten early.
 */
export class RecentKeys {
  /** Whether the last `placeOf` met a key that was not known. */
  isNew = false;
  /** Places in use. */
  size = 0;
  /** Places that there is room for at present; grows up to `most`. */
  capacity: number;
  private heads: Int32Array;
  private next: Int32Array;
  private older: Int32Array;
  private newer: Int32Array;
  private high: Int32Array;
  private low: Int32Array;
  private newest = -1;
  private oldest = -1;

  constructor(private readonly most: number) {
    this.capacity = Math.min(most, 64);
    this.heads = new Int32Array(2 * powerFrom(this.capacity)).fill(-1);
    this.next = new Int32Array(this.capacity);
    this.older = new Int32Array(this.capacity);
    this.newer = new Int32Array(this.capacity);
    this.high = new Int32Array(this.capacity);
    this.low = new Int32Array(this.capacity);
  }

  /** The place of a key, given as two whole numbers of 32 bits: a new one, perhaps that of a key forgotten, if it is not known. */
  placeOf(high: number, low: number): number {
    const bucket = this.bucketOf(high, low);
    let last = -1;
    let steps = 0;
    for (let place = this.heads[bucket]!; place >= 0; place = this.next[place]!) {
      if (this.high[place] === high && this.low[place] === low) {
        this.isNew = false;
        if (place !== this.newest) {
          this.unlink(place);
          this.link(place);
        }
        return place;
      }
      last = place;
      ++steps;
    }
    this.isNew = true;
    return this.insert(high, low, steps >= longestChain ? last : -1);
  }

  private insert(high: number, low: number, crowded: number): number {
    let place = crowded;
    if (place < 0 && this.size < this.most) {
      if (this.size === this.capacity) this.grow();
      place = this.size++;
    } else {
      if (place < 0) place = this.oldest;
      this.unchain(place);
      this.unlink(place);
    }
    const bucket = this.bucketOf(high, low);
    this.high[place] = high;
    this.low[place] = low;
    this.next[place] = this.heads[bucket]!;
    this.heads[bucket] = place;
    this.link(place);
    return place;
  }

  private bucketOf(high: number, low: number): number {
    let hash = Math.imul(high ^ (high >>> 15), 0x9e3779b1) ^ Math.imul(low ^ (low >>> 16), 0x85ebca6b);
    hash ^= hash >>> 15;
    return hash & (this.heads.length - 1);
  }

  private link(place: number): void {
    this.older[place] = this.newest;
    this.newer[place] = -1;
    if (this.newest >= 0) this.newer[this.newest] = place;
    else this.oldest = place;
    this.newest = place;
  }

  private unlink(place: number): void {
    const older = this.older[place]!;
    const newer = this.newer[place]!;
    if (older >= 0) this.newer[older] = newer;
    else this.oldest = newer;
    if (newer >= 0) this.older[newer] = older;
    else this.newest = older;
  }

  private unchain(place: number): void {
    const bucket = this.bucketOf(this.high[place]!, this.low[place]!);
    let at = this.heads[bucket]!;
    if (at === place) {
      this.heads[bucket] = this.next[place]!;
      return;
    }
    while (this.next[at] !== place) at = this.next[at]!;
    this.next[at] = this.next[place]!;
  }

  private grow(): void {
    this.capacity = Math.min(this.most, 2 * this.capacity);
    for (const name of ["next", "older", "newer", "high", "low"] as const) {
      const larger = new Int32Array(this.capacity);
      larger.set(this[name]);
      this[name] = larger;
    }
    this.heads = new Int32Array(2 * powerFrom(this.capacity)).fill(-1);
    for (let place = 0; place < this.size; ++place) {
      const bucket = this.bucketOf(this.high[place]!, this.low[place]!);
      this.next[place] = this.heads[bucket]!;
      this.heads[bucket] = place;
    }
  }
}

const longestChain = 32;

function powerFrom(value: number): number {
  return 2 ** Math.ceil(Math.log2(value));
}
