/**
 * Where the message of a line begins that syslog has put its own words before, such as `<190>Oct 11 22:14:15 web1 nginx: ` or
 * `2026-10-11T22:14:15.003+02:00 web1 nginx: `; `start` for any other line.
 */
export function startBehindSyslog(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  if (bytes[i] === less) {
    while (i < end && i < start + 5 && bytes[i] !== greater) ++i;
    if (bytes[i] !== greater) return start;
    ++i;
  }
  const isTraditional =
    bytes[i + 3] === space && bytes[i + 6] === space && bytes[i + 9] === colon && bytes[i + 15] === space;
  const isIso = bytes[i + 4] === dash && bytes[i + 7] === dash && bytes[i + 10] === 84 && bytes[i + 13] === colon;
  if (!isTraditional && !isIso) return start;
  const most = Math.min(end - 1, i + longestPrefix);
  for (i += 15; i < most; ++i) if (bytes[i] === colon && bytes[i + 1] === space) return i + 2;
  return start;
}

const [space, dash, colon, less, greater] = [32, 45, 58, 60, 62];
const longestPrefix = 200;
