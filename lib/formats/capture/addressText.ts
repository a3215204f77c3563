/** Writes an IPv4 address as ASCII; returns where it ends. It takes up to 15 bytes. */
export function writeIpv4(bytes: Uint8Array, at: number, address: number): number {
  at = writeByte(bytes, at, address >>> 24);
  bytes[at++] = dot;
  at = writeByte(bytes, at, (address >>> 16) & 255);
  bytes[at++] = dot;
  at = writeByte(bytes, at, (address >>> 8) & 255);
  bytes[at++] = dot;
  return writeByte(bytes, at, address & 255);
}

/**
 * Writes the IPv6 address of four words as ASCII, as RFC 5952 has it: lower case, without leading zeros, the longest run of
 * zeros (the first of equals, two groups at least) as `::`, an IPv4 address in the end dotted where the prefix is
 * `::ffff:0:0/96`. Returns where it ends. It takes up to 39 bytes.
 */
export function writeIpv6(bytes: Uint8Array, at: number, words: Uint32Array, from: number): number {
  if (words[from] === 0 && words[from + 1] === 0 && words[from + 2] === 0xffff) {
    for (const letter of mappedPrefix) bytes[at++] = letter;
    return writeIpv4(bytes, at, words[from + 3]!);
  }
  let [best, longest] = [8, 1];
  for (let i = 0, run = 0; i < 8; ++i) {
    run = groupOf(words, from, i) === 0 ? run + 1 : 0;
    if (run > longest) [best, longest] = [i + 1 - run, run];
  }
  for (let i = 0; i < 8; ++i) {
    if (i === best) {
      bytes[at++] = colon;
      bytes[at++] = colon;
      i += longest - 1;
      continue;
    }
    if (i > 0 && i !== best + longest) bytes[at++] = colon;
    const group = groupOf(words, from, i);
    for (let shift = group > 0xfff ? 12 : group > 0xff ? 8 : group > 15 ? 4 : 0; shift >= 0; shift -= 4) {
      const digit = (group >> shift) & 15;
      bytes[at++] = digit + (digit < 10 ? zero : letterA - 10);
    }
  }
  return at;
}

function groupOf(words: Uint32Array, from: number, i: number): number {
  const word = words[from + (i >> 1)]!;
  return (i & 1) === 0 ? word >>> 16 : word & 0xffff;
}

function writeByte(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 100) bytes[at++] = zero + Math.trunc(value / 100);
  if (value >= 10) bytes[at++] = zero + (Math.trunc(value / 10) % 10);
  bytes[at++] = zero + (value % 10);
  return at;
}

const [dot, colon, zero, letterA] = [0x2e, 0x3a, 0x30, 0x61] as const;
const mappedPrefix = new TextEncoder().encode("::ffff:");
