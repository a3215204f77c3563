import {clopperPearson, type Interval} from "./interval.js";
import {validateLengths} from "./validate.js";

/** How often the rows of one group are flagged. */
export interface GroupRate extends Interval {
  /** The group’s code. */
  readonly group: number;
  readonly rows: number;
  readonly flagged: number;
  /** Flagged among rows, in [0, 1], with the bounds of its 95 % Clopper–Pearson interval. */
  readonly rate: number;
  /** Whether the group is flagged more or less often than the other groups, beyond chance. */
  readonly differs: "more" | "less" | null;
}

/**
 * How often rows of one label are flagged, group by group: with label 1 the recall of each group, with label 0 its
 * false-alarm rate. `code` gives each row’s group, a whole number; negative ones and NaN are the group −1, unknown.
 * Groups ascend. A group differs when its interval and that of all other rows together are apart, each at the
 * confidence that leaves 5 % for any of the groups to differ by chance (Bonferroni). Throws where lengths differ.
 */
export function groupRates(
  code: ArrayLike<number>,
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  {of, threshold}: {of: 0 | 1; threshold: number}
): GroupRate[] {
  validateLengths(label, code);
  validateLengths(score, code, "scores");
  const rows = new Map<number, number>();
  const flags = new Map<number, number>();
  let allRows = 0;
  let allFlags = 0;
  for (let row = 0; row < code.length; ++row) {
    if (label[row] !== of) continue;
    const group = code[row]! >= 0 ? code[row]! : -1;
    const isFlagged = score[row]! > threshold ? 1 : 0;
    rows.set(group, (rows.get(group) ?? 0) + 1);
    flags.set(group, (flags.get(group) ?? 0) + isFlagged);
    allRows += 1;
    allFlags += isFlagged;
  }
  const confidence = 1 - 0.05 / Math.max(1, rows.size);
  return [...rows.keys()]
    .sort((a, b) => a - b)
    .map((group) => {
      const n = rows.get(group)!;
      const flagged = flags.get(group)!;
      const own = clopperPearson(flagged, n, confidence);
      const others = clopperPearson(allFlags - flagged, allRows - n, confidence);
      const differs = own.lower > others.upper ? "more" : own.upper < others.lower ? "less" : null;
      return {group, rows: n, flagged, rate: flagged / n, ...clopperPearson(flagged, n), differs};
    });
}
