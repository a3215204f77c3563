import {agreement} from "./agreement.js";

/** What several runs of one detector, which differ by chance alone, make of the same rows. */
export interface AlertStability {
  /** How many rows each run flags. */
  readonly alerts: Uint32Array;
  /** How many runs flag each row. */
  readonly timesFlagged: Uint32Array;
  /** Rows that every run flags. */
  readonly always: number;
  /** Rows that some runs flag and others do not. */
  readonly sometimes: number;
  /**
   * Mean over the pairs of runs of the rows that both flag among those that either does, in [0, 1]; pairs that flag none
   * are left out. NaN where no pair is left.
   */
  readonly jaccard: number;
}

/** Compares the verdicts of runs on the same rows, 1 where a run flags the row. Throws where lengths differ. */
export function alertStability(runs: readonly Uint8Array[]): AlertStability {
  const rows = runs[0]?.length ?? 0;
  const different = runs.find(({length}) => length !== rows);
  if (different) throw new RangeError(`expected ${rows} verdicts, got: ${different.length}`);
  const timesFlagged = new Uint32Array(rows);
  for (const verdict of runs) for (let row = 0; row < rows; ++row) timesFlagged[row]! += verdict[row]!;
  const flagged = Uint32Array.from(timesFlagged.keys()).filter((row) => timesFlagged[row]! > 0);
  let always = 0;
  for (const row of flagged) if (timesFlagged[row] === runs.length) ++always;
  // Rows that no run flags do not count.
  const verdicts = runs.map((verdict) => Uint8Array.from(flagged, (row) => verdict[row]!));
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < runs.length; ++a) {
    for (let b = 0; b < a; ++b) {
      const share = agreement(verdicts[a]!, verdicts[b]!).jaccard;
      if (Number.isNaN(share)) continue;
      sum += share;
      ++pairs;
    }
  }
  return {
    alerts: Uint32Array.from(runs, (verdict) => verdict.reduce((count, flag) => count + flag, 0)),
    timesFlagged,
    always,
    sometimes: flagged.length - always,
    jaccard: sum / pairs
  };
}
