/**
 * Sorts the first n of `order` by their keys, equal ones in the order they stand in. `buffer` has room for as many. A merge
 * sort from the bottom up: the engine’s own calls back for each comparison.
 */
export function sortOrder(order: Uint32Array, n: number, keys: Float64Array, buffer: Uint32Array): void {
  let from = order;
  let to = buffer;
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(n, start + width);
      const end = Math.min(n, start + 2 * width);
      let i = start;
      let k = middle;
      for (let at = start; at < end; ++at) {
        const takesLeft = i < middle && (k >= end || keys[from[i]!]! <= keys[from[k]!]!);
        to[at] = from[takesLeft ? i++ : k++]!;
      }
    }
    [from, to] = [to, from];
  }
  if (from !== order) order.set(from.subarray(0, n));
}
