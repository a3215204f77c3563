import type {Summary} from "../lib/experiment.js";
import type {Threshold} from "./thresholdControl.js";

/** The calls that made the forest and the scores of an experiment. */
export function modelCode({forest: {trees, sampleSize, maxDepth, seed}}: Summary): string {
  return `const forest = growForest(features, {trees: ${trees}, sampleSize: ${sampleSize}, maxDepth: ${maxDepth}, seed: ${seed}});
const score = scoreRows(forest, features);`;
}

/** The call that chose the threshold, with its result. */
export function thresholdCode({rule, value}: Threshold): string {
  const parameters = Object.entries(rule).map(([key, parameter]) => `${key}: ${JSON.stringify(parameter)}`);
  return `const threshold = chooseThreshold(score, {${parameters.join(", ")}}); // ${value.toFixed(4)}`;
}
