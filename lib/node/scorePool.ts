import {availableParallelism} from "node:os";
import type {Worker} from "node:worker_threads";
import type {Features} from "../forest/features.js";
import type {Forest} from "../forest/forest.js";
import type {Scored, ScoreTask} from "./scoreWorker.js";
import {startThread} from "./startThread.js";

/** Scores blocks of rows with one forest in several threads. */
export interface ScorePool {
  readonly threads: number;
  /** Adds a thread, which takes a second to start and 40 MB. */
  start(): void;
  /** The scores of a block, the same to the bit as in one thread; waits for a thread that is free. */
  score(features: Features): Promise<Float64Array>;
  close(): Promise<void>;
}

/** A pool of so many threads, by default as many as the machine has; close it at the end. */
export function scorePool(forest: Forest, threads = availableParallelism()): ScorePool {
  const idle: Worker[] = [];
  const waiting: ((worker: Worker) => void)[] = [];
  const workers: Worker[] = [];
  let broken: Error | null = null;
  const take = () =>
    idle.length > 0 ? Promise.resolve(idle.pop()!) : new Promise<Worker>((resolve) => waiting.push(resolve));
  const give = (worker: Worker) => {
    const next = waiting.shift();
    if (next === undefined) idle.push(worker);
    else next(worker);
  };
  const start = () => {
    const worker = startThread(new URL("./scoreWorker.ts", import.meta.url), {workerData: forest.buffer});
    // Also while nobody asks it anything; no one will get an answer from it again.
    worker.on("error", (error) => {
      broken ??= error;
    });
    workers.push(worker);
    give(worker);
  };
  for (let i = 0; i < threads; ++i) start();
  return {
    get threads() {
      return workers.length;
    },
    start,
    async score(features) {
      const worker = await take();
      try {
        if (broken !== null) throw broken;
        return await ask(worker, features);
      } finally {
        give(worker);
      }
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  };
}

function ask(worker: Worker, features: Features): Promise<Float64Array> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      worker.off("message", answer);
      worker.off("error", fail);
      end();
    };
    const answer = (scored: Scored) =>
      settle(() => ("error" in scored ? reject(new Error(scored.error)) : resolve(scored.score)));
    const fail = (error: Error) => settle(() => reject(error));
    worker.on("message", answer);
    worker.on("error", fail);
    worker.postMessage({features} satisfies ScoreTask);
  });
}
