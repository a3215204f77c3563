/**
 * Draws indexes without replacement in proportion to their weights, in O(log n) a draw: a binary tree of sums.
 * Weights are finite and not negative; one of 0 is never drawn.
 */
export class WeightedDraw {
  private readonly leaves: number;
  private readonly sum: Float64Array;

  constructor(weights: ArrayLike<number>) {
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(1, weights.length)));
    this.sum = new Float64Array(2 * this.leaves);
    this.reset(weights);
  }

  /** Starts over with other weights, at most as many as at first. */
  reset(weights: ArrayLike<number>): void {
    const {leaves, sum} = this;
    sum.fill(0, leaves);
    sum.set(weights, leaves);
    for (let i = leaves - 1; i > 0; --i) sum[i] = sum[2 * i]! + sum[2 * i + 1]!;
  }

  /** An index, which is then removed; −1 when no weight is left. */
  take(random: () => number): number {
    const {leaves, sum} = this;
    if (!(sum[1]! > 0)) return -1;
    let rest = random() * sum[1]!;
    let i = 1;
    while (i < leaves) {
      i *= 2;
      // Rounding may leave a rest beyond the last weight: never go where there is none.
      if (sum[i + 1]! > 0 && (rest >= sum[i]! || sum[i] === 0)) {
        rest -= sum[i]!;
        i += 1;
      }
    }
    this.weigh(i - leaves, 0);
    return i - leaves;
  }

  /** Gives an index another weight. */
  weigh(index: number, weight: number): void {
    const {leaves, sum} = this;
    let i = leaves + index;
    sum[i] = weight;
    for (i >>= 1; i > 0; i >>= 1) sum[i] = sum[2 * i]! + sum[2 * i + 1]!;
  }
}
