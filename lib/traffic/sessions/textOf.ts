/** The text that bytes hold in UTF-8, up to 500 of them, null for none; what is not UTF-8 becomes �. */
export function textOf(bytes: Uint8Array, start: number, end: number): string | null {
  return end > start ? decoder.decode(bytes.subarray(start, Math.min(end, start + longestText))) : null;
}

/** Bytes of the longest text that a session keeps, so that hostile ones do not fill the memory. */
const longestText = 500;

const decoder = new TextDecoder();
