import {randomSource} from "../random.js";
import {declarationOf, type ThresholdRule} from "./thresholdRules.js";
import {validateRow} from "./validate.js";

// Apart from the streams in which trees grow and traffic is simulated, so that no half follows either.
const firstStream = 0x68616c66;

/**
 * The labelled rows that a threshold is chosen on, the others being left to report on: 1 where the row belongs to the
 * choosing half, otherwise 0. Half of the fake rows and half of the genuine ones are drawn without replacement; of an
 * odd number the choosing half has one more, so that a class of a single row leaves nothing to report on. Rows of
 * unknown label (NaN) belong to neither half. The same labels in the same order and the same seed, 1 by default, give
 * the same half. Throws on other labels.
 * Knuth 1997, “The art of computer programming”, volume 2, section 3.4.2, algorithm S, for each class.
 */
export function choosingHalf(label: ArrayLike<number>, seed = 1): Uint8Array {
  const left = [0, 0];
  for (let row = 0; row < label.length; ++row) {
    const y = label[row]!;
    validateRow(y, 0, row);
    if (!Number.isNaN(y)) ++left[y]!;
  }
  const wanted = left.map((rows) => Math.ceil(rows / 2));
  const random = left.map((_, y) => randomSource(seed, firstStream + y));
  const half = new Uint8Array(label.length);
  for (let row = 0; row < label.length; ++row) {
    const y = label[row]!;
    if (Number.isNaN(y)) continue;
    if (random[y]!() * left[y]!-- >= wanted[y]!) continue;
    half[row] = 1;
    --wanted[y]!;
  }
  return half;
}

/**
 * The labels that a report on the rule’s threshold may use: NaN where the rule has seen the label to choose, so that no
 * number is the fit’s own; all of them for rules that need no labels. A copy.
 */
export function reportedLabels(label: ArrayLike<number>, rule: ThresholdRule): Float64Array {
  return declarationOf(rule.rule).needs === "labels" ? labelsOfHalf(label, 0) : new Float64Array(label);
}

/** The labels that a rule chooses by: those of the choosing half, NaN elsewhere. A copy. */
export function choosingLabels(label: ArrayLike<number>): Float64Array {
  return labelsOfHalf(label, 1);
}

function labelsOfHalf(label: ArrayLike<number>, side: 0 | 1): Float64Array {
  const half = choosingHalf(label);
  const labels = new Float64Array(label);
  for (let row = 0; row < labels.length; ++row) if (half[row] !== side) labels[row] = NaN;
  return labels;
}
