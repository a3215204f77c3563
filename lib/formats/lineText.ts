/** A line as text, for the sample of a reject: at most its first 400 bytes. Bytes that are not UTF-8 become �. */
export function lineText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, Math.min(end, start + 400)));
}

const decoder = new TextDecoder();
