import {bisectRight, cumsum} from "d3-array";

/** Draws indexes in proportion to their weights, which are at least 0 and not all 0. */
export function weightedIndex(weights: Iterable<number>, random: () => number): () => number {
  const ends = cumsum(weights);
  const total = ends.at(-1) ?? 0;
  if (!(total > 0)) throw new RangeError(`invalid sum of weights: ${total}`);
  return () => bisectRight(ends, random() * total);
}
