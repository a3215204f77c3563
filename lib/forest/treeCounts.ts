/** Whole numbers from 1 to a forest’s number of trees, evenly spaced on a logarithmic axis: the first, the last, no other twice. */
export function treeCounts(trees: number, perDecade = 12): Uint32Array {
  const counts: number[] = [];
  for (let k = 0, last = 0; last < trees; ++k) {
    const count = Math.min(trees, Math.round(10 ** (k / perDecade)));
    if (count > last) counts.push(count);
    last = count;
  }
  return Uint32Array.from(counts);
}
