import {validateLengths, validateRow} from "./validate.js";

/** The distinct scores of labelled rows, ascending, with the number of fake and of genuine rows that have each. */
export interface ScoreLevels {
  readonly level: Float64Array;
  readonly fake: Uint32Array;
  readonly genuine: Uint32Array;
  /** Fake rows in all. */
  readonly positives: number;
  /** Genuine rows in all. */
  readonly negatives: number;
}

/**
 * Counts rows by score: label 1 is fake, 0 genuine, rows of label NaN are left out. Throws where a label is anything
 * else, a score is not finite, or the lengths differ.
 */
export function scoreLevels(label: ArrayLike<number>, score: ArrayLike<number>): ScoreLevels {
  const [fakes, genuines] = sortedByClass(label, score);
  const positives = fakes.length;
  const negatives = genuines.length;
  const level = new Float64Array(positives + negatives);
  const fake = new Uint32Array(positives + negatives);
  const genuine = new Uint32Array(positives + negatives);
  let k = 0;
  for (let i = 0, j = 0; i < positives || j < negatives; ++k) {
    const value = j === negatives || (i < positives && fakes[i]! < genuines[j]!) ? fakes[i]! : genuines[j]!;
    const i0 = i;
    const j0 = j;
    while (i < positives && fakes[i]! === value) ++i;
    while (j < negatives && genuines[j]! === value) ++j;
    level[k] = value;
    fake[k] = i - i0;
    genuine[k] = j - j0;
  }
  return {
    level: level.subarray(0, k),
    fake: fake.subarray(0, k),
    genuine: genuine.subarray(0, k),
    positives,
    negatives
  };
}

/**
 * The thresholds that part k ascending distinct scores in every possible way: −Infinity, the k − 1 midpoints between
 * neighbours, Infinity. Every row of a level is above the threshold before it and not above the one after it, also where
 * no number lies between two levels.
 */
export function thresholdsBetween(level: Float64Array): Float64Array {
  const k = level.length;
  const threshold = new Float64Array(Math.max(k, 1) + 1);
  threshold[0] = -Infinity;
  for (let i = 1; i < k; ++i) threshold[i] = midpoint(level[i - 1]!, level[i]!);
  threshold[threshold.length - 1] = Infinity;
  return threshold;
}

function midpoint(low: number, high: number): number {
  const sum = low + high;
  const middle = Number.isFinite(sum) ? sum / 2 : low / 2 + high / 2;
  return middle < high ? middle : low;
}

/** The scores of fake and of genuine rows, each ascending. Throws as scoreLevels does. */
function sortedByClass(label: ArrayLike<number>, score: ArrayLike<number>): [Float64Array, Float64Array] {
  validateLengths(label, score);
  const n = label.length;
  const values = new Float64Array(n);
  let i = 0;
  let j = n;
  for (let row = 0; row < n; ++row) {
    const y = label[row]!;
    const s = score[row]!;
    validateRow(y, s, row);
    if (y === 1) values[i++] = s;
    else if (y === 0) values[--j] = s;
  }
  return [values.subarray(0, i).sort(), values.subarray(j).sort()];
}
