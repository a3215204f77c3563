import type {Bands} from "../lib/evaluation/bootstrapBands.js";
import type {ScoreLevels} from "../lib/evaluation/scoreLevels.js";
import type {Answer, Order} from "./bandsWorker.js";

/** A worker that draws rows again and again to say how uncertain curves are. */
export interface BandsPool {
  /** The bands of the curves of these rows; null when another call or the end came before they were known. */
  bands(levels: ScoreLevels): Promise<Bands | null>;
  /** Ends the worker. */
  terminate(): void;
}

/** Starts its worker at the first call, which is rejected where the browser allows none. */
export function bandsPool(): BandsPool {
  let worker: Worker | null = null;
  let ended = false;
  let run = 0;
  let settle: {resolve(bands: Bands | null): void; reject(error: Error): void} | null = null;
  let broken: Error | null = null;

  const take = () => {
    const taken = settle;
    settle = null;
    return taken;
  };
  const start = () => {
    const started = new Worker(import.meta.resolve("./bandsWorker.js"), {type: "module"});
    started.onmessage = ({data}: MessageEvent<Answer>) => {
      if (data.run !== run) return;
      if ("error" in data) take()?.reject(new Error(data.error));
      else take()?.resolve(data.bands);
    };
    started.onerror = () => {
      broken = new Error("no worker could be started");
      take()?.reject(broken);
    };
    return started;
  };

  return {
    async bands(levels) {
      if (ended) return null;
      if (broken !== null) throw broken;
      take()?.resolve(null);
      worker ??= start();
      worker.postMessage({run: ++run, levels} satisfies Order);
      return new Promise((resolve, reject) => {
        settle = {resolve, reject};
      });
    },
    terminate() {
      ended = true;
      take()?.resolve(null);
      worker?.terminate();
    }
  };
}
