import {reportedLabels} from "../lib/evaluation/choosingHalf.js";
import {declarationOf} from "../lib/evaluation/thresholdRules.js";
import type {ThresholdControl} from "./thresholdControl.js";

/** Labels to judge by. */
export interface JudgedLabels {
  /** 1 fake, 0 genuine, NaN unknown or already used to choose the threshold. */
  readonly label: Float64Array;
  /** Whether a rule has chosen by the other labels. */
  readonly isHalf: boolean;
}

/**
 * The labels that the threshold has not been chosen by: all of them, or half where the rule needs labels. Tells at once,
 * and again when it changes, not at every move of the threshold. The result ends it.
 */
export function judgedLabels(
  control: ThresholdControl,
  label: Float64Array,
  client: ArrayLike<number> | null,
  change: (judged: JudgedLabels) => void
): () => void {
  let was: boolean | null = null;
  const tell = () => {
    const {rule} = control.value;
    const isHalf = declarationOf(rule.rule).needs === "labels";
    if (isHalf === was) return;
    was = isHalf;
    change({label: isHalf ? reportedLabels(label, rule, client) : label, isHalf});
  };
  control.addEventListener("input", tell);
  tell();
  return () => control.removeEventListener("input", tell);
}
