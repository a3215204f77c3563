/**
 * The TCP flags that letters in bytes name, OR’d as in the header: `.AP.SF`, `...A.R..`, `FSPA`; or a hexadecimal number
 * after `0x`. Dots and spaces stand for flags that are not set. NaN where any other byte stands there.
 */
export function flagsIn(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === zero && (bytes[start + 1]! | lowerCase) === letterX) return hexIn(bytes, start + 2, end);
  let flags = 0;
  for (let i = start; i < end; ++i) {
    const flag = bytes[i]! < 128 ? flagOf[bytes[i]!]! : -1;
    if (flag < 0) return Number.NaN;
    flags |= flag;
  }
  return flags;
}

/** The whole number below 2^32 that hexadecimal digits in bytes state, NaN where they do not. */
export function hexIn(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > 8) return Number.NaN;
  let value = 0;
  for (let i = start; i < end; ++i) {
    const digit = hexDigit(bytes[i]!);
    if (digit < 0) return Number.NaN;
    value = 16 * value + digit;
  }
  return value;
}

function hexDigit(byte: number): number {
  if (byte >= zero && byte <= zero + 9) return byte - zero;
  const letter = (byte | lowerCase) - letterA;
  return letter >= 0 && letter < 6 ? 10 + letter : -1;
}

const [zero, letterX, letterA, lowerCase] = [48, 120, 97, 32];
const flagOf = new Int16Array(128).fill(-1);
for (const [i, letter] of ["F", "S", "R", "P", "A", "U", "E", "C"].entries()) flagOf[letter.charCodeAt(0)] = 1 << i;
flagOf[".".charCodeAt(0)] = flagOf[" ".charCodeAt(0)] = 0;
