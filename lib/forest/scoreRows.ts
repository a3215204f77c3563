import {columnsOf, type Features} from "./features.js";
import type {Forest} from "./forest.js";
import {sumLeaves} from "./kernel/sumLeaves.js";
import {isDepth} from "./parameters.js";
import {scoreOfMean} from "./scoreOfMean.js";

/**
 * The anomaly score of each row, in (0, 1]; higher is more anomalous. For depths it is 2^(−E[h(x)] / c(ψ)), and 0.5 for
 * every row of a forest that could not split: Liu, Ting and Zhou 2008, eq. 2. For log densities v it is
 * (1 − v / (1 + |v|)) / 2, 0.5 where the density is the sample’s own; for boxed ratios their mean. Features are found by
 * name. Throws on one that is missing, on infinite values, and on missing ones where the forest says so.
 */
export function scoreRows(forest: Forest, features: Features): Float64Array {
  const score = meanValues(forest, features);
  if (isDepth(forest.parameters.metric) && forest.child.every((left) => left === 0)) return score.fill(0.5);
  for (let i = 0; i < score.length; ++i) score[i] = scoreOfMean(forest.parameters, score[i]!);
  return score;
}

/** The mean over all trees of what a row’s leaf adds: its depth, log density or ratio, as the metric says. */
export function meanValues(forest: Forest, features: Features): Float64Array {
  const {columns, isComplete} = columnsOf(features, forest, forest.parameters.missing !== "fail");
  const trees = forest.root.length - 1;
  const mean = sumLeaves(forest, columns, isComplete);
  for (let i = 0; i < mean.length; ++i) mean[i]! /= trees;
  return mean;
}
