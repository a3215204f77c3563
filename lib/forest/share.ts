/** One of several workers: its number, from 0, and how many there are. */
export interface Share {
  readonly part: number;
  readonly parts: number;
}

/** The part of a whole that falls to one of several: equal ranges, one after the other. */
export function rangeOf(whole: number, {part, parts}: Share): {from: number; to: number} {
  return {from: Math.floor((whole * part) / parts), to: Math.floor((whole * (part + 1)) / parts)};
}
