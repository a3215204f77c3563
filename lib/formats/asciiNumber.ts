/** The whole number that decimal digits in bytes state, NaN where there is none, any other byte, or 2^53 and above. */
export function wholeIn(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end) return Number.NaN;
  let value = 0;
  for (let i = start; i < end; ++i) {
    const digit = bytes[i]! - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = 10 * value + digit;
  }
  return value < 2 ** 53 ? value : Number.NaN;
}
