import type {Worker} from "node:worker_threads";
import type {TrainedModel, TrainingRequest} from "../../live/trainModel.js";
import {startThread} from "../startThread.js";
import type {Trained, TrainTask} from "./trainWorker.js";

/** Trains models in a thread of its own, one after the other. */
export interface TrainPool {
  /** The model, the same to the bit as trained in place; where the thread fails, it is tried once more in a new one. */
  train(request: TrainingRequest): Promise<TrainedModel>;
  /** Ends the thread; what is under way is rejected. */
  close(): Promise<void>;
}

/** The thread starts with the first request, which takes a second and 60 MB, and does not keep the process alive. */
export function trainPool(): TrainPool {
  let worker: Worker | null = null;
  let isClosed = false;
  let count = 0;
  const waiting = new Map<number, Waiting>();

  const failAll = (error: Error) => {
    worker = null;
    const failed = [...waiting];
    waiting.clear();
    for (const [number, task] of failed) {
      if (task.isSecond || isClosed) task.reject(error);
      else post(number, {...task, isSecond: true});
    }
  };
  const start = () => {
    const started = startThread(new URL("./trainWorker.ts", import.meta.url));
    started.unref();
    started.on("message", (trained: Trained) => {
      const task = waiting.get(trained.number);
      waiting.delete(trained.number);
      if ("error" in trained) task?.reject(new Error(trained.error));
      else task?.resolve(trained.model);
      if (waiting.size === 0) started.unref();
    });
    // An error is followed by an exit, after which the thread is no longer this one.
    let fault = new Error("the training thread ended");
    started.on("error", (error) => {
      fault = error;
    });
    started.on("exit", () => {
      if (worker === started) failAll(fault);
    });
    return started;
  };
  const post = (number: number, task: Waiting) => {
    worker ??= start();
    // Who waits for a model wants the process to live until then.
    worker.ref();
    waiting.set(number, task);
    worker.postMessage({number, request: task.request} satisfies TrainTask);
  };
  return {
    train(request) {
      if (isClosed) return Promise.reject(new Error("expected an open pool to train in, got a closed one"));
      return new Promise((resolve, reject) => post(count++, {request, resolve, reject, isSecond: false}));
    },
    async close() {
      isClosed = true;
      const ended = worker;
      failAll(new Error("the training was given up"));
      await ended?.terminate();
    }
  };
}

interface Waiting {
  readonly request: TrainingRequest;
  readonly resolve: (model: TrainedModel) => void;
  readonly reject: (error: Error) => void;
  readonly isSecond: boolean;
}
