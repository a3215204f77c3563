import type {RecordReader} from "../recordReader.js";

/**
 * Cuts bytes that come in pieces into frames whose length stands at their beginning. `take` is given bytes that hang
 * together, takes as many whole frames as are there and returns where it stopped. It sets `wanted` to the bytes from there
 * that it needs to go on, more than there are, or `skip` to bytes that shall pass unseen. Only a frame that a piece cuts is
 * copied.
 */
export class Frames implements RecordReader {
  /** How many bytes, from where `take` stopped, it must be given. The reader bounds it: no more than that is held. */
  wanted = 1;
  /** How many bytes, from where `take` stopped, are not looked at. */
  skip = 0;
  private carry = new Uint8Array(4096);
  private carried = 0;

  constructor(private readonly take: (bytes: Uint8Array, start: number, end: number) => number) {}

  /** Bytes of an unfinished frame that are held, or are still to be passed unseen. */
  get left(): number {
    return this.carried + this.skip;
  }

  push(bytes: Uint8Array): void {
    let start = 0;
    while (start < bytes.length) {
      if (this.carried > 0) {
        const count = Math.min(this.wanted - this.carried, bytes.length - start);
        this.keep(bytes, start, count);
        start += count;
        if (this.carried === this.wanted) this.takeCarried();
      } else if (this.skip > 0) {
        const count = Math.min(this.skip, bytes.length - start);
        this.skip -= count;
        start += count;
      } else {
        start = this.take(bytes, start, bytes.length);
        if (this.skip === 0 && start < bytes.length) {
          this.keep(bytes, start, bytes.length - start);
          return;
        }
      }
    }
  }

  /** Lets `take` see what is held, though there will be no more. */
  end(): void {
    if (this.carried > 0) this.takeCarried();
  }

  private takeCarried(): void {
    do {
      const start = this.take(this.carry, 0, this.carried);
      const from = Math.min(this.carried, start + this.skip);
      this.skip -= from - start;
      this.carry.copyWithin(0, from, this.carried);
      this.carried -= from;
    } while (this.carried > 0 && this.carried >= this.wanted);
  }

  private keep(bytes: Uint8Array, start: number, count: number): void {
    const length = this.carried + count;
    if (length > this.carry.length) {
      const larger = new Uint8Array(2 * length);
      larger.set(this.carry.subarray(0, this.carried));
      this.carry = larger;
    }
    this.carry.set(bytes.subarray(start, start + count), this.carried);
    this.carried = length;
  }
}
