/**
 * The flows that are open, each 128 bytes of one buffer, so that a packet touches few lines of the processor’s cache. A flow
 * is a number from 0; its word w stands at `words[flowWords * flow + w]`, its number n at `numbers[flowNumbers * flow + n]`.
 */
export class OpenFlows {
  words = new Uint32Array();
  numbers = new Float64Array();
  private used = 0;
  private readonly free: number[] = [];

  constructor() {
    this.grow(256);
  }

  /** How many are open. */
  get count(): number {
    return this.used - this.free.length;
  }

  /** Opens one, with what happens to be in it. `words` and `numbers` may be others afterwards. */
  open(): number {
    const freed = this.free.pop();
    if (freed !== undefined) return freed;
    if (flowWords * this.used === this.words.length) this.grow(2 * this.used);
    return this.used++;
  }

  /** Leaves its place to another. */
  close(flow: number): void {
    this.free.push(flow);
  }

  private grow(capacity: number): void {
    const words = new Uint32Array(flowWords * capacity);
    words.set(this.words);
    this.words = words;
    this.numbers = new Float64Array(words.buffer);
  }
}

/** How many words, and how many numbers, a flow takes. */
export const [flowWords, flowNumbers] = [32, 16] as const;

/**
 * Numbers of a flow: the earliest and the latest time of a packet in UTC milliseconds, the time of the capture when the flow
 * was last seen, which packet of the file was its first, bytes of the source and of the destination.
 */
export const [firstAt, lastAt, seenAt, lineAt, bytesAt] = [0, 1, 2, 3, 4] as const;

/**
 * Words of a flow, after six numbers: its key, as of a packet; packets, and TCP’s initial sequence numbers, of the source
 * and of the destination; flags of the source, shifted by 8 of the destination, by 16 who has reset first (1 or 2).
 */
export const [keyAt, packetsAt, initialAt, flagsAt] = [12, 22, 24, 26] as const;

/** Words by which flows are found: hash of the key; queue, and the flow after and before in it, plus 1. */
export const [hashAt, queueAt, nextAt, previousAt] = [27, 28, 29, 30] as const;
