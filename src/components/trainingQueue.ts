import {type Features, rowsOf} from "../lib/forest/features.js";
import type {ForestParameters} from "../lib/forest/parameters.js";
import {type ForestPool, forestPool} from "./forestPool.js";

/** Trains one forest after the other with the same workers. */
export interface TrainingQueue {
  /**
   * The scores of all rows by a forest of these features, known at once if it was trained before; null when it is no longer
   * wanted when its turn comes. Rejects where it cannot be trained.
   */
  score(features: Features, parameters: ForestParameters, isWanted?: () => boolean): Promise<Float64Array | null>;
  /** The scores by each of several forests, null for those that could not be trained, and why not. */
  scores(
    features: Features,
    forests: readonly ForestParameters[]
  ): Promise<{scores: (Float64Array | null)[]; problem: string | null}>;
}

/** A queue whose workers start with the first order and end with the cell. */
export function trainingQueue(invalidation: Promise<void>): TrainingQueue {
  const known = new WeakMap<Features, Map<string, Float64Array>>();
  let pool: {features: Features; workers: ForestPool} | null = null;
  let isEnded = false;
  let last: Promise<unknown> = Promise.resolve();
  invalidation.then(() => {
    isEnded = true;
    pool?.workers.terminate();
  });

  const poolOf = (features: Features) => {
    if (pool?.features === features) return pool.workers;
    pool?.workers.terminate();
    const workers = forestPool(features, rowsOf(features));
    pool = {features, workers};
    return workers;
  };
  const knownOf = (features: Features) => {
    const scores = known.get(features) ?? new Map<string, Float64Array>();
    known.set(features, scores);
    return scores;
  };
  const queue: TrainingQueue = {
    async scores(features, forests) {
      let problem: string | null = null;
      const orders = forests.map((parameters) =>
        queue.score(features, parameters).catch((error: unknown) => {
          problem ??= error instanceof Error ? error.message : `${error}`;
          return null;
        })
      );
      return {scores: await Promise.all(orders), problem};
    },
    score(features, parameters, isWanted = () => true) {
      const key = JSON.stringify(parameters);
      const turn = last.then(async () => {
        const scores = knownOf(features);
        const before = scores.get(key);
        if (before !== undefined) return before;
        if (isEnded || !isWanted()) return null;
        const score = await poolOf(features).score(parameters, Object.keys(features));
        if (score !== null) scores.set(key, score);
        return score;
      });
      last = turn.catch(() => {});
      return turn;
    }
  };
  return queue;
}
