import {parentPort} from "node:worker_threads";
import {type TrainedModel, type TrainingRequest, trainModel} from "../../live/trainModel.js";

/** What the thread is asked. */
export interface TrainTask {
  readonly number: number;
  readonly request: TrainingRequest;
}

/** What it answers. */
export type Trained = {readonly number: number} & ({readonly model: TrainedModel} | {readonly error: string});

parentPort!.on("message", ({number, request}: TrainTask) => {
  try {
    const model = trainModel(request);
    parentPort!.postMessage({number, model} satisfies Trained, [model.forest]);
  } catch (error) {
    parentPort!.postMessage({number, error: (error as Error).message} satisfies Trained);
  }
});
