/** Finds the quotes of a line of fields, and notes whether it holds backslashes. */
export class QuoteFinder {
  /** Whether a backslash stood before a quote that was found, since this was last set. */
  hasEscapes = false;
  /** Whether a quote behind a backslash is text. */
  isEscaped = true;

  /** Where the next quote from `i` on stands that may end a field; `end` or more where there is none. */
  next(bytes: Uint8Array, i: number, end: number): number {
    for (; i < end; ++i) {
      const byte = bytes[i];
      if (byte === quote) return i;
      if (byte === backslash) {
        this.hasEscapes = true;
        if (this.isEscaped) ++i;
      }
    }
    return i;
  }
}

const [quote, backslash] = [34, 92];
