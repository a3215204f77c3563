/** The place of a text in a record. */
export type Text = number;

/**
 * A record whose texts are parts of bytes, so that a reader makes no text that nobody reads: of each, where it begins and
 * ends in UTF-8. An empty part is a missing text.
 */
export class TextRecord {
  /** The line, or the number of the packet, from 1 within its file, that the record begins at. */
  line = 0;
  bytes: Uint8Array = new Uint8Array();
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  private scratch = new Uint8Array(1024);
  private scratchEnd = 0;

  constructor(texts: number) {
    this.starts = new Int32Array(texts);
    this.ends = new Int32Array(texts);
  }

  /** Makes every text and number missing, for a reader that does not set each of them. */
  clear(): void {
    this.starts.fill(0);
    this.ends.fill(0);
  }

  /** Whether the record states the text. */
  has(text: Text): boolean {
    return this.ends[text]! > this.starts[text]!;
  }

  /** The text, null where it is missing; bytes that are not UTF-8 become �. */
  text(text: Text): string | null {
    return this.has(text) ? decoder.decode(this.bytes.subarray(this.starts[text], this.ends[text])) : null;
  }

  /** Begins a record of texts that come as strings: what `set` was given before is gone. */
  begin(): void {
    this.clear();
    this.bytes = this.scratch;
    this.scratchEnd = 0;
  }

  /** Sets a text after `begin`; null, undefined and "" are missing. */
  set(text: Text, value: string | null | undefined): void {
    if (!value) return;
    // UTF-8 takes at most three bytes a UTF-16 unit.
    const most = this.scratchEnd + 3 * value.length;
    if (most > this.scratch.length) {
      const larger = new Uint8Array(2 * most);
      larger.set(this.scratch.subarray(0, this.scratchEnd));
      this.bytes = this.scratch = larger;
    }
    this.starts[text] = this.scratchEnd;
    this.scratchEnd += encoder.encodeInto(value, this.scratch.subarray(this.scratchEnd)).written;
    this.ends[text] = this.scratchEnd;
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
