/** What is declared of a metric, in plain text. */
export interface Metric {
  readonly key: string;
  readonly name: string;
  /** Its name in caret’s confusionMatrix, where it is there. */
  readonly caretName?: string;
  /** The function of yardstick that computes it, where there is one. */
  readonly yardstickName?: string;
  /** How it follows from counts, scores p and labels y, or from other metrics. */
  readonly formula: string;
  /** Least and greatest value; the greatest may be Infinity. */
  readonly range: readonly [low: number, high: number];
  /** Which values speak for the detector. */
  readonly direction: "higher" | "lower" | "neither";
  /** What it does not tell. */
  readonly hides: string;
}

/** The range of a share. */
export const share = [0, 1] as const;

/** The range of what is 0 by chance and 1 at best. */
export const signed = [-1, 1] as const;

/** The range of what has no greatest value. */
export const unbounded = [0, Infinity] as const;
