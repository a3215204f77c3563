import {shuffler} from "d3-array";

const blocks = ["192.0.2", "198.51.100", "203.0.113"];
const hextets = 0xf000;
const step = 2_654_435_761;

/**
 * So many different client addresses, all from the ranges kept for documentation: at most 254 of each IPv4 block of RFC
 * 5737 and no more than a quarter in all, the others from 2001:db8::/32 of RFC 3849.
 */
export function addresses(count: number, random: () => number): string[] {
  const short = blocks.flatMap((block) => Array.from({length: 254}, (_, i) => `${block}.${i + 1}`));
  const shuffle = shuffler(random);
  const used = shuffle(short).slice(0, Math.floor(count / 4));
  const first = Math.floor(random() * hextets ** 2);
  const long = Array.from({length: count - used.length}, (_, i) => ipv6((first + i * step) % hextets ** 2));
  return shuffle([...used, ...long]);
}

function ipv6(number: number): string {
  const hextet = (n: number) => (0x1000 + n).toString(16);
  return `2001:db8:${hextet(Math.floor(number / hextets))}:${hextet(number % hextets)}::1`;
}
