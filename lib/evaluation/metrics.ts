import type {ConfusionCounts, ConfusionMatrix} from "./confusionMatrix.js";
import {type ConfusionStatistics, caretNames, confusionStatistics} from "./confusionStatistics.js";
import {counted, grouped, percent, probability, singular} from "./wording.js";

/** One statistic as the page shows it. */
export interface Metric {
  readonly key: keyof ConfusionStatistics;
  readonly name: string;
  readonly caretName: string;
  /** How it follows from the counts and from other metrics, in plain text. */
  readonly formula: string;
  /**
   * One sentence of what the statistic says for these counts, also where it is undefined. `rows` is the plural that the
   * sentence uses, "sessions" by default; `statistics` are those of the counts, computed unless given.
   */
  readonly meaning: (counts: ConfusionMatrix, options?: {rows?: string; statistics?: ConfusionStatistics}) => string;
}

/** Every statistic of confusionStatistics, in display order. */
export const metrics: readonly Metric[] = [
  metric("accuracy", "Accuracy", "(TP + TN) / n", (f, s) => {
    return `The verdict is right for ${grouped(f.tp + f.tn)} of ${f.all}, ${percent(s.accuracy)}; the no-information rate, of ${f.guess}, is ${percent(s.noInformationRate)}.`;
  }),
  metric("accuracyLower", "Accuracy, lower bound", "Clopper–Pearson 95 % interval of TP + TN out of n", (_, s) => {
    return `The 95 % interval of the accuracy begins at ${percent(s.accuracyLower)}.`;
  }),
  metric("accuracyUpper", "Accuracy, upper bound", "Clopper–Pearson 95 % interval of TP + TN out of n", (_, s) => {
    return `The 95 % interval of the accuracy ends at ${percent(s.accuracyUpper)}.`;
  }),
  metric("noInformationRate", "No-information rate", "max(TP + FN, FP + TN) / n", (f, s) => {
    return `Without looking, ${f.guess} would be right for ${percent(s.noInformationRate)}.`;
  }),
  metric(
    "accuracyPValue",
    "P-value, accuracy above no-information rate",
    "P(X ≥ TP + TN), X binomial of n and the no-information rate",
    (f, s) => {
      return `If the detector were only as accurate as ${f.guess}, its chance of being right this often or more would be ${probability(s.accuracyPValue)}.`;
    }
  ),
  metric(
    "kappa",
    "Cohen’s kappa",
    "(accuracy − chance) / (1 − chance), chance = Σ row share × column share",
    (_, s) => {
      if (Number.isNaN(s.kappa)) return "Undefined: every label and every verdict is the same.";
      if (s.kappa === 0) return "Verdicts agree with labels as often as chance would.";
      if (s.kappa < 0) return "Verdicts agree with labels less often than chance would.";
      return `Verdicts agree with labels ${percent(s.kappa)} of the way from chance to perfection.`;
    }
  ),
  metric("mcnemarPValue", "P-value, McNemar", "P(χ²₁ ≥ (|FP − FN| − 1)² / (FP + FN))", (f, s) => {
    if (f.fp + f.fn === 0) return "Undefined: there are no errors to compare.";
    return `It misses ${f.fake(f.fn)} and flags ${f.genuine(f.fp)}; were both errors equally likely, the chance of so uneven a split would be ${probability(s.mcnemarPValue)}.`;
  }),
  metric("sensitivity", "Sensitivity", "TP / (TP + FN)", (f) => {
    if (f.positives === 0) return `Undefined: there are no fake ${f.rows} to catch.`;
    return `Of ${f.fake(f.positives)} ${grouped(f.tp)} ${f.tp === 1 ? "was" : "were"} caught.`;
  }),
  metric("specificity", "Specificity", "TN / (TN + FP)", (f) => {
    if (f.negatives === 0) return `Undefined: there are no genuine ${f.rows} to spare.`;
    return `Of ${f.genuine(f.negatives)} ${grouped(f.tn)} ${f.tn === 1 ? "was" : "were"} left alone.`;
  }),
  metric(
    "positivePredictiveValue",
    "Positive predictive value",
    "sensitivity × prevalence / (sensitivity × prevalence + (1 − specificity) × (1 − prevalence))",
    (f, s) => {
      if (f.positives === 0 || f.negatives === 0) return `Undefined: it needs both fake and genuine ${f.rows}.`;
      if (f.flagged === 0) return "Undefined: nothing is flagged.";
      return `Where ${percent(s.prevalence)} are fake, a flagged ${f.row} is fake with a chance of ${percent(s.positivePredictiveValue)}.`;
    }
  ),
  metric(
    "negativePredictiveValue",
    "Negative predictive value",
    "specificity × (1 − prevalence) / (specificity × (1 − prevalence) + (1 − sensitivity) × prevalence)",
    (f, s) => {
      if (f.positives === 0 || f.negatives === 0) return `Undefined: it needs both fake and genuine ${f.rows}.`;
      if (f.fn + f.tn === 0) return "Undefined: everything is flagged.";
      return `Where ${percent(s.prevalence)} are fake, a ${f.row} that is not flagged is genuine with a chance of ${percent(s.negativePredictiveValue)}.`;
    }
  ),
  metric("precision", "Precision", "TP / (TP + FP)", (f) => {
    if (f.flagged === 0) return "Undefined: nothing is flagged.";
    return `Of ${counted(f.flagged, `flagged ${f.rows}`)} ${grouped(f.tp)} ${f.tp === 1 ? "is" : "are"} fake.`;
  }),
  metric("recall", "Recall", "TP / (TP + FN)", (f) => {
    if (f.positives === 0) return `Undefined: there are no fake ${f.rows} to catch.`;
    return `The same as sensitivity: ${grouped(f.tp)} of ${f.fake(f.positives)} caught.`;
  }),
  metric("f1", "F1", "2 × precision × recall / (precision + recall)", (f, s) => {
    if (f.tp === 0) return `Undefined: no fake ${f.row} is caught, so precision and recall have no balance.`;
    return `It balances precision, ${percent(s.precision)}, and recall, ${percent(s.recall)}, and is low when either is.`;
  }),
  metric("prevalence", "Prevalence", "(TP + FN) / n", (f) => {
    return `${grouped(f.positives)} of ${f.all} ${f.positives === 1 ? "is" : "are"} fake.`;
  }),
  metric("detectionRate", "Detection rate", "TP / n", (f) => {
    return `${grouped(f.tp)} of ${f.all} ${f.tp === 1 ? "is" : "are"} fake and flagged.`;
  }),
  metric("detectionPrevalence", "Detection prevalence", "(TP + FP) / n", (f) => {
    return `${grouped(f.flagged)} of ${f.all} ${f.flagged === 1 ? "is" : "are"} flagged, rightly or wrongly.`;
  }),
  metric("balancedAccuracy", "Balanced accuracy", "(sensitivity + specificity) / 2", (f, s) => {
    if (f.positives === 0 || f.negatives === 0) return `Undefined: it needs both fake and genuine ${f.rows}.`;
    return `Fake and genuine ${f.rows} weigh the same: ${percent(s.balancedAccuracy)}, where flagging nothing, everything or at random gives 50 %.`;
  })
];

/** What the sentences speak of besides statistics: counts and the words for rows. */
interface Findings extends ConfusionCounts {
  readonly positives: number;
  readonly negatives: number;
  readonly flagged: number;
  readonly rows: string;
  readonly row: string;
  readonly all: string;
  readonly guess: string;
  readonly fake: (count: number) => string;
  readonly genuine: (count: number) => string;
}

function metric(
  key: Metric["key"],
  name: string,
  formula: string,
  sentence: (findings: Findings, statistics: ConfusionStatistics) => string
): Metric {
  return {
    key,
    name,
    caretName: caretNames[key],
    formula,
    meaning: (counts, {rows = "sessions", statistics = confusionStatistics(counts)} = {}) => {
      const findings = findingsOf(counts, rows);
      return findings.positives + findings.negatives === 0
        ? `Undefined: no ${findings.row} has a label.`
        : sentence(findings, statistics);
    }
  };
}

function findingsOf({tp, fp, fn, tn, unknown}: ConfusionMatrix, rows: string): Findings {
  const positives = tp + fn;
  const negatives = fp + tn;
  const row = singular(rows);
  return {
    tp,
    fp,
    fn,
    tn,
    positives,
    negatives,
    flagged: tp + fp,
    rows: unknown === 0 ? rows : `labelled ${rows}`,
    row,
    all: counted(positives + negatives, unknown === 0 ? rows : `labelled ${rows}`),
    guess: `calling every ${row} ${positives > negatives ? "fake" : "genuine"}`,
    fake: (count) => counted(count, `fake ${rows}`),
    genuine: (count) => counted(count, `genuine ${rows}`)
  };
}
