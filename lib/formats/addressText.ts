import type {Text, TextRecord} from "./textRecord.js";

/**
 * Whether bytes look like an IP address: four decimal numbers with dots, or hexadecimal digits with two colons or more, of
 * which the last may be in decimal. A port or brackets are not part of it.
 */
export function looksLikeAddress(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 2 || end - start > 45) return false;
  let dots = 0;
  let colons = 0;
  let letters = 0;
  for (let i = start; i < end; ++i) {
    const byte = bytes[i]!;
    if (byte === dot) ++dots;
    else if (byte === colon) ++colons;
    else if ((byte | 32) >= 97 && (byte | 32) <= 102) ++letters;
    else if (byte < 48 || byte > 57) return false;
  }
  if (colons >= 2) return dots === 0 || dots === 3;
  return colons === 0 && dots === 3 && letters === 0 && bytes[start] !== dot && bytes[end - 1] !== dot;
}

/** Whether bytes look like X-Forwarded-For: addresses with commas or spaces between, some of them perhaps `unknown`. */
export function looksLikeAddresses(bytes: Uint8Array, start: number, end: number): boolean {
  let addresses = 0;
  for (let i = start; i < end; ) {
    if (bytes[i] === comma || bytes[i] === space) {
      ++i;
      continue;
    }
    const first = i;
    while (i < end && bytes[i] !== comma && bytes[i] !== space) ++i;
    if (looksLikeAddress(bytes, first, i)) ++addresses;
    else if (!isUnknown(bytes, first, i)) return false;
  }
  return addresses > 0;
}

/**
 * Leaves out of an address in a record what is not part of it: brackets around IPv6, and the port that may follow
 * (`192.0.2.1:5000`, `[2001:db8::1]:5000`). Any other text stays as it is.
 */
export function trimAddress({bytes, starts, ends}: TextRecord, text: Text): void {
  const start = starts[text]!;
  const end = ends[text]!;
  let i = end;
  while (i > start && bytes[i - 1]! >= 48 && bytes[i - 1]! <= 57) --i;
  const addressEnd = i < end && i > start && bytes[i - 1] === colon ? i - 1 : end;
  if (bytes[start] === openBracket && bytes[addressEnd - 1] === closeBracket) {
    if (!looksLikeAddress(bytes, start + 1, addressEnd - 1)) return;
    starts[text] = start + 1;
    ends[text] = addressEnd - 1;
  } else if (addressEnd < end && looksLikeAddress(bytes, start, addressEnd) && !looksLikeAddress(bytes, start, end)) {
    ends[text] = addressEnd;
  }
}

const [space, comma, dot, colon, openBracket, closeBracket] = [32, 44, 46, 58, 91, 93];
const unknown = new TextEncoder().encode("unknown");

function isUnknown(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === unknown.length && unknown.every((byte, i) => bytes[start + i] === byte);
}
