import {randomSource} from "../random.js";
import {placementsOfRows} from "./placements.js";
import {ranks} from "./rankCorrelation.js";
import {auc} from "./rocCurve.js";
import {scoreLevels} from "./scoreLevels.js";
import {validateCount} from "./validate.js";

/** How much to permute, and from which seed. */
export interface PermutationOptions {
  /** How often to permute, a whole number of at least 1; 1999 by default. */
  readonly replicates?: number;
  /** A whole number of at least 0, 1 by default: the same seed gives the same answer. */
  readonly seed?: number;
}

/** Whether scores rank fake rows above genuine ones better than chance. */
export interface PermutationTest {
  /** Area under the ROC curve. */
  readonly auc: number;
  /** One-sided, from 1 / (replicates + 1) to 1. */
  readonly pValue: number;
}

/** Whether two scores of the same rows rank them equally well. */
export interface PairedPermutationTest {
  /** The areas under both ROC curves. */
  readonly auc: readonly [number, number];
  /** The first area less the second. */
  readonly difference: number;
  /** Two-sided, from 1 / (replicates + 1) to 1. */
  readonly pValue: number;
}

/**
 * Tests whether the area under the ROC curve is greater than by chance, where labels are dealt out among the scores at
 * random: p is (1 + permutations whose area is as great or greater) / (1 + replicates), valid for any ties and any
 * number of rows, and the same in whatever order they are. Takes time in proportion to replicates times rows of the
 * rarer class. Rows of label NaN are left out; NaN when either class is missing. Throws as scoreLevels does, and on
 * replicates or a seed outside their range.
 */
export function permutationTest(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  {replicates = 1999, seed = 1}: PermutationOptions = {}
): PermutationTest {
  validateCount(replicates, 1, "replicates");
  const random = randomSource(seed);
  const levels = scoreLevels(label, score);
  const {fake, genuine, positives, negatives} = levels;
  if (positives === 0 || negatives === 0) return {auc: NaN, pValue: NaN};
  // the area rises with the ranks of fake rows and falls with those of genuine ones
  const [rarer, sign] = positives <= negatives ? [fake, 1] : [genuine, -1];
  const values = new Int32Array(positives + negatives);
  let observed = 0;
  for (let i = 0, n = 0; i < fake.length; ++i) {
    const end = n + fake[i]! + genuine[i]!;
    values.fill(sign * (n + end), n, end);
    observed += rarer[i]! * sign * (n + end);
    n = end;
  }
  const drawn = Math.min(positives, negatives);
  let count = 1;
  for (let r = 0; r < replicates; ++r) if (sumOfDrawn(values, drawn, random) >= observed) ++count;
  return {auc: auc(levels), pValue: count / (1 + replicates)};
}

/**
 * Tests whether two scores of the same rows, which need not be on one scale, have the same ROC curve, sensitive to a
 * difference in area: each score gives way to its ranks, and every row exchanges its two ranks or not at random. p is
 * (1 + exchanges whose difference is as far from 0 or farther) / (1 + replicates), 1 for equal rankings. Takes time in
 * proportion to replicates times rows. Rows of label NaN are left out; NaN when either class is missing. Throws as
 * permutationTest does.
 * Bandos, Rockette and Gur 2005, “A permutation test sensitive to differences in areas for comparing ROC curves from a
 * paired design”.
 */
export function pairedPermutationTest(
  label: ArrayLike<number>,
  score: ArrayLike<number>,
  other: ArrayLike<number>,
  {replicates = 1999, seed = 1}: PermutationOptions = {}
): PairedPermutationTest {
  validateCount(replicates, 1, "replicates");
  const random = randomSource(seed);
  const areas = [auc(scoreLevels(label, score)), auc(scoreLevels(label, other))] as const;
  const difference = areas[0] - areas[1];
  if (Number.isNaN(difference)) return {auc: areas, difference, pValue: NaN};
  const weights = exchangeWeights(label, score, other);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let count = 1;
  for (let r = 0; r < replicates; ++r) {
    if (Math.abs(2 * sumOfHalf(weights, random) - sum) >= Math.abs(sum)) ++count;
  }
  return {auc: areas, difference, pValue: count / (1 + replicates)};
}

/**
 * A whole number for each labelled row, such that 4mn times the difference in area is Σ ± weight, where the sign is −
 * for rows that exchanged their ranks. For a fake row i with ranks x₁, x₂ and a genuine row j with y₁, y₂, the
 * difference that the pair adds is ψ(x₁, y₁) − ψ(x₂, y₂), or ψ(x₁, y₂) − ψ(x₂, y₁) after j’s exchange, and the negative
 * of each after i’s exchange, too. Half of their sum follows i’s sign and half of their difference j’s, so that i
 * weighs by how many of all y are below x₁ less those below x₂, and j by how many of all x are above y₁ less those
 * above y₂.
 */
function exchangeWeights(label: ArrayLike<number>, score: ArrayLike<number>, other: ArrayLike<number>): Int32Array {
  const known = labelledRows(label);
  const n = known.length;
  const rank = new Float64Array(2 * n);
  rank.set(ranks(known.map((row) => score[row]!)));
  rank.set(ranks(known.map((row) => other[row]!)), n);
  const twice = Float64Array.from(rank, (_, i) => label[known[i % n]!]!);
  const placement = placementsOfRows(twice, rank, scoreLevels(twice, rank));
  return new Int32Array(n).map((_, i) => placement[i]! - placement[i + n]!);
}

/** The numbers of rows whose label is known, as numbers that can hold scores. */
function labelledRows(label: ArrayLike<number>): Float64Array {
  const rows = new Float64Array(label.length);
  let n = 0;
  for (let row = 0; row < label.length; ++row) if (!Number.isNaN(label[row]!)) rows[n++] = row;
  return rows.subarray(0, n);
}

/** The sum of so many values drawn without replacement. Reorders the values. */
function sumOfDrawn(values: Int32Array, count: number, random: () => number): number {
  let sum = 0;
  for (let i = 0; i < count; ++i) {
    const j = i + Math.floor(random() * (values.length - i));
    const value = values[j]!;
    values[j] = values[i]!;
    values[i] = value;
    sum += value;
  }
  return sum;
}

/** The sum of values that are each drawn or not with even chance, by one bit of a random number. */
function sumOfHalf(values: Int32Array, random: () => number): number {
  let sum = 0;
  let bits = 0;
  for (let i = 0; i < values.length; ++i) {
    bits = i % 32 === 0 ? random() * 2 ** 32 : bits >>> 1;
    sum += values[i]! & -(bits & 1);
  }
  return sum;
}
