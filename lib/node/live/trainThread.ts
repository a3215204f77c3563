import type {Worker} from "node:worker_threads";
import type {TrainedModel, TrainingRequest} from "../../live/trainModel.js";
import {startThread} from "../startThread.js";
import type {Trained, TrainTask} from "./trainWorker.js";

/**
 * Trains models in a thread of its own, one after the other. It starts with the first request, which takes a second and
 * 60 MB, and keeps the process alive only while it trains.
 */
export class TrainThread {
  private worker: Worker | null = null;
  private isClosed = false;
  private count = 0;
  private readonly waiting = new Map<number, Waiting>();

  /** The model, the same to the bit as trained in place; where the thread fails, it is tried once more in a new one. */
  readonly train = (request: TrainingRequest): Promise<TrainedModel> => {
    if (this.isClosed) return Promise.reject(new Error("expected an open training thread, got a closed one"));
    return new Promise((resolve, reject) => this.post(this.count++, {request, resolve, reject, isSecond: false}));
  };

  /** Ends the thread; what is under way is rejected. */
  async close(): Promise<void> {
    this.isClosed = true;
    const {worker} = this;
    this.fail(new Error("the training was given up"));
    await worker?.terminate();
  }

  private post(number: number, task: Waiting): void {
    this.worker ??= this.start();
    this.worker.ref();
    this.waiting.set(number, task);
    this.worker.postMessage({number, request: task.request} satisfies TrainTask);
  }

  private start(): Worker {
    const worker = startThread(new URL("./trainWorker.ts", import.meta.url));
    let fault = new Error("the training thread ended");
    worker.on("message", (trained: Trained) => {
      const task = this.waiting.get(trained.number);
      this.waiting.delete(trained.number);
      if (this.waiting.size === 0) worker.unref();
      if ("error" in trained) task?.reject(new Error(trained.error));
      else task?.resolve(trained.model);
    });
    // An exit follows.
    worker.on("error", (error) => {
      fault = error;
    });
    worker.on("exit", () => {
      if (this.worker === worker) this.fail(fault);
    });
    return worker;
  }

  private fail(error: Error): void {
    this.worker = null;
    const failed = [...this.waiting];
    this.waiting.clear();
    for (const [number, task] of failed) {
      if (task.isSecond || this.isClosed) task.reject(error);
      else this.post(number, {...task, isSecond: true});
    }
  }
}

interface Waiting {
  readonly request: TrainingRequest;
  readonly resolve: (model: TrainedModel) => void;
  readonly reject: (error: Error) => void;
  readonly isSecond: boolean;
}
