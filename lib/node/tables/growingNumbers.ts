/** Numbers whose count is not known before: appended in runs, in memory of at most twice their size. */
export class GrowingNumbers {
  private values = new Float64Array(8192);
  private length = 0;

  append(run: ArrayLike<number>): void {
    const length = this.length + run.length;
    if (length > this.values.length) {
      const larger = new Float64Array(Math.max(length, 2 * this.values.length));
      larger.set(this.values.subarray(0, this.length));
      this.values = larger;
    }
    this.values.set(run, this.length);
    this.length = length;
  }

  /** All numbers so far; a view that later runs may leave behind. */
  all(): Float64Array {
    return this.values.subarray(0, this.length);
  }
}
