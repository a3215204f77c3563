import {clopperPearson, type Interval} from "./interval.js";
import {validateLengths} from "./validate.js";

/** What a threshold flags among rows of which some were injected. */
export interface InjectedRecall {
  readonly injected: number;
  /** Injected rows above the threshold. */
  readonly caught: number;
  /** caught / injected, NaN where nothing was injected. */
  readonly recall: number;
  /** The 95 % interval of Clopper and Pearson: what other injected rows of this kind would show. */
  readonly interval: Interval;
  /** Rows that were not injected, and those of them above the threshold. */
  readonly real: number;
  readonly flagged: number;
}

/**
 * Recall of the injected rows, labelled 1, at a threshold; every other label is that of a real row. As in life, the threshold
 * should be one that its rule gives for all scores, those of injected rows too. Throws where the lengths differ.
 */
export function injectedRecall(label: Float64Array, score: Float64Array, threshold: number): InjectedRecall {
  validateLengths(label, score);
  let injected = 0;
  let caught = 0;
  let flagged = 0;
  for (let row = 0; row < score.length; ++row) {
    const isFlagged = score[row]! > threshold;
    if (label[row] !== 1) flagged += Number(isFlagged);
    else {
      ++injected;
      caught += Number(isFlagged);
    }
  }
  return {
    injected,
    caught,
    recall: caught / injected,
    interval: clopperPearson(caught, injected),
    real: score.length - injected,
    flagged
  };
}
