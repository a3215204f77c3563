import {countUpTo} from "./countUpTo.js";
import {quantileSorted, sorted} from "./quantile.js";

/** A threshold for a false-alarm rate, and the tail from which it follows. */
export interface TailThreshold {
  readonly threshold: number;
  /** The initial threshold, above which scores are peaks. */
  readonly initial: number;
  /** How many scores are greater than the initial threshold. */
  readonly peaks: number;
  /** Of the generalised Pareto distribution of the peaks’ excesses; NaN where the rate needs no distribution. */
  readonly shape: number;
  readonly scale: number;
}

/**
 * A generalised Pareto distribution: P(Y > y) = (1 + shape y / scale)^(−1 / shape), exp(−y / scale) where shape is 0.
 */
export interface ParetoTail {
  readonly shape: number;
  readonly scale: number;
}

/** Fewer different excesses than this say nothing of a tail’s shape. */
const leastPeaks = 10;

/**
 * The threshold z that a score passes with probability `rate`, in (0, 1), also where that is rarer than one in all
 * scores: peaks over an initial threshold t are extrapolated by a generalised Pareto distribution, z = t + σ / γ
 * ((rate n / peaks)^(−γ) − 1). t is the R-7 quantile at `initial`, by default 0.98, less for fewer than 2,500 scores
 * so that 50 are greater, but at least 0.9. A rate that the peaks cover (rate ≥ peaks / n) gives the R-7 quantile at
 * 1 − rate. All scores are taken for ordinary, labels unseen: fakes among them lengthen the tail and raise the
 * threshold. Scores that tie are peaks each, but at least 10 peaks must differ, so that constant scores have no
 * threshold. Finite scores; NaN left out. Throws on fewer different peaks, on no scores, and on parameters outside
 * their range.
 * Siffer, Fouque, Termier and Largouët 2017, “Anomaly detection in streams with extreme value theory”, algorithm 1.
 */
export function peaksOverThreshold(
  score: ArrayLike<number>,
  rate: number,
  options: {initial?: number} = {}
): TailThreshold {
  if (!(rate > 0 && rate < 1)) throw new RangeError(`invalid rate: ${rate}`);
  const ascending = sorted(score);
  const n = ascending.length;
  if (n === 0) throw new RangeError("expected scores, got none");
  const {initial: level = Math.max(0.9, Math.min(0.98, 1 - 50 / n))} = options;
  if (!(level > 0 && level < 1)) throw new RangeError(`invalid initial quantile: ${level}`);
  const initial = quantileSorted(ascending, level);
  const excess = ascending.subarray(countUpTo(ascending, initial)).map((s) => s - initial);
  const peaks = excess.length;
  if (rate >= 1 - level || (peaks > 0 && rate >= peaks / n)) {
    return {threshold: quantileSorted(ascending, 1 - rate), initial, peaks, shape: NaN, scale: NaN};
  }
  const different = countDifferent(excess);
  if (different < leastPeaks) {
    throw new RangeError(`expected at least ${leastPeaks} different scores in the tail, got: ${different}`);
  }
  const {shape, scale} = fitParetoTail(excess);
  const x = -Math.log((rate * n) / peaks);
  const threshold = initial + scale * (shape === 0 ? x : Math.expm1(shape * x) / shape);
  return {threshold, initial, peaks, shape, scale};
}

/**
 * The generalised Pareto distribution of greatest likelihood for positive excesses, of which there is at least one.
 * With Grimshaw’s trick, one unknown x = γ / σ remains, γ being the mean of log(1 + x Y); the likelihood is searched
 * for its greatest value on an even grid of log(1 + x max Y) and refined at a root of u(x) v(x) = 1. It has no
 * greatest value where γ < −1, so that this is the bound: γ = −1, σ = max Y, uniform excesses. The exponential, γ = 0,
 * is one of the candidates.
 * Grimshaw 1993, “Computing maximum likelihood estimates for the generalized Pareto distribution”; Siffer et al.
 * 2017, section 3.2.
 */
export function fitParetoTail(excess: Float64Array): ParetoTail {
  const n = excess.length;
  let most = 0;
  let least = Infinity;
  for (let i = 0; i < n; ++i) {
    most = Math.max(most, excess[i]!);
    least = Math.min(least, excess[i]!);
  }
  const y = excess.map((value) => value / most);
  least /= most;
  let mean = 0;
  for (let i = 0; i < n; ++i) mean += y[i]! / n;

  let best = {likelihood: 0, shape: -1, scale: 1};
  const consider = (shape: number, scale: number) => {
    const likelihood = -Math.log(scale) - shape - 1;
    if (shape > -1 && likelihood > best.likelihood) best = {likelihood, shape, scale};
  };
  consider(0, mean);
  // Grimshaw’s bound: no root is greater than this.
  const end = Math.min(60, Math.log1p((2 * (mean - least)) / (least * least)));
  let place = best.shape === 0 ? 0 : NaN;
  for (let s = -20; s <= end + 1; ++s) {
    const before = best;
    const x = Math.expm1(s);
    const shape = meanLog(y, x);
    if (s !== 0) consider(shape, shape / x);
    if (best !== before) place = s;
  }
  if (!Number.isNaN(place)) {
    const upwards = place === 0 ? spread(y) > mean : rises(y, Math.expm1(place));
    let [low, high] = upwards ? [place, place + 1] : [place - 1, place];
    for (let i = 0; i < 52; ++i) {
      const middle = (low + high) / 2;
      if (rises(y, Math.expm1(middle))) low = middle;
      else high = middle;
    }
    const x = Math.expm1((low + high) / 2);
    const shape = meanLog(y, x);
    consider(shape, shape / x);
  }
  return {shape: best.shape, scale: best.scale * most};
}

/** γ = v − 1, where v is Grimshaw’s. */
function meanLog(y: Float64Array, x: number): number {
  let sum = 0;
  for (let i = 0; i < y.length; ++i) sum += Math.log1p(x * y[i]!);
  return sum / y.length;
}

/**
 * The mean of an exponential distribution with the second moment of y: the likelihood rises at x = 0 if it exceeds
 * y’s.
 */
function spread(y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; ++i) sum += y[i]! * y[i]!;
  return Math.sqrt(sum / y.length / 2);
}

/** Whether the likelihood rises with x, not 0, which it does where u v > 1. */
function rises(y: Float64Array, x: number): boolean {
  let sum = 0;
  for (let i = 0; i < y.length; ++i) sum += 1 / (1 + x * y[i]!);
  return (sum / y.length) * (1 + meanLog(y, x)) > 1;
}

function countDifferent(ascending: Float64Array): number {
  let count = 0;
  for (let i = 0; i < ascending.length; ++i) if (i === 0 || ascending[i]! > ascending[i - 1]!) ++count;
  return count;
}
