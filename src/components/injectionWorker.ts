import {growForest} from "../lib/forest/growForest.js";
import type {ForestParameters} from "../lib/forest/parameters.js";
import {scoreRows} from "../lib/forest/scoreRows.js";
import {featuresOf} from "../lib/traffic/featureColumn.js";
import {type Injection, injectFakes, type NumberFeatures} from "../lib/traffic/injectFakes.js";

/** The first message to a worker: the real rows, and the forest to grow of features that are made of their columns. */
export interface Opening {
  readonly columns: NumberFeatures;
  readonly features: readonly string[];
  readonly parameters: ForestParameters;
}

/** What a worker says of an injection, which is any later message: labels and scores of real and injected rows. */
export type Answer =
  | {readonly label: Float64Array<ArrayBuffer>; readonly score: Float64Array<ArrayBuffer>}
  | {readonly error: string};

let opening: Opening;

addEventListener("message", ({data}: MessageEvent<Opening | Injection>) => {
  if ("columns" in data) {
    opening = data;
    return;
  }
  try {
    const {features: columns, label} = injectFakes(opening.columns, data);
    const features = featuresOf({columns}, opening.features);
    const score = scoreRows(growForest(features, opening.parameters), features);
    const answer = {label, score} as Answer & {label: Float64Array<ArrayBuffer>; score: Float64Array<ArrayBuffer>};
    postMessage(answer, {transfer: [answer.label.buffer, answer.score.buffer]});
  } catch (error) {
    postMessage({error: error instanceof Error ? error.message : `${error}`} satisfies Answer);
  }
});
