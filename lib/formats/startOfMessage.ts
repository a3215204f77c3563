import {looksLikeAddress} from "./addressText.js";

/**
 * Where the message of a line begins that syslog or a container’s log has put its own words before; `start` for any other:
 * `<190>Oct 11 22:14:15 web1 nginx: `, the same with an ISO time, `<190>1 2026-10-11T22:14:15Z web1 nginx 7 - - `,
 * `2026-10-11T22:14:15.003Z stdout F `, or an ISO time alone before an address.
 */
export function startOfMessage(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  if (bytes[i] === less) {
    while (i < end && i < start + 5 && bytes[i] !== greater) ++i;
    if (bytes[i] !== greater) return start;
    if (bytes[++i] === one && bytes[i + 1] === space) return behindWords(bytes, i + 2, end, 6) ?? start;
  }
  if (bytes[i + 3] === space && bytes[i + 6] === space && bytes[i + 9] === colon && bytes[i + 15] === space)
    return behindColon(bytes, i + 16, end) ?? start;
  if (bytes[i + 4] === dash && bytes[i + 7] === dash && bytes[i + 10] === letterT && bytes[i + 13] === colon) {
    const second = behindWords(bytes, i, end, 1) ?? start;
    const third = behindWords(bytes, second, end, 1) ?? end;
    if (looksLikeAddress(bytes, second, third - 1)) return second;
    const isStream = bytes[second] === letterS && bytes[second + 6] === space && bytes[third + 1] === space;
    return isStream ? third + 2 : (behindColon(bytes, second, end) ?? start);
  }
  return start;
}

const [space, dash, one, colon, less, greater, letterT, letterS] = [32, 45, 49, 58, 60, 62, 84, 115];
const longestPrefix = 200;

function behindWords(bytes: Uint8Array, start: number, end: number, count: number): number | undefined {
  const most = Math.min(end, start + longestPrefix);
  for (let i = start; i < most; ++i) if (bytes[i] === space && --count === 0) return i + 1;
  return undefined;
}

function behindColon(bytes: Uint8Array, start: number, end: number): number | undefined {
  const most = Math.min(end - 1, start + longestPrefix);
  for (let i = start; i < most; ++i) if (bytes[i] === colon && bytes[i + 1] === space) return i + 2;
  return undefined;
}
