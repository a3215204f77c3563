/** What a benchmark found: numbers and words by name, tables of them, and parts. Times are in milliseconds. */
export interface Measure {
  readonly [name: string]: number | string | undefined | Measure | readonly Measure[];
}

/** The median time of so many runs, in milliseconds. */
export function repeat(runs: number, run: () => unknown): number {
  return median(
    Array.from({length: runs}, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    })
  );
}

/** The middle of some times, to a tenth. */
export function median(times: readonly number[]): number {
  return Math.round([...times].sort((a, b) => a - b)[times.length >> 1]! * 10) / 10;
}
