import type {ConfusionMatrix} from "./confusionMatrix.js";
import {counted, grouped, percent, singular} from "./wording.js";

/**
 * In plain words, why a detector or its evaluation is degenerate: it flags nothing, everything, no fake row, or genuine
 * rows as readily as fake ones; or the labels hold one class only. Null when all is well or no row is labelled. An
 * accuracy below the no-information rate alone is not degenerate: where fakes are rare, any detector with more false
 * alarms than catches has one. `rows` is the plural that the words use.
 */
export function degeneracy(
  {tp, fp, fn, tn, unknown}: ConfusionMatrix,
  {rows = "sessions"}: {rows?: string} = {}
): string | null {
  const positives = tp + fn;
  const negatives = fp + tn;
  const n = positives + negatives;
  const all = unknown === 0 ? rows : `labelled ${rows}`;
  const row = singular(rows);
  if (n === 0) return null;
  if (positives === 0) return `No labelled ${row} is fake, so nothing shows whether it would catch one.`;
  if (negatives === 0) return `No labelled ${row} is genuine, so nothing shows whether it would spare one.`;
  if (tp + fp === 0) {
    const none =
      positives === 1
        ? `does not flag the only fake ${row}`
        : `flags none of the ${counted(positives, `fake ${rows}`)}`;
    return `It ${none}. Its accuracy of ${percent(tn / n)} is just the share of genuine ones.`;
  }
  if (tp === 0) {
    const none = positives === 1 ? "not the only fake one" : `none of the ${grouped(positives)} fake ones`;
    return `It flags ${counted(fp, all)}, but ${none}. Its accuracy of ${percent(tn / n)} is below the ${percent(negatives / n)} of flagging nothing.`;
  }
  if (fn + tn === 0) {
    return `It flags all ${grouped(n)} ${all}. Its precision of ${percent(tp / n)} is just the share of fake ones.`;
  }
  if (tp * tn <= fp * fn) {
    return `It flags ${percent(tp / positives)} of the fake ${rows} and ${percent(fp / negatives)} of the genuine ones, no better than chance.`;
  }
  return null;
}
