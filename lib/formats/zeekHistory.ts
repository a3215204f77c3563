import {type FlowRecord, flowText} from "./flowRecord.js";

/**
 * Sets the TCP flags of a flow to those that Zeek’s history tells of: letters of the originator are upper case, of the
 * responder lower case. A packet with data counts as acknowledging, which all but the first do.
 * https://docs.zeek.org/en/master/scripts/base/protocols/conn/main.zeek.html
 */
export function setHistoryFlags(flow: FlowRecord): void {
  const start = flow.starts[flowText.history]!;
  const end = flow.ends[flowText.history]!;
  const isKnown = flow.protocol === 6 && end > start;
  flow.sourceFlags = isKnown ? flagsIn(flow.bytes, start, end, 0) : Number.NaN;
  flow.destinationFlags = isKnown ? flagsIn(flow.bytes, start, end, lowerCase) : Number.NaN;
}

function flagsIn(bytes: Uint8Array, start: number, end: number, letterCase: number): number {
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
