/**
 * Whether a line that begins with a quote is wrapped in quotes as a whole, as spreadsheets and some shippers write it, and
 * does not only begin with a quoted field: then the first quote inside opens a field, so that no space follows it.
 */
export function isWrapped(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start] !== quote) return false;
  const inner = bytes.subarray(start + 1, end).indexOf(quote);
  return inner >= 0 && start + 2 + inner < end && bytes[start + 2 + inner] !== space;
}

/**
 * Writes such a line to `to`, which is as long at least, without its outer quotes and with the inner ones as they were:
 * doubled or escaped by a backslash, whichever the first of them is. Returns where it ends.
 */
export function unwrapLine(bytes: Uint8Array, start: number, end: number, to: Uint8Array): number {
  const last = bytes[end - 1] === quote ? end - 1 : end;
  const first = start + 1 + bytes.subarray(start + 1, last).indexOf(quote);
  const isEscaped = bytes[first - 1] === backslash;
  const isDoubled = !isEscaped && bytes[first + 1] === quote;
  let length = 0;
  for (let i = start + 1; i < last; ++i) {
    const byte = bytes[i]!;
    const next = bytes[i + 1];
    if (i + 1 < last && isEscaped && byte === backslash && (next === quote || next === backslash))
      to[length++] = bytes[++i]!;
    else if (i + 1 < last && isDoubled && byte === quote && next === quote) to[length++] = bytes[++i]!;
    else to[length++] = byte;
  }
  return length;
}

const [space, quote, backslash] = [32, 34, 92];
