/**
 * Undoes in place what Apache and nginx write for bytes that would break a line: `\xHH`, `\"`, `\\`, `\t`, `\n`, `\r`, `\b`,
 * `\v`, `\f`; a backslash before anything else stays. Without `letters`, so do those with a letter but `\xHH`: a user may be
 * `DOMAIN\bob`. Returns where the bytes, which began at `start`, now end.
 */
export function unescapeBytes(bytes: Uint8Array, start: number, end: number, letters = true): number {
  let to = start;
  for (let from = start; from < end; ) {
    const byte = bytes[from++]!;
    if (byte !== backslash || from === end) {
      bytes[to++] = byte;
      continue;
    }
    const next = bytes[from]!;
    if (next === lowerX && from + 2 < end && hexOf(bytes[from + 1]!) >= 0 && hexOf(bytes[from + 2]!) >= 0) {
      bytes[to++] = 16 * hexOf(bytes[from + 1]!) + hexOf(bytes[from + 2]!);
      from += 3;
      continue;
    }
    const meant = next === quote || next === backslash ? next : letters ? meantBy(next) : -1;
    bytes[to++] = meant < 0 ? byte : meant;
    if (meant >= 0) ++from;
  }
  return to;
}

const [quote, backslash, lowerX] = [34, 92, 120];

/** The value of a hexadecimal digit, -1 for any other byte. */
export function hexOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function meantBy(letter: number): number {
  switch (letter) {
    case 98:
      return 8;
    case 102:
      return 12;
    case 110:
      return 10;
    case 114:
      return 13;
    case 116:
      return 9;
    case 118:
      return 11;
    default:
      return -1;
  }
}
