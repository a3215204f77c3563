/** Numbers in the order in which they were last touched, and when: a doubly linked list in arrays. */
export class Recency {
  /** The one that was touched longest ago, −1 where there is none. */
  oldest = -1;
  size = 0;
  private newest = -1;
  private time: Float64Array = new Float64Array(1024);
  private older: Int32Array = new Int32Array(1024);
  private newer: Int32Array = new Int32Array(1024);

  /** When it was last touched. */
  timeOf(item: number): number {
    return this.time[item]!;
  }

  /** The next that was touched later, −1 where there is none. */
  after(item: number): number {
    return this.newer[item]!;
  }

  add(item: number, time: number): void {
    if (item >= this.time.length) this.grow(item);
    ++this.size;
    this.append(item, time);
  }

  touch(item: number, time: number): void {
    if (item === this.newest) {
      this.time[item] = time;
      return;
    }
    this.unlink(item);
    this.append(item, time);
  }

  remove(item: number): void {
    --this.size;
    this.unlink(item);
  }

  private append(item: number, time: number): void {
    this.time[item] = time;
    this.older[item] = this.newest;
    this.newer[item] = -1;
    if (this.newest < 0) this.oldest = item;
    else this.newer[this.newest] = item;
    this.newest = item;
  }

  private unlink(item: number): void {
    const older = this.older[item]!;
    const newer = this.newer[item]!;
    if (older < 0) this.oldest = newer;
    else this.newer[older] = newer;
    if (newer < 0) this.newest = older;
    else this.older[newer] = older;
  }

  private grow(item: number): void {
    const length = Math.max(2 * this.time.length, item + 1);
    const {time, older, newer} = this;
    this.time = new Float64Array(length);
    this.time.set(time);
    this.older = new Int32Array(length);
    this.older.set(older);
    this.newer = new Int32Array(length);
    this.newer.set(newer);
  }
}
