import {confusionMetrics} from "./confusionMetrics.js";
import type {Metric} from "./metric.js";
import {scoreMetrics} from "./scoreMetrics.js";

export {type ConfusionMetric, confusionMetrics} from "./confusionMetrics.js";
export type {Metric} from "./metric.js";
export {type ScoreMetric, scoreMetrics} from "./scoreMetrics.js";

/** Every metric. */
export const metrics: readonly Metric[] = [...confusionMetrics, ...scoreMetrics];
