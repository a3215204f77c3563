import type {ConfusionCounts, ConfusionMatrix} from "./confusionMatrix.js";
import {allStatistics, type Statistics} from "./confusionStatistics.js";
import {counted, grouped, percent, probability, singular} from "./wording.js";

/** The plural that sentences use, "sessions" by default, and the statistics of the counts, computed unless given. */
export interface MeaningOptions {
  readonly rows?: string;
  readonly statistics?: Statistics;
}

/** One sentence of what a statistic says for these counts, also where it is undefined. */
export function metricMeaning(
  key: keyof Statistics,
  counts: ConfusionMatrix,
  {rows = "sessions", statistics = allStatistics(counts)}: MeaningOptions = {}
): string {
  const findings = findingsOf(counts, rows);
  if (findings.positives + findings.negatives === 0) return `Undefined: no ${findings.row} has a label.`;
  return sentences[key](findings, statistics);
}

/** What the sentences speak of besides statistics: counts and the words for rows. */
interface Findings extends ConfusionCounts {
  readonly positives: number;
  readonly negatives: number;
  readonly flagged: number;
  readonly passed: number;
  readonly rows: string;
  readonly row: string;
  readonly all: string;
  readonly guess: string;
  readonly fake: (count: number) => string;
  readonly genuine: (count: number) => string;
}

type Sentence = (findings: Findings, statistics: Statistics) => string;

const sentences: Readonly<Record<keyof Statistics, Sentence>> = {
  accuracy: (f, s) =>
    `The verdict is right for ${grouped(f.tp + f.tn)} of ${f.all}, ${percent(s.accuracy)}; the no-information rate, of ${f.guess}, is ${percent(s.noInformationRate)}.`,
  noInformationRate: (f, s) => `Without looking, ${f.guess} would be right for ${percent(s.noInformationRate)}.`,
  accuracyLower: (_, s) => `The 95 % interval of the accuracy begins at ${percent(s.accuracyLower)}.`,
  accuracyUpper: (_, s) => `The 95 % interval of the accuracy ends at ${percent(s.accuracyUpper)}.`,
  accuracyPValue: (f, s) =>
    `If the detector were only as accurate as ${f.guess}, its chance of being right this often or more would be ${probability(s.accuracyPValue)}.`,
  kappa: (_, s) => {
    if (Number.isNaN(s.kappa)) return "Undefined: every label and every verdict is the same.";
    if (s.kappa === 0) return "Verdicts agree with labels as often as chance would.";
    if (s.kappa < 0) return "Verdicts agree with labels less often than chance would.";
    return `Verdicts agree with labels ${percent(s.kappa)} of the way from chance to perfection.`;
  },
  mcnemarPValue: (f, s) => {
    if (f.fp + f.fn === 0) return "Undefined: there are no errors to compare.";
    return `It misses ${f.fake(f.fn)} and flags ${f.genuine(f.fp)}; were both errors equally likely, the chance of so uneven a split would be ${probability(s.mcnemarPValue)}.`;
  },
  sensitivity: needs(noFake, (f) => `Of ${f.fake(f.positives)} ${grouped(f.tp)} ${were(f.tp)} caught.`),
  specificity: needs(noGenuine, (f) => `Of ${f.genuine(f.negatives)} ${grouped(f.tn)} ${were(f.tn)} left alone.`),
  positivePredictiveValue: needs(
    oneClass,
    nothingFlagged,
    (f, s) =>
      `Where ${percent(s.prevalence)} are fake, a flagged ${f.row} is fake with a chance of ${percent(s.positivePredictiveValue)}.`
  ),
  negativePredictiveValue: needs(
    oneClass,
    allFlagged,
    (f, s) =>
      `Where ${percent(s.prevalence)} are fake, a ${f.row} that is not flagged is genuine with a chance of ${percent(s.negativePredictiveValue)}.`
  ),
  precision: needs(nothingFlagged, (f) => `Of ${flaggedRows(f)} ${grouped(f.tp)} ${are(f.tp)} fake.`),
  recall: needs(noFake, (f) => `The same as sensitivity: ${grouped(f.tp)} of ${f.fake(f.positives)} caught.`),
  f1: (f, s) => {
    if (f.tp === 0) return `Undefined: no fake ${f.row} is caught, so precision and recall have no balance.`;
    return `It balances ${precisionAndRecall(s)}, and is low when either is.`;
  },
  prevalence: (f) => `${grouped(f.positives)} of ${f.all} ${are(f.positives)} fake.`,
  detectionRate: (f) => `${grouped(f.tp)} of ${f.all} ${are(f.tp)} fake and flagged.`,
  detectionPrevalence: (f) => `${grouped(f.flagged)} of ${f.all} ${are(f.flagged)} flagged, rightly or wrongly.`,
  balancedAccuracy: needs(
    oneClass,
    (f, s) =>
      `Fake and genuine ${f.rows} weigh the same: ${percent(s.balancedAccuracy)}, where flagging nothing, everything or at random gives 50 %.`
  ),
  fHalf: needs(noFake, nothingFlagged, (_, s) => `It balances ${precisionAndRecall(s)}, and leans to precision.`),
  f2: needs(noFake, nothingFlagged, (_, s) => `It balances ${precisionAndRecall(s)}, and leans to recall.`),
  matthewsCorrelation: needs(
    oneClass,
    nothingFlagged,
    allFlagged,
    (_, s) =>
      `Verdicts and labels correlate by ${decimal(s.matthewsCorrelation)}, where chance gives 0 and perfection 1.`
  ),
  informedness: needs(oneClass, (f, s) => `It is the difference between ${hitsAndFalseAlarms(f, s)}.`),
  markedness: needs(
    nothingFlagged,
    allFlagged,
    (f, s) =>
      `Of flagged ${f.rows} ${percent(s.precision)} are fake, of the others ${percent(s.falseOmissionRate)}: it is the difference.`
  ),
  falsePositiveRate: needs(noGenuine, (f) => `Of ${f.genuine(f.negatives)} ${grouped(f.fp)} ${were(f.fp)} flagged.`),
  missRate: needs(noFake, (f) => `Of ${f.fake(f.positives)} ${grouped(f.fn)} ${were(f.fn)} missed.`),
  falseDiscoveryRate: needs(nothingFlagged, (f) => `Of ${flaggedRows(f)} ${grouped(f.fp)} ${are(f.fp)} genuine.`),
  falseOmissionRate: needs(
    allFlagged,
    (f) => `Of ${counted(f.passed, f.rows)} left alone ${grouped(f.fn)} ${are(f.fn)} fake.`
  ),
  positiveLikelihoodRatio: needs(oneClass, nothingFlagged, (f, s) => {
    if (f.fp === 0) return `No genuine ${f.row} is flagged, so that it has no bound.`;
    return `A fake ${f.row} is flagged ${times(s.positiveLikelihoodRatio)} as often as a genuine one.`;
  }),
  negativeLikelihoodRatio: needs(oneClass, allFlagged, (f, s) => {
    if (f.tn === 0) return `No genuine ${f.row} is left alone, so that it has no bound.`;
    return `A fake ${f.row} is left alone ${times(s.negativeLikelihoodRatio)} as often as a genuine one.`;
  }),
  diagnosticOddsRatio: needs(oneClass, nothingFlagged, allFlagged, (f, s) => {
    if (f.fp === 0 || f.fn === 0) return "One kind of error is absent, so that it has no bound.";
    return `The odds of being flagged are ${times(s.diagnosticOddsRatio)} as high for a fake ${f.row} as for a genuine one.`;
  }),
  fowlkesMallows: needs(
    noFake,
    nothingFlagged,
    (_, s) => `It is the geometric mean of ${precisionAndRecall(s)}, and is low when either is.`
  ),
  threatScore: (f) => {
    const either = f.positives + f.fp;
    if (either === 0) return `Undefined: no ${f.row} is fake or flagged.`;
    return `Of ${counted(either, f.rows)} fake or flagged ${grouped(f.tp)} ${are(f.tp)} both.`;
  },
  geometricMean: needs(
    oneClass,
    (_, s) =>
      `It is the geometric mean of sensitivity, ${percent(s.sensitivity)}, and specificity, ${percent(s.specificity)}.`
  ),
  rocDistance: needs(
    oneClass,
    (f, s) =>
      `The operating point lies ${decimal(s.rocDistance)} from the corner of the ROC curve where only fake ${f.rows} are flagged, and all of them.`
  ),
  extremalDependence: needs(
    oneClass,
    (f, s) =>
      `It compares the logarithms of ${hitsAndFalseAlarms(f, s)}${f.tp * f.fp * f.fn * f.tn === 0 ? ", with 0 % and 100 % taken as 1e−9 from there" : ""}.`
  )
};

/** A sentence that is to be said unless one of the conditions before it is met, each of which says why it cannot. */
function needs(...parts: [...Obstacle[], Sentence]): Sentence {
  const obstacles = parts.slice(0, -1) as Obstacle[];
  const sentence = parts.at(-1) as Sentence;
  return (findings, statistics) => {
    for (const obstacle of obstacles) {
      const reason = obstacle(findings);
      if (reason) return `Undefined: ${reason}.`;
    }
    return sentence(findings, statistics);
  };
}

type Obstacle = (findings: Findings) => string | false;

function noFake({positives, rows}: Findings): string | false {
  return positives === 0 && `there are no fake ${rows} to catch`;
}

function noGenuine({negatives, rows}: Findings): string | false {
  return negatives === 0 && `there are no genuine ${rows} to spare`;
}

function oneClass({positives, negatives, rows}: Findings): string | false {
  return (positives === 0 || negatives === 0) && `it needs both fake and genuine ${rows}`;
}

function nothingFlagged({flagged}: Findings): string | false {
  return flagged === 0 && "nothing is flagged";
}

function allFlagged({passed}: Findings): string | false {
  return passed === 0 && "everything is flagged";
}

function precisionAndRecall({precision, recall}: Statistics): string {
  return `precision, ${percent(precision)}, and recall, ${percent(recall)}`;
}

function hitsAndFalseAlarms({rows}: Findings, {sensitivity, falsePositiveRate}: Statistics): string {
  return `the ${percent(sensitivity)} of fake and the ${percent(falsePositiveRate)} of genuine ${rows} that are flagged`;
}

function flaggedRows({flagged, rows}: Findings): string {
  return counted(flagged, `flagged ${rows}`);
}

function were(count: number): string {
  return count === 1 ? "was" : "were";
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

function decimal(value: number): string {
  return `${Math.round(value * 1000) / 1000}`.replace("-", "−");
}

function times(ratio: number): string {
  if (ratio === 1) return "just";
  return ratio < 100 ? `${Number(ratio.toPrecision(3))} times` : `${grouped(Math.round(ratio))} times`;
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
    passed: fn + tn,
    rows: unknown === 0 ? rows : `labelled ${rows}`,
    row,
    all: counted(positives + negatives, unknown === 0 ? rows : `labelled ${rows}`),
    guess: `calling every ${row} ${positives > negatives ? "fake" : "genuine"}`,
    fake: (count) => counted(count, `fake ${rows}`),
    genuine: (count) => counted(count, `genuine ${rows}`)
  };
}
