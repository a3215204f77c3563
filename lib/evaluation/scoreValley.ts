import {countUpTo} from "./countUpTo.js";
import {median, sorted} from "./quantile.js";
import {density} from "./scoreDensity.js";

/** The least dense place between the two highest modes of the scores. */
export interface ScoreValley {
  /** The middle of it, where a stretch is equally empty. */
  readonly threshold: number;
  /** The modes below and above it. */
  readonly modes: readonly [number, number];
  /** How deep it is, in (0, 1]: 1 − density in the valley / density at the lower of both modes. */
  readonly depth: number;
}

/** A mode of the density of scores, with the scores around it. */
export interface ScoreMode {
  /** Where the density is greatest. */
  readonly score: number;
  /** The valley below, −Infinity for the lowest mode. */
  readonly from: number;
  /** The valley above, Infinity for the highest mode. */
  readonly to: number;
  /** Share of the scores in (from, to]. */
  readonly share: number;
  /** Depth of the valley below as in ScoreValley; NaN for the lowest mode. */
  readonly depth: number;
}

/**
 * The valley below the highest mode, null where there is none: the scores have one mode only, as scoreModes tests it,
 * or no other that lies apart, as valleyOf asks.
 */
export function scoreValley(score: ArrayLike<number>): ScoreValley | null {
  return valleyOf(scoreModes(score));
}

/**
 * The highest valley between modes that is at least 0.2 deep and has no more than two thirds of the scores above: a
 * shallower one may be certain among many scores, but parts nothing, and what is most of all is no anomaly.
 */
export function valleyOf(modes: readonly ScoreMode[]): ScoreValley | null {
  let above = 0;
  for (let i = modes.length - 1; i > 0; --i) {
    const {score, from, share, depth} = modes[i]!;
    above += share;
    if (depth >= leastDepth && above <= mostAbove) {
      return {threshold: from, modes: [modes[i - 1]!.score, score], depth};
    }
  }
  return null;
}

const leastDepth = 0.2;
const mostAbove = 2 / 3;
const mostCells = 256;
const mostLattice = mostCells ** 2;
const outerShare = 0.005;
const leastDifferent = 10;
const places = 1025;
const mostEstimated = 2 ** 16;
// The 95 % quantile of the greatest statistic of uniform scores in 256 cells: 1.57 to 1.78 for 50 to 1,000,000 of
// them, in simulations of 1,000 samples (120 of a million).
const critical = 1.8;

/**
 * The modes of the scores, ascending, as many as there must be with a confidence of 95 %: one more than there are
 * intervals in which the density rises after one in which it falls. All intervals are tested at once, against uniform
 * scores, since no density without a rise shows more of one by chance: scores of one mode show two in no more than 5 %
 * of samples, whatever their shape. A mode of few rows may go unseen: 5 % of 2,000 rows are found, of 300 they are
 * not. Between a fall and a rise, the valley is where a kernel density estimate is least. One mode where there are
 * fewer than 10 different scores, none without scores. Intervals begin and end on up to 257 even places between the
 * 0.5 % and the 99.5 % quantile, so that few scores far out do not coarsen them; where scores are rounded, in the
 * middle between the steps. Finite scores; NaN left out.
 * Dümbgen and Walther 2008, “Multiscale inference about a density”.
 */
export function scoreModes(score: ArrayLike<number>): ScoreMode[] {
  const all = sorted(score);
  if (all.length === 0) return [];
  const outer = Math.floor(all.length * outerShare);
  const inner = all.subarray(outer, all.length - outer);
  const cells = cellsOf(inner);
  return modesBetween(all, inner, cells === null ? [] : dipsOf(cells));
}

/** Counts in even cells. */
interface Cells {
  readonly count: Float64Array;
  readonly start: number;
  readonly step: number;
}

function cellsOf(ascending: Float64Array): Cells | null {
  const low = ascending[0]!;
  const range = ascending[ascending.length - 1]! - low;
  const different = differentOf(ascending);
  if (different.length < leastDifferent || !(range / mostLattice > 0 && range < Infinity)) return null;
  // Cells hold whole steps of rounded scores, otherwise some would hold one step more than others.
  const gap = different.length > mostLattice ? 0 : median(different.subarray(1).map((s, i) => s - different[i]!));
  const isLattice = gap > range / mostLattice;
  const step = isLattice ? gap * Math.ceil(range / gap / mostCells) : range / mostCells;
  const start = isLattice ? low - gap / 2 : low;
  const count = new Float64Array(isLattice ? Math.floor((range + gap / 2) / step) + 1 : mostCells);
  for (let i = 0; i < ascending.length; ++i) {
    ++count[Math.min(count.length - 1, Math.floor((ascending[i]! - start) / step))]!;
  }
  return {count, start, step};
}

/** The different ones of ascending scores, of which no more are looked for than lattices have. */
function differentOf(ascending: Float64Array): Float64Array {
  const different = new Float64Array(Math.min(ascending.length, mostLattice + 1));
  let count = 0;
  for (let i = 0; i < ascending.length && count < different.length; ++i) {
    if (i === 0 || ascending[i]! > ascending[i - 1]!) different[count++] = ascending[i]!;
  }
  return different.subarray(0, count);
}

/**
 * Where the density falls and rises again, ascending: from the beginning of a fall to the end of a rise. Of all falls
 * beyond the last rise the one that ends first, then of all rises beyond it.
 */
function dipsOf({count, start, step}: Cells): [number, number][] {
  const cells = count.length;
  const upTo = new Float64Array(cells + 1);
  const moment = new Float64Array(cells + 1);
  for (let i = 0; i < cells; ++i) {
    upTo[i + 1] = upTo[i]! + count[i]!;
    moment[i + 1] = moment[i]! + count[i]! * (i + 0.5);
  }
  const rows = upTo[cells]!;
  const nextChange = (begin: number, direction: 1 | -1): [number, number] | null => {
    for (let to = begin + 2; to <= cells; ++to) {
      for (let from = to - 2; from >= begin; --from) {
        const m = upTo[to]! - upTo[from]!;
        if (m < 2) continue;
        // T = Σ (2 u − 1) / sd, where u is a score’s place within the interval, the middle of its cell
        const length = to - from;
        const sum = (2 * (moment[to]! - moment[from]! - from * m)) / length - m;
        const t = sum / Math.sqrt((m * (1 - 1 / length ** 2)) / 3);
        if (direction * t > critical + Math.sqrt(2 * Math.log((Math.E * rows) / m))) return [from, to];
      }
    }
    return null;
  };
  const dips: [number, number][] = [];
  for (let begin = 0; ; ) {
    const fall = nextChange(begin, -1);
    const rise = fall && nextChange(fall[1], 1);
    if (!rise) return dips;
    dips.push([start + fall[0] * step, start + rise[1] * step]);
    begin = rise[1];
  }
}

function modesBetween(all: Float64Array, inner: Float64Array, dips: [number, number][]): ScoreMode[] {
  const low = inner[0]!;
  const high = inner[inner.length - 1]!;
  if (!(high > low)) return [{score: low, from: -Infinity, to: Infinity, share: 1, depth: NaN}];
  const last = places - 1;
  const placeOf = (score: number) => Math.max(0, Math.min(last, Math.round(((score - low) / (high - low)) * last)));
  // Even order statistics stand for all.
  const stride = Math.ceil(inner.length / mostEstimated);
  const part = stride === 1 ? inner : inner.filter((_, i) => i % stride === stride >> 1);
  for (let options: {bandwidth?: number} = {}; ; ) {
    const {x, y, bandwidth} = density(part, {from: low, to: high, points: places, ...options});
    const valleys = dips.map(([from, to]) => lowest(y, placeOf(from), placeOf(to)));
    const ends = [0, ...valleys, last];
    const peaks = ends.slice(1).map((end, i) => highest(y, ends[i]!, end));
    const depths = valleys.map((valley, i) => 1 - y[valley]! / Math.min(y[peaks[i]!]!, y[peaks[i + 1]!]!));
    // The bandwidth for all scores may be too wide for a narrow valley.
    if (depths.some((depth) => !(depth > 0)) && bandwidth > (high - low) / places) {
      options = {bandwidth: bandwidth / 2};
      continue;
    }
    return peaks.map((peak, i) => {
      const from = i === 0 ? -Infinity : x[valleys[i - 1]!]!;
      const to = i === valleys.length ? Infinity : x[valleys[i]!]!;
      const share = (countUpTo(all, to) - countUpTo(all, from)) / all.length;
      return {score: x[peak]!, from, to, share, depth: i === 0 ? NaN : depths[i - 1]!};
    });
  }
}

/** The middle of the places where the density is least. */
function lowest(density: Float64Array, from: number, to: number): number {
  let first = from;
  let last = from;
  for (let i = from; i <= to; ++i) {
    if (density[i]! < density[first]!) first = last = i;
    else if (density[i] === density[first]) last = i;
  }
  return (first + last) >> 1;
}

function highest(density: Float64Array, from: number, to: number): number {
  let best = from;
  for (let i = from; i <= to; ++i) if (density[i]! > density[best]!) best = i;
  return best;
}
