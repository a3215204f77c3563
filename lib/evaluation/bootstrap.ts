import {randomSource} from "../random.js";
import {quantileSorted, sorted} from "./quantile.js";
import {resampleLevels} from "./resampleLevels.js";
import type {ScoreLevels} from "./scoreLevels.js";
import {standardDeviation} from "./standardDeviation.js";
import {validateCount} from "./validate.js";

/** How much to draw, from which seed, and how sure to be. */
export interface BootstrapOptions {
  /** How often the rows are drawn again, at least 1. */
  readonly replicates?: number;
  /** Replicate r depends on the seed and r alone, so that more replicates begin with the same ones. 1 by default. */
  readonly seed?: number;
  /** Share of the replicates between the bounds, in (0, 1), 0.95 by default. */
  readonly confidence?: number;
}

/** What the replicates of a statistic say of its uncertainty; NaN where too few of them define it. */
export interface Spread {
  /** Bounds of the percentile interval. */
  readonly lower: number;
  readonly upper: number;
  /** Standard deviation of the replicates; NaN for fewer than two. */
  readonly standardError: number;
  /** Replicates left out as their statistic is NaN, as precision is where nothing is flagged. */
  readonly undefinedReplicates: number;
}

/** A statistic of the rows as they are, and what its replicates say. */
export interface BootstrapEstimate extends Spread {
  readonly estimate: number;
}

/**
 * The percentile interval of any statistic of labelled rows by the stratified bootstrap, 2,000 replicates by default.
 * For a metric at a threshold, count with countsAt: `bootstrap(levels, (drawn) => f1(countsAt(drawn, threshold)))`.
 * The statistic must not keep the levels it is given. A class that is missing stays missing.
 *
 * The interval speaks of the rows there are, not of those never seen: where no replicate can err, as where scores part
 * the classes perfectly, it is a single point, [1, 1] for the area, although the next row may be on the wrong side.
 * With few rows of a class it is too narrow in the same way; clopperPearson of a share at a threshold is not.
 * Efron and Tibshirani 1993, “An introduction to the bootstrap”, chapter 13; as pROC’s `ci.auc(method = "bootstrap")`.
 */
export function bootstrap(
  levels: ScoreLevels,
  statistic: (levels: ScoreLevels) => number,
  options?: BootstrapOptions
): BootstrapEstimate {
  return bootstrapAll([{levels, statistics: (drawn) => ({statistic: statistic(drawn)})}], options)[0]!.statistic!;
}

/** Rows, and statistics of them by name, which must not keep the levels they are given. */
export interface Bootstrapped {
  readonly levels: ScoreLevels;
  readonly statistics: (levels: ScoreLevels) => Readonly<Record<string, number>>;
}

/** As bootstrap, of many statistics: a replicate is drawn once for all entries that have the same levels object. */
export function bootstrapAll(
  entries: readonly Bootstrapped[],
  {replicates = 2000, seed = 1, confidence = 0.95}: BootstrapOptions = {}
): Record<string, BootstrapEstimate>[] {
  validateBootstrap(replicates, confidence);
  const all = entries.map(({levels, statistics}) => {
    const values = Object.entries(statistics(levels)).map(([name, estimate]) => {
      return {name, estimate, drawn: new Float64Array(replicates)};
    });
    return {levels, statistics, values};
  });
  for (const levels of new Set(entries.map((entry) => entry.levels))) {
    const own = all.filter((entry) => entry.levels === levels);
    const draw = resampleLevels(levels);
    for (let r = 0; r < replicates; ++r) {
      const replicate = draw(randomSource(seed, r));
      for (const {statistics, values} of own) {
        const answer = statistics(replicate);
        for (const {name, drawn} of values) drawn[r] = answer[name]!;
      }
    }
  }
  return all.map(({values}) => {
    return Object.fromEntries(
      values.map(({name, estimate, drawn}) => [name, {estimate, ...spread(drawn, confidence)}])
    );
  });
}

/** The percentile interval and standard error of replicates, by R’s type 7 quantiles; NaN replicates are left out. */
export function spread(replicates: Float64Array, confidence: number): Spread {
  const values = sorted(replicates);
  const tail = (1 - confidence) / 2;
  return {
    lower: quantileSorted(values, tail),
    upper: quantileSorted(values, 1 - tail),
    standardError: standardDeviation(values),
    undefinedReplicates: replicates.length - values.length
  };
}

/** Throws unless replicates is a whole number of at least 1 and confidence in (0, 1). */
export function validateBootstrap(replicates: number, confidence: number): void {
  validateCount(replicates, 1, "replicates");
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`invalid confidence: ${confidence}`);
}
