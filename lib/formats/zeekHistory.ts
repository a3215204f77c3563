/**
 * The TCP flags that Zeek’s history tells of, OR’d as in the header: of the originator, whose letters are upper case, or of
 * the responder. A packet with data counts as acknowledging, which all but the first do.
 * https://docs.zeek.org/en/master/scripts/base/protocols/conn/main.zeek.html
 */
export function historyFlags(bytes: Uint8Array, start: number, end: number, isOriginator: boolean): number {
  const letterCase = isOriginator ? 0 : lowerCase;
  let flags = 0;
  for (let i = start; i < end; ++i) {
    const byte = bytes[i]!;
    if ((byte & lowerCase) === letterCase && byte < 128) flags |= flagsOf[byte | lowerCase]!;
  }
  return flags;
}

const lowerCase = 32;
const [fin, syn, rst, ack] = [1, 2, 4, 16];
const flagsOf = new Uint8Array(128);
for (const [letter, flags] of [
  ["s", syn],
  ["h", syn | ack],
  ["a", ack],
  ["d", ack],
  ["f", fin],
  ["r", rst]
] as const)
  flagsOf[letter.charCodeAt(0)] = flags;
