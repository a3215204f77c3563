import {inTurns, type Turns} from "../inTurns.js";
import {randomSource} from "../random.js";
import {type BootstrapEstimate, type BootstrapOptions, spread, validateBootstrap} from "./bootstrap.js";
import {precisionRecallArea} from "./precisionRecall.js";
import {resampleLevels} from "./resampleLevels.js";
import {auc} from "./rocCurve.js";
import type {ScoreLevels} from "./scoreLevels.js";
import {validateCount} from "./validate.js";

/** How bands are made: as bootstrap, and where. */
export interface BandOptions extends BootstrapOptions {
  /** Evenly spaced places from 0 to 1 at which the bands are known, at least 2, 101 by default. */
  readonly points?: number;
}

/** A curve with an interval at each place, not of the curve as a whole; all of the same length. */
export interface Band {
  /** Ascending, from 0 to 1. */
  readonly at: Float64Array;
  readonly estimate: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** How uncertain two curves and their areas are, all from the same replicates. */
export interface Bands {
  /** By false positive rate, below 1 % at ten more places a decade from 1 / negatives. NaN when a class is missing. */
  readonly sensitivity: Band;
  /** By recall. NaN without fake rows. */
  readonly precision: Band;
  readonly auc: BootstrapEstimate;
  readonly precisionRecallArea: BootstrapEstimate;
  readonly replicates: number;
  readonly confidence: number;
}

/**
 * Percentile intervals of sensitivity at fixed false positive rates, of precision at fixed recalls, and of the areas
 * under both curves, by the stratified bootstrap; as many replicates by default as replicatesFor says.
 * Sensitivity at a rate is the highest one there, linear between points of the curve, as in pROC’s `ci.se` (Fawcett
 * 2006, “An introduction to ROC analysis”, vertical averaging). Precision at a recall is the highest one there, between
 * points with false positives linear in true positives (Davis and Goadrich 2006), at recall 0 the limit.
 * Where scores part the classes perfectly both bands have no width: as bootstrap says, that is not certainty.
 */
export function bootstrapBands(levels: ScoreLevels, options?: BandOptions): Bands {
  const work = bandWork(levels, options);
  work.draw(0, work.replicates);
  work.summarise(0, work.columns);
  return work.bands();
}

/** As bootstrapBands, with pauses; null when it was stopped. */
export async function bandsInTurns(levels: ScoreLevels, options: BandOptions, turns: Turns): Promise<Bands | null> {
  const work = bandWork(levels, options);
  const drawn = await inTurns({from: 0, to: work.replicates}, turns, work.draw);
  const done = drawn && (await inTurns({from: 0, to: work.columns}, turns, work.summarise));
  return done ? work.bands() : null;
}

/** As many replicates as 20 million drawn rows allow, from 200 for many rows to 2,000 for at most 10,000. */
export function replicatesFor(rows: number): number {
  return Math.min(2000, Math.max(200, Math.floor(2e7 / rows)));
}

interface BandWork {
  readonly replicates: number;
  /** Statistics of a replicate: the sensitivities, the precisions, and both areas. */
  readonly columns: number;
  readonly draw: (from: number, to: number) => void;
  readonly summarise: (from: number, to: number) => void;
  readonly bands: () => Bands;
}

function bandWork(
  levels: ScoreLevels,
  {
    replicates = replicatesFor(levels.positives + levels.negatives),
    seed = 1,
    confidence = 0.95,
    points = 101
  }: BandOptions = {}
): BandWork {
  validateBootstrap(replicates, confidence);
  validateCount(points, 2, "points");
  const recall = Float64Array.from({length: points}, (_, i) => i / (points - 1));
  const rate = withSmallRates(recall, levels.negatives);
  const columns = rate.length + recall.length + 2;
  const statistics = curveStatistics(rate, recall, levels);
  const draw = resampleLevels(levels);
  const estimate = statistics(levels, new Float64Array(columns));
  const row = new Float64Array(columns);
  // column by column, so that each is in one piece when it is sorted
  const values = new Float64Array(columns * replicates);
  const spreads: BootstrapEstimate[] = [];
  const band = (at: Float64Array, first: number): Band => {
    const part = spreads.slice(first, first + at.length);
    return {
      at,
      estimate: Float64Array.from(part, (s) => s.estimate),
      lower: Float64Array.from(part, (s) => s.lower),
      upper: Float64Array.from(part, (s) => s.upper)
    };
  };
  return {
    replicates,
    columns,
    draw(from, to) {
      for (let r = from; r < to; ++r) {
        statistics(draw(randomSource(seed, r)), row);
        for (let c = 0; c < columns; ++c) values[c * replicates + r] = row[c]!;
      }
    },
    summarise(from, to) {
      for (let c = from; c < to; ++c) {
        const column = values.subarray(c * replicates, (c + 1) * replicates);
        spreads[c] = {estimate: estimate[c]!, ...spread(column, confidence)};
      }
    },
    bands: () => ({
      sensitivity: band(rate, 0),
      precision: band(recall, rate.length),
      auc: spreads[columns - 2]!,
      precisionRecallArea: spreads[columns - 1]!,
      replicates,
      confidence
    })
  };
}

/** The places with ten a decade added from 1 / negatives up to 1 %, for charts with a logarithmic axis. */
function withSmallRates(even: Float64Array, negatives: number): Float64Array {
  const small: number[] = [];
  for (let i = 0; 10 ** (i / 10) < 0.01 * negatives; ++i) small.push(10 ** (i / 10) / negatives);
  return Float64Array.of(...new Set([...even, ...small])).sort();
}

/** Writes sensitivity at each rate, precision at each recall, and both areas. */
function curveStatistics(
  rate: Float64Array,
  recall: Float64Array,
  {positives, negatives}: ScoreLevels
): (levels: ScoreLevels, row: Float64Array) => Float64Array {
  const falsePositives = rate.map((share) => countOf(share, negatives));
  const truePositives = recall.map((share) => countOf(share, positives));
  return (levels, row) => {
    const {level, fake, genuine} = levels;
    row.fill(NaN);
    let tp = 0;
    let fp = 0;
    let i = 0;
    let j = 0;
    for (let k = level.length - 1; k >= 0; --k) {
      const dtp = fake[k]!;
      const dfp = genuine[k]!;
      for (; falsePositives[i]! < fp + dfp; ++i) row[i] = (tp + ((falsePositives[i]! - fp) / dfp) * dtp) / positives;
      for (; truePositives[j]! <= tp + dtp && dtp > 0; ++j) {
        const t = truePositives[j]!;
        const f = fp + ((t - tp) / dtp) * dfp;
        row[rate.length + j] = t === 0 ? limit(dtp, dfp, fp) : t / (t + f);
      }
      tp += dtp;
      fp += dfp;
    }
    // without genuine rows there is no rate, and NaN compares with nothing
    for (; falsePositives[i]! <= fp && negatives > 0; ++i) row[i] = tp / positives;
    row[row.length - 2] = auc(levels);
    row[row.length - 1] = precisionRecallArea(levels);
    return row;
  };
}

/** Precision where recall goes to 0 before the first fake rows, which follow fp genuine ones. */
function limit(dtp: number, dfp: number, fp: number): number {
  return fp > 0 ? 0 : dtp / (dtp + dfp);
}

/** The share of n rows, which is a whole number wherever only rounding keeps it from being one. */
function countOf(share: number, n: number): number {
  const count = share * n;
  const whole = Math.round(count);
  return Math.abs(count - whole) < 1e-12 * n ? whole : count;
}
