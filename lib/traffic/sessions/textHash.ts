import type {Saves} from "../../savedState.js";

/**
 * Hashes texts in bytes to 64 bits, four bytes a step: two lanes of multiply and rotate, finished as MurmurHash3 finishes
 * (Austin Appleby, public domain). Not meant to withstand who searches for collisions.
 */
export class TextHash implements Saves {
  low = 0;
  high = 0;
  private bytes: Uint8Array = new Uint8Array();
  private view = new DataView(this.bytes.buffer);

  /** Begins the hash of one or more texts. */
  begin(): void {
    this.low = 0x9747b28c | 0;
    this.high = 0x3c6ef372;
  }

  /** Adds a text; where it ends counts too. */
  add(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    const {view} = this;
    let a = this.low;
    let b = this.high;
    let i = start;
    for (; i + 4 <= end; i += 4) {
      const word = view.getInt32(i, true);
      a = Math.imul(rotate(a ^ word, 13), 0x9e3779b1);
      b = Math.imul(rotate((b + word) | 0, 17), 0x85ebca6b);
    }
    let rest = end - start;
    for (; i < end; ++i) rest = Math.imul(rest ^ bytes[i]!, 0x01000193);
    this.low = Math.imul(rotate(a ^ rest, 13), 0x9e3779b1);
    this.high = Math.imul(rotate((b + rest) | 0, 17), 0x85ebca6b);
  }

  /** Ends the hash: `low` and `high` are 32 bits each. */
  end(): void {
    this.low = mixed(this.low);
    this.high = mixed(this.high ^ this.low);
  }

  /** Nothing: no hash outlasts its texts. */
  save(): null {
    return null;
  }

  restore(): void {}
}

/** Spreads what differs in a hash over all of its 32 bits. */
export function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
