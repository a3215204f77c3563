import type {Features} from "../lib/forest/features.js";
import type {ForestParameters} from "../lib/forest/parameters.js";
import {rangeOf} from "../lib/forest/share.js";
import type {Answer, Opening, Order} from "./forestWorker.js";

/** Workers that hold the rows of a page, grow forests from them and score them. */
export interface ForestPool {
  readonly workers: number;
  /** The scores of all rows by a forest of these features; null when another call came before they were known. */
  score(parameters: ForestParameters, features: readonly string[]): Promise<Float64Array | null>;
  /** Ends what is under way. */
  stop(): void;
  /** Ends the workers. */
  terminate(): void;
}

/** Starts one worker, or two where the machine can run them side by side. Throws where the browser allows none. */
export function forestPool(features: Features, rows: number): ForestPool {
  const parts = Math.min(2, navigator.hardwareConcurrency || 1);
  const {port1, port2} = new MessageChannel();
  const workers: Worker[] = [];
  const terminate = () => {
    for (const worker of workers) worker.terminate();
  };
  try {
    for (let part = 0; part < parts; ++part) {
      const worker = new Worker(import.meta.resolve("./forestWorker.js"), {type: "module"});
      workers.push(worker);
      const partner = parts === 1 ? null : [port1, port2][part]!;
      const opening: Opening = {features, share: {part, parts}, partner};
      worker.postMessage(opening, partner === null ? [] : [partner]);
    }
  } catch (error) {
    terminate();
    throw error;
  }
  let run = 0;
  let settle: {resolve(score: Float64Array | null): void; reject(error: Error): void} | null = null;
  let scores = new Float64Array();
  let missing = 0;
  let broken: Error | null = null;

  const order = (training: Order["training"]) => {
    settle?.resolve(null);
    settle = null;
    ++run;
    for (const worker of workers) worker.postMessage({run, training} satisfies Order);
  };
  const fail = (error: Error) => {
    settle?.reject(error);
    settle = null;
    order(null);
  };
  for (const [part, worker] of workers.entries()) {
    worker.onmessage = ({data}: MessageEvent<Answer>) => {
      if (data.run !== run || settle === null) return;
      if ("error" in data) return fail(new Error(data.error));
      scores.set(data.score, rangeOf(rows, {part, parts}).from);
      if (--missing > 0) return;
      settle.resolve(scores);
      settle = null;
    };
    worker.onerror = () => {
      broken = new Error("no worker could be started");
      fail(broken);
    };
  }

  return {
    workers: parts,
    score(parameters, names) {
      if (broken !== null) return Promise.reject(broken);
      order({parameters, features: names});
      scores = new Float64Array(rows);
      missing = parts;
      return new Promise((resolve, reject) => {
        settle = {resolve, reject};
      });
    },
    stop: () => order(null),
    terminate() {
      order(null);
      terminate();
    }
  };
}
