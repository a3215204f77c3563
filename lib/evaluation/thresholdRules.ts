/**
 * How a threshold is chosen. Shares, rates, prevalences and the least recall or precision are in [0, 1];
 * `thresholdRules` says what each rule means and which parameters it takes.
 */
export type ThresholdRule =
  | {readonly rule: "mad"; readonly deviations: number}
  | {readonly rule: "quantile"; readonly share: number}
  | {readonly rule: "fixed"; readonly value: number}
  | {readonly rule: "alerts"; readonly perDay: number}
  | {readonly rule: "tail"; readonly rate: number}
  | {readonly rule: "valley"}
  | {readonly rule: "youden"}
  | {readonly rule: "top-left"}
  | {readonly rule: "f-beta"; readonly beta: number}
  | {readonly rule: "mcc"}
  | {readonly rule: "cost"; readonly miss: number; readonly falseAlarm: number; readonly prevalence?: number}
  | {readonly rule: "recall"; readonly least: number}
  | {readonly rule: "precision"; readonly least: number};

/** A number that a rule takes. */
export interface RuleParameter {
  /** Its property in the rule. */
  readonly key: string;
  /** Its name in messages. */
  readonly name: string;
  /** The words behind a number field that shows the value times the scale. */
  readonly unit: string;
  /** 100 where people read the number in per cent; 1 unless given. */
  readonly scale?: number;
  /** Where a field begins; like the bounds and the step in the rule’s own unit, not in the shown one. */
  readonly default: number;
  /** The least value, −Infinity for any that is finite. */
  readonly min: number;
  /** The greatest value, Infinity for any that is finite. */
  readonly max: number;
  /** Bounds that the value itself may not reach; neither unless given. */
  readonly open?: "min" | "both";
  readonly step: number;
  /** A rule may leave it out; it then comes last. */
  readonly optional?: boolean;
}

/** A rule as texts, controls and checks need it. */
export interface RuleDeclaration<Rule extends ThresholdRule = ThresholdRule> {
  readonly rule: Rule["rule"];
  /** Short display name. */
  readonly name: string;
  /** What chooseThreshold must know besides the scores. */
  readonly needs: "nothing" | "time" | "labels";
  /** In the order in which the rule is spelled. */
  readonly parameters: readonly RuleParameter[];
  /** One sentence: which threshold it is. */
  readonly meaning: string;
  /** Where the method comes from. */
  readonly source?: string;
  /** The rule with its parameters in a person’s words. */
  describe(rule: Rule): string;
}

const declarations: {
  readonly [Name in ThresholdRule["rule"]]: Omit<RuleDeclaration<Extract<ThresholdRule, {rule: Name}>>, "rule">;
} = {
  mad: {
    name: "Distance from the median",
    needs: "nothing",
    parameters: [
      {
        key: "deviations",
        name: "deviations",
        unit: "MAD above the median",
        default: 3,
        min: 0,
        max: Infinity,
        step: 0.1
      }
    ],
    meaning:
      "So many median absolute deviations above the median, each times 1.4826, which makes it a standard deviation where scores are normal.",
    source: "Hampel 1974, “The influence curve and its role in robust estimation”",
    describe: ({deviations}) => `median + ${deviations} MAD`
  },
  quantile: {
    name: "Share of rows",
    needs: "nothing",
    parameters: [
      {
        key: "share",
        name: "share",
        unit: "% of rows",
        scale: 100,
        default: 0.05,
        min: 0,
        max: 1,
        open: "both",
        step: 0.001
      }
    ],
    meaning: "The quantile above which about this share of all rows lies, whatever their scores.",
    source: "Hyndman and Fan 1996, “Sample quantiles in statistical packages”, definition 7",
    describe: ({share}) => `top ${inPercent(share)}`
  },
  fixed: {
    name: "A fixed score",
    needs: "nothing",
    parameters: [
      {key: "value", name: "threshold", unit: "score", default: 0.75, min: -Infinity, max: Infinity, step: 0.001}
    ],
    meaning: "The number itself, whatever the scores are.",
    describe: ({value}) => `fixed at ${value}`
  },
  alerts: {
    name: "Alerts per day",
    needs: "time",
    parameters: [
      {
        key: "perDay",
        name: "alerts per day",
        unit: "alerts a day",
        default: 20,
        min: 0,
        max: Infinity,
        open: "min",
        step: 1
      }
    ],
    meaning:
      "The lowest threshold that raises no more than so many alerts a day, on average over the period of the rows.",
    describe: ({perDay}) => `${perDay} ${perDay === 1 ? "alert" : "alerts"} a day`
  },
  tail: {
    name: "Tail of extreme values",
    needs: "nothing",
    parameters: [
      {
        key: "rate",
        name: "rate",
        unit: "% false alarms",
        scale: 100,
        default: 0.001,
        min: 0,
        max: 1,
        open: "both",
        step: 0.0001
      }
    ],
    meaning:
      "The score that a row passes with this probability by a generalised Pareto distribution fitted to the highest scores, as if all of them were genuine.",
    source: "Siffer et al. 2017, “Anomaly detection in streams with extreme value theory”",
    describe: ({rate}) => `false-alarm rate ${inPercent(rate)} by the tail`
  },
  valley: {
    name: "Valley between two modes",
    needs: "nothing",
    parameters: [],
    meaning: "The least dense score below the highest mode of the scores; none where a test finds one mode only.",
    source: "Dümbgen and Walther 2008, “Multiscale inference about a density”",
    describe: () => "valley between two modes"
  },
  youden: {
    name: "Youden’s index",
    needs: "labels",
    parameters: [],
    meaning: "The greatest sum of sensitivity and specificity.",
    source: "Youden 1950, “Index for rating diagnostic tests”",
    describe: () => "best Youden’s index"
  },
  "top-left": {
    name: "Closest to the top left",
    needs: "labels",
    parameters: [],
    meaning:
      "The point of the ROC curve that is closest to the corner where every fake row and no genuine one is flagged.",
    source:
      "Perkins and Schisterman 2006, “The inconsistency of ‘optimal’ cutpoints obtained using two criteria based on the receiver operating characteristic curve”",
    describe: () => "closest to the top left"
  },
  "f-beta": {
    name: "F-beta",
    needs: "labels",
    parameters: [
      {
        key: "beta",
        name: "beta",
        unit: "times as much weight on recall as on precision",
        default: 1,
        min: 0,
        max: 1000,
        open: "min",
        step: 0.1
      }
    ],
    meaning: "The greatest weighted harmonic mean of precision and recall.",
    source: "van Rijsbergen 1979, “Information retrieval”, chapter 7",
    describe: ({beta}) => `best F${beta}`
  },
  mcc: {
    name: "Matthews correlation",
    needs: "labels",
    parameters: [],
    meaning: "The greatest correlation of verdicts and labels.",
    source: "Matthews 1975, “Comparison of the predicted and observed secondary structure of T4 phage lysozyme”",
    describe: () => "best Matthews correlation"
  },
  cost: {
    name: "Cost",
    needs: "labels",
    parameters: [
      {key: "miss", name: "cost of a miss", unit: "for a miss", default: 10, min: 0, max: 1e9, open: "min", step: 1},
      {
        key: "falseAlarm",
        name: "cost of a false alarm",
        unit: "for a false alarm",
        default: 1,
        min: 0,
        max: 1e9,
        open: "min",
        step: 1
      },
      {
        key: "prevalence",
        name: "prevalence",
        unit: "% of rows are fake",
        scale: 100,
        default: 0.01,
        min: 0,
        max: 1,
        open: "both",
        step: 0.001,
        optional: true
      }
    ],
    meaning:
      "The least expected cost a row, where misses and false alarms cost so much and so many rows are fake, by default as many as among the labelled ones.",
    source: "Metz 1978, “Basic principles of ROC analysis”",
    describe: ({miss, falseAlarm, prevalence}) =>
      `least cost, a miss ${miss} : a false alarm ${falseAlarm}${
        prevalence === undefined ? "" : `, where ${inPercent(prevalence)} are fake`
      }`
  },
  recall: {
    name: "Recall at least",
    needs: "labels",
    parameters: [
      {
        key: "least",
        name: "recall",
        unit: "% of fake rows",
        scale: 100,
        default: 0.9,
        min: 0,
        max: 1,
        open: "min",
        step: 0.01
      }
    ],
    meaning: "The highest threshold above which this share of the fake rows lies.",
    describe: ({least}) => `recall at least ${inPercent(least)}`
  },
  precision: {
    name: "Precision at least",
    needs: "labels",
    parameters: [
      {
        key: "least",
        name: "precision",
        unit: "% of flagged rows",
        scale: 100,
        default: 0.9,
        min: 0,
        max: 1,
        open: "min",
        step: 0.01
      }
    ],
    meaning: "Of the thresholds above which this share of rows is fake, the one that catches the most fake rows.",
    describe: ({least}) => `precision at least ${inPercent(least)}`
  }
};

/** Every rule, in display order: the only place where names, parameters, ranges, meanings and sources are declared. */
export const thresholdRules: readonly RuleDeclaration[] = Object.entries(declarations).map(([rule, declaration]) => ({
  rule: rule as ThresholdRule["rule"],
  ...(declaration as Omit<RuleDeclaration, "rule">)
}));

const byRule = new Map<string, RuleDeclaration>(thresholdRules.map((declaration) => [declaration.rule, declaration]));

/** The declaration of the rule of that name; undefined where there is none. */
export function declarationOf(rule: ThresholdRule["rule"]): RuleDeclaration;
export function declarationOf(rule: string): RuleDeclaration | undefined;
export function declarationOf(rule: string): RuleDeclaration | undefined {
  return byRule.get(rule);
}

/** Whether the parameter may have that value: finite and within its bounds. */
export function isWithin({min, max, open}: RuleParameter, value: number): boolean {
  const above = open === undefined ? value >= min : value > min;
  const below = open === "both" ? value < max : value <= max;
  return Number.isFinite(value) && above && below;
}

/** How the rule is spelled, for a command line’s help: `mad:DEVIATIONS`, `cost:MISS:FALSE-ALARM[:PREVALENCE]`. */
export function syntaxOf({rule, parameters}: RuleDeclaration): string {
  const words = parameters.map(({key, optional}) => {
    const word = key.replace(/[A-Z]/g, "-$&").toUpperCase();
    return optional ? `[:${word}]` : `:${word}`;
  });
  return rule + words.join("");
}

function inPercent(share: number): string {
  return `${Number((share * 100).toPrecision(12))} %`;
}
