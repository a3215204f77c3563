import {availableParallelism} from "node:os";
import type {Forest} from "../forest/forest.js";
import {scoreRows} from "../forest/scoreRows.js";
import {featuresOf} from "../traffic/featureColumn.js";
import {scorePool} from "./scorePool.js";
import type {Batch} from "./tables/batch.js";

/** A batch and the score of each of its rows. */
export interface ScoredBatch {
  readonly batch: Batch;
  readonly score: Float64Array;
}

/** How many threads to use, by default as many as the machine has, and how many rows to expect. */
export interface ScoreBatchesOptions {
  readonly threads?: number;
  readonly rows?: number;
}

// Below so many rows times trees, a thread takes longer to start than to score.
const leastToShare = 100_000_000;

/**
 * Scores batches, which come out in the order in which they go in; at most two a thread are held in memory. This thread
 * reads while others score, of which there is one more whenever reading has to wait for them.
 */
export async function* scoreBatches(
  forest: Forest,
  batches: AsyncIterable<Batch>,
  {threads = availableParallelism(), rows = Number.POSITIVE_INFINITY}: ScoreBatchesOptions = {}
): AsyncGenerator<ScoredBatch> {
  if (threads === 1 || rows * (forest.root.length - 1) < leastToShare) {
    for await (const batch of batches)
      if (batch.rows > 0) yield {batch, score: scoreRows(forest, featuresIn(batch, forest))};
    return;
  }
  const pool = scorePool(forest, 1);
  try {
    const asked: {batch: Batch; score: Promise<Float64Array>}[] = [];
    let answers = 0;
    let taken = 0;
    const first = async () => {
      const {batch, score} = asked.shift()!;
      ++taken;
      return {batch, score: await score};
    };
    for await (const batch of batches) {
      if (batch.rows === 0) continue;
      const score = pool.score(featuresIn(batch, forest));
      score.then(
        () => ++answers,
        () => {} // it is thrown when its turn comes
      );
      asked.push({batch, score});
      if (asked.length < 2 * pool.threads) continue;
      // Until the first answer, a thread is still starting.
      if (answers > 0 && answers <= taken && pool.threads < threads - 1) pool.start();
      yield await first();
    }
    while (asked.length > 0) yield await first();
  } finally {
    await pool.close();
  }
}

function featuresIn(batch: Batch, {features}: Forest) {
  return featuresOf(batch, features, (row) => `${batch.path}:${batch.lines[row]}`);
}
