/**
 * Numbers keys of 64 bits from 0, in memory that is bounded: when there are `most`, a new key takes the place of the one
 * that was used longest ago. Constant time, whatever the keys: where more than 32 share a slot of the hash table, which
 * only keys made for it do, one of them is forgotten early.
 */
export class RecentKeys {
  /** Whether the last `placeOf` met a key that was not known. */
  isNew = false;
  /** Places in use. */
  size = 0;
  /** Places that there is room for at present; grows up to `most`. */
  capacity: number;
  private slots: Int32Array;
  // of each place its key, the next place of the same slot, and the places used just before and after it
  private places: Int32Array;
  private newest = -1;
  private oldest = -1;

  constructor(private readonly most: number) {
    this.capacity = Math.min(most, 64);
    this.slots = new Int32Array(slotsFor(this.capacity)).fill(-1);
    this.places = new Int32Array(stride * this.capacity);
  }

  /** The place of a key, given as two whole numbers of 32 bits: a new one, perhaps that of a key forgotten, if it is not known. */
  placeOf(keyHigh: number, keyLow: number): number {
    const {places} = this;
    let last = -1;
    let steps = 0;
    for (let place = this.slots[this.slotOf(keyHigh, keyLow)]!; place >= 0; ++steps) {
      const at = stride * place;
      if (places[at + high] === keyHigh && places[at + low] === keyLow) {
        this.isNew = false;
        if (place !== this.newest) {
          this.unlink(place);
          this.link(place);
        }
        return place;
      }
      last = place;
      place = places[at + next]!;
    }
    this.isNew = true;
    return this.insert(keyHigh, keyLow, steps >= longestChain ? last : -1);
  }

  private insert(keyHigh: number, keyLow: number, crowded: number): number {
    let place = crowded;
    if (place < 0 && this.size < this.most) {
      if (this.size === this.capacity) this.grow();
      place = this.size++;
    } else {
      if (place < 0) place = this.oldest;
      this.unchain(place);
      this.unlink(place);
    }
    this.places[stride * place + high] = keyHigh;
    this.places[stride * place + low] = keyLow;
    this.chain(place);
    this.link(place);
    return place;
  }

  private slotOf(keyHigh: number, keyLow: number): number {
    const hash = Math.imul(keyHigh ^ (keyHigh >>> 15), 0x9e3779b1) ^ Math.imul(keyLow ^ (keyLow >>> 16), 0x85ebca6b);
    return (hash ^ (hash >>> 15)) & (this.slots.length - 1);
  }

  private link(place: number): void {
    const {places, newest} = this;
    places[stride * place + older] = newest;
    places[stride * place + newer] = -1;
    if (newest >= 0) places[stride * newest + newer] = place;
    else this.oldest = place;
    this.newest = place;
  }

  private unlink(place: number): void {
    const {places} = this;
    const before = places[stride * place + older]!;
    const after = places[stride * place + newer]!;
    if (before >= 0) places[stride * before + newer] = after;
    else this.oldest = after;
    if (after >= 0) places[stride * after + older] = before;
    else this.newest = before;
  }

  private chain(place: number): void {
    const {places} = this;
    const at = stride * place;
    const slot = this.slotOf(places[at + high]!, places[at + low]!);
    places[at + next] = this.slots[slot]!;
    this.slots[slot] = place;
  }

  private unchain(place: number): void {
    const {places} = this;
    const slot = this.slotOf(places[stride * place + high]!, places[stride * place + low]!);
    let at = this.slots[slot]!;
    if (at === place) {
      this.slots[slot] = places[stride * place + next]!;
      return;
    }
    while (places[stride * at + next] !== place) at = places[stride * at + next]!;
    places[stride * at + next] = places[stride * place + next]!;
  }

  private grow(): void {
    this.capacity = Math.min(this.most, 2 * this.capacity);
    const places = new Int32Array(stride * this.capacity);
    places.set(this.places);
    this.places = places;
    this.slots = new Int32Array(slotsFor(this.capacity)).fill(-1);
    for (let place = 0; place < this.size; ++place) this.chain(place);
  }
}

const [high, low, next, older, newer] = [0, 1, 2, 3, 4];
const stride = 5;
const longestChain = 32;

// a power of two, at most half full
function slotsFor(capacity: number): number {
  return 2 ** Math.ceil(1 + Math.log2(capacity));
}
