/** Days from the first to the last of times in UTC milliseconds, NaN left out; NaN where they span none. */
export function daysOf(time: ArrayLike<number>): number {
  let first = Infinity;
  let last = -Infinity;
  for (let row = 0; row < time.length; ++row) {
    const t = time[row]!;
    if (t < first) first = t;
    if (t > last) last = t;
  }
  return last > first ? (last - first) / 86_400_000 : NaN;
}
