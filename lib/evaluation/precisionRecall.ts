import {type ScoreLevels, thresholdsBetween} from "./scoreLevels.js";

/** Precision and recall at each threshold; a row is flagged when its score is greater. */
export interface PrecisionRecallCurve {
  /** Ascending, one for each distinct score: −Infinity and the midpoints between neighbouring distinct scores. */
  readonly threshold: Float64Array;
  /** Share of flagged rows that are fake, in [0, 1]. */
  readonly precision: Float64Array;
  /** Share of fake rows that are flagged, from 1 down; NaN without fake rows. */
  readonly recall: Float64Array;
  /** Genuine rows that are flagged. */
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * The precision–recall curve of scores. Its first point flags every row, so that its precision is the base rate,
 * positives / (positives + negatives), which is also the height of the chance line.
 */
export function precisionRecallCurve({level, fake, genuine, positives, negatives}: ScoreLevels): PrecisionRecallCurve {
  const threshold = thresholdsBetween(level).slice(0, level.length);
  const precision = new Float64Array(level.length);
  const recall = new Float64Array(level.length);
  const falsePositives = new Float64Array(level.length);
  let tp = positives;
  let fp = negatives;
  for (let i = 0; i < level.length; ++i) {
    precision[i] = tp / (tp + fp);
    recall[i] = tp / positives;
    falsePositives[i] = fp;
    tp -= fake[i]!;
    fp -= genuine[i]!;
  }
  return {threshold, precision, recall, falsePositives, positives, negatives};
}

/**
 * Area under the precision–recall curve, in [0, 1], where false positives are interpolated linearly in true positives
 * between neighbouring points and precision is integrated exactly: PRROC’s `auc.integral`. NaN without fake rows, 1
 * without genuine ones.
 * Davis and Goadrich 2006, section 4; Keilwagen, Grosse and Grau 2014, “Area under precision-recall curves for weighted
 * and unweighted data”.
 */
export function precisionRecallArea({level, fake, genuine, positives}: ScoreLevels): number {
  let area = 0;
  let tp = 0;
  let fp = 0;
  for (let i = level.length - 1; i >= 0; --i) {
    const dtp = fake[i]!;
    const dfp = genuine[i]!;
    if (dtp > 0) {
      // ∫ t / (a t + b) dt from tp to tp + dtp, where a t + b = t + fp + (t − tp) dfp / dtp
      const a = 1 + dfp / dtp;
      const b = fp - (tp * dfp) / dtp;
      area += dtp / a;
      if (b !== 0) area -= (b / (a * a)) * Math.log1p((dtp + dfp) / (tp + fp));
    }
    tp += dtp;
    fp += dfp;
  }
  return area / positives;
}

/**
 * Area under the precision–recall curve, in [0, 1], by the trapezoidal rule over whole numbers of true positives, where
 * false positives are interpolated linearly in true positives: PRROC’s `auc.davis.goadrich`. It approximates
 * precisionRecallArea, and other software reports it. NaN without fake rows, 1 without genuine ones.
 * Davis and Goadrich 2006, “The relationship between precision-recall and ROC curves”, section 4.
 */
export function davisGoadrichArea({level, fake, genuine, positives}: ScoreLevels): number {
  let area = 0;
  let tp = 0;
  let fp = 0;
  for (let i = level.length - 1; i >= 0; --i) {
    const dtp = fake[i]!;
    const dfp = genuine[i]!;
    // the first point has no rows; precision tends to that of the first fake ones
    let precision = tp + fp === 0 ? dtp / (dtp + dfp) : tp / (tp + fp);
    for (let t = 1; t <= dtp; ++t) {
      const next = (tp + t) / (tp + t + fp + (t * dfp) / dtp);
      area += (precision + next) / 2;
      precision = next;
    }
    tp += dtp;
    fp += dfp;
  }
  return area / positives;
}

/**
 * Average precision, in [0, 1]: the mean over fake rows of the precision when flagging every score from theirs upwards,
 * Σ (Rₙ − Rₙ₋₁) Pₙ as in scikit-learn, without interpolation. NaN without fake rows, 1 without genuine ones.
 */
export function averagePrecision({level, fake, genuine, positives}: ScoreLevels): number {
  let sum = 0;
  let tp = 0;
  let fp = 0;
  for (let i = level.length - 1; i >= 0; --i) {
    tp += fake[i]!;
    fp += genuine[i]!;
    sum += (fake[i]! * tp) / (tp + fp);
  }
  return sum / positives;
}
