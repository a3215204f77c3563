import type {ForestParameters} from "./parameters.js";
import {scoreOfMean} from "./scoreOfMean.js";
import type {TreeValues} from "./treeValues.js";

/** A row’s score after some of the trees, for each of the counts asked for. */
export interface ConvergingScore {
  /** After that many of the forest’s first trees. */
  readonly score: Float64Array;
  /** Bounds between which 95 % of forests of that many trees put it; NaN when one tree shows no spread. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * How a row’s score settles as trees are added. Trees are grown independently, so that the mean v of t of them is normal
 * about the mean m of all, with the standard error s / √t, s the deviation between trees: the band is the score of
 * m ± 1.96 s / √t. It narrows with the root of the number of trees, and is not closed after the last: another seed would
 * still move the score as far. Liu, Ting and Zhou 2008, section 3, on convergence; the central limit theorem.
 */
export function convergingScore(
  {trees, values}: TreeValues,
  row: number,
  parameters: ForestParameters,
  counts: ArrayLike<number>
): ConvergingScore {
  const own = values.subarray(row * trees, (row + 1) * trees);
  const {mean, deviation} = spread(own);
  const score = new Float64Array(counts.length);
  const low = new Float64Array(counts.length);
  const high = new Float64Array(counts.length);
  let sum = 0;
  let added = 0;
  for (let i = 0; i < counts.length; ++i) {
    while (added < counts[i]!) sum += own[added++]!;
    const error = (1.959963984540054 * deviation) / Math.sqrt(counts[i]!);
    const [a, b] = [scoreOfMean(parameters, mean - error), scoreOfMean(parameters, mean + error)];
    score[i] = scoreOfMean(parameters, sum / added);
    low[i] = Math.min(a, b);
    high[i] = Math.max(a, b);
  }
  return {score, low, high};
}

/** Mean and sample deviation of what the trees say; the deviation of one is NaN. */
export function spread(values: Float64Array): {mean: number; deviation: number} {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return {mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : Number.NaN};
}
