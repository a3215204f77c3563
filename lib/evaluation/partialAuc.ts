import type {ScoreLevels} from "./scoreLevels.js";

/** The part of a ROC curve between two values on one of its axes: 0 ≤ from < to ≤ 1. */
export interface PartialRange {
  readonly axis: "specificity" | "sensitivity";
  readonly from: number;
  readonly to: number;
}

/** Area under a part of a ROC curve. */
export interface PartialAuc {
  /** From 0 to the width of the range. */
  readonly area: number;
  /** The area on a scale where 1 is perfect and ½ the chance line within the range; less than ½ below that line. */
  readonly corrected: number;
}

/**
 * Area under the ROC curve where the axis is in the range: of sensitivity over specificity, or of specificity over
 * sensitivity. The curve is linear between its points, also where the range ends between two. This is pROC’s `auc` with
 * `partial.auc` and `partial.auc.focus`, and its correction with `allow.invalid.partial.auc.correct`. NaN when either
 * class is missing. Throws unless 0 ≤ from < to ≤ 1.
 * McClish 1989, “Analyzing a portion of the ROC curve”.
 */
export function partialAuc(levels: ScoreLevels, {axis, from, to}: PartialRange): PartialAuc {
  if (!(from >= 0 && from < to && to <= 1)) throw new RangeError(`invalid range of ${axis}: ${from} to ${to}`);
  const {fake, genuine, positives, negatives} = levels;
  const pairs =
    axis === "specificity"
      ? pairsBetween(genuine, fake, positives, from * negatives, to * negatives)
      : pairsBetween(fake.toReversed(), genuine.toReversed(), negatives, from * positives, to * positives);
  const area = pairs / (positives * negatives);
  const chance = ((to - from) * (2 - from - to)) / 2;
  return {area, corrected: (1 + (area - chance) / (to - from - chance)) / 2};
}

/** ∫ y dx from low to high: x counts rows of one class up to a level, y, from height down, rows of the other beyond. */
function pairsBetween(along: Uint32Array, across: Uint32Array, height: number, low: number, high: number): number {
  let sum = 0;
  let x = 0;
  let y = height;
  for (let i = 0; i < along.length && x < high; ++i) {
    const dx = along[i]!;
    const start = Math.max(x, low);
    const end = Math.min(x + dx, high);
    if (end > start) sum += (end - start) * (y - (across[i]! * ((start + end) / 2 - x)) / dx);
    x += dx;
    y -= across[i]!;
  }
  return sum;
}
