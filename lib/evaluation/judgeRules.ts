import {reportedLabels} from "./choosingHalf.js";
import {caretNames, confusionStatistics, moreStatistics} from "./confusionStatistics.js";
import {proportion} from "./consequences.js";
import {countAbove} from "./countAbove.js";
import {countsAt} from "./countsAt.js";
import {degeneracy} from "./degenerate.js";
import {type ScoreLevels, scoreLevels} from "./scoreLevels.js";
import {chooseThreshold, describeRule, formatRule, type ThresholdRule} from "./threshold.js";
import {declarationOf} from "./thresholdRules.js";

/** The rows that rules choose on and are judged by. */
export interface RuleRows {
  /** 1 fake, 0 genuine, NaN unknown. */
  readonly label: ArrayLike<number>;
  readonly score: ArrayLike<number>;
  /** Those of label and score. */
  readonly levels: ScoreLevels;
  /** Codes of the rows’ clients, −1 unknown; null without. */
  readonly client: ArrayLike<number> | null;
  /** Days that the rows span, NaN where unknown. */
  readonly days: number;
}

/** A rule with its threshold. */
export interface JudgedRule {
  readonly rule: ThresholdRule;
  readonly threshold: number;
  /** Of the labelled rows that have not chosen it: the same object for all rules that are judged on the same rows. */
  readonly judged: ScoreLevels;
}

/** A rule that has no answer for the rows, and why. */
export interface RefusedRule {
  readonly rule: ThresholdRule;
  readonly reason: string;
}

/** Chooses the threshold of each rule that has an answer. */
export function judgeRules(
  rules: readonly ThresholdRule[],
  {label, score, levels, client, days}: RuleRows
): {judged: JudgedRule[]; refused: RefusedRule[]} {
  const answers = {judged: [] as JudgedRule[], refused: [] as RefusedRule[]};
  // All rules with labels have chosen on the same half.
  let others: ScoreLevels | undefined;
  for (const rule of rules) {
    let threshold: number;
    try {
      threshold = chooseThreshold(score, rule, {label, client, days});
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      answers.refused.push({rule, reason: error.message});
      continue;
    }
    const needsLabels = declarationOf(rule.rule).needs === "labels";
    if (needsLabels) others ??= scoreLevels(reportedLabels(label, rule, client), score);
    answers.judged.push({rule, threshold, judged: needsLabels ? others! : levels});
  }
  return answers;
}

/** What a rule does, as plain objects for JSON; what is undefined is NaN. */
export function judgement({rule, threshold, judged}: JudgedRule, {label, score, levels, client, days}: RuleRows) {
  const counts = countsAt(judged, threshold);
  const {tn, fp, fn, tp} = counts;
  const statistics = confusionStatistics(counts);
  const flagged = countAbove(score, threshold);
  const labelled = levels.positives + levels.negatives;
  const reported = judged.positives + judged.negatives;
  return {
    rule: formatRule(rule),
    meaning: describeRule(rule),
    threshold,
    judged_on: judged === levels ? "all labelled rows" : client === null ? otherHalf : otherClients,
    flagged,
    // a rate from less than a day would be a guess at the rest of it
    flagged_per_day: days >= 1 ? flagged / days : NaN,
    ...{tn, fp, fn, tp},
    unknown: label.length - labelled,
    chosen_by: labelled - reported,
    overall: named(statistics, overallNames),
    byClass: named(statistics, byClassNames),
    more: Object.fromEntries(Object.entries(moreStatistics(counts)).map(([key, value]) => [snakeCase(key), value])),
    intervals_95: {
      precision: proportion(tp, tp + fp),
      recall: proportion(tp, tp + fn),
      specificity: proportion(tn, tn + fp),
      false_positive_rate: proportion(fp, tn + fp)
    },
    degenerate: degeneracy({threshold, unknown: label.length - reported, ...counts}, {rows: "rows"})
  };
}

const otherHalf = "the half of the labelled rows that did not choose";
const otherClients = "the labelled rows of the clients that did not choose";

type Statistic = keyof typeof caretNames;

const overallNames: readonly Statistic[] = [
  "accuracy",
  "kappa",
  "accuracyLower",
  "accuracyUpper",
  "noInformationRate",
  "accuracyPValue",
  "mcnemarPValue"
];
const byClassNames = (Object.keys(caretNames) as Statistic[]).filter((name) => !overallNames.includes(name));

function named(statistics: Readonly<Record<Statistic, number>>, names: readonly Statistic[]) {
  return Object.fromEntries(names.map((name) => [caretNames[name], statistics[name]]));
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
