import {parentPort, workerData} from "node:worker_threads";
import type {Features} from "../forest/features.js";
import {openForest} from "../forest/forest.js";
import {scoreRows} from "../forest/scoreRows.js";

/** What a thread of the pool is asked. */
export interface ScoreTask {
  readonly features: Features;
}

/** What it answers. */
export type Scored = {readonly score: Float64Array<ArrayBuffer>} | {readonly error: string};

const forest = openForest(workerData as ArrayBuffer);

parentPort!.on("message", ({features}: ScoreTask) => {
  try {
    const score = scoreRows(forest, features) as Float64Array<ArrayBuffer>;
    parentPort!.postMessage({score} satisfies Scored, [score.buffer]);
  } catch (error) {
    parentPort!.postMessage({error: (error as Error).message} satisfies Scored);
  }
});
