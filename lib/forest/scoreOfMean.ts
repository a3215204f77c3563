import {averagePathLength} from "./averagePathLength.js";
import {exp2} from "./exp2.js";
import type {ForestParameters} from "./parameters.js";

/** The score in (0, 1] of a row whose trees add this on average: what `scoreRows` makes of `meanValues`. */
export function scoreOfMean({metric, sampleSize}: ForestParameters, mean: number): number {
  const expected = averagePathLength(sampleSize);
  switch (metric) {
    case "depth":
    case "adjusted depth":
    case "adjusted density":
      return expected === 0 ? 0.5 : exp2(Math.min(0, Math.max(-1000, -mean / expected)));
    case "density":
    case "boxed density":
    case "boxed density 2":
      return Math.max(Number.MIN_VALUE, 0.5 - (0.5 * mean) / (1 + Math.abs(mean)));
    case "boxed ratio":
      return Math.min(1, Math.max(Number.MIN_VALUE, mean));
  }
}

/** The mean at which `scoreOfMean` gives a score between 0 and 1; infinite at the ends that no mean reaches. */
export function meanOfScore({metric, sampleSize}: ForestParameters, score: number): number {
  switch (metric) {
    case "depth":
    case "adjusted depth":
    case "adjusted density":
      return -Math.log2(score) * averagePathLength(sampleSize);
    case "density":
    case "boxed density":
    case "boxed density 2":
      return (1 - 2 * score) / (1 - Math.abs(1 - 2 * score));
    case "boxed ratio":
      return score;
  }
}
