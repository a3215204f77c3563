/** Rows that stand for all, each with how many it stands for. */
export interface StandIns {
  readonly rows: Uint32Array;
  readonly weight: Float64Array;
}

/**
 * Few rows to judge a threshold by: in the order of their scores’ distance to it, the `near` first stand for themselves,
 * and of those behind, ever fewer for ever more, so that every doubling of the distance in rank has as many. Of n rows
 * that makes near × (1 + ln(n / near)).
 */
export function rowsAround(score: Float64Array, threshold: number, {near = 400}: {near?: number} = {}): StandIns {
  const distance = score.map((s) => Math.abs(s - threshold));
  const order = Uint32Array.from(score, (_, row) => row).sort((a, b) => distance[a]! - distance[b]! || a - b);
  const rows: number[] = [];
  const weight: number[] = [];
  for (let from = 0; from < order.length; ) {
    const to = Math.min(order.length, from + Math.max(1, Math.round(from / near)));
    rows.push(order[(from + to) >> 1]!);
    weight.push(to - from);
    from = to;
  }
  return {rows: Uint32Array.from(rows), weight: Float64Array.from(weight)};
}
