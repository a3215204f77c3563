import {bestThreshold, type LabelRule} from "./bestThreshold.js";
import {choosingHalf} from "./choosingHalf.js";
import {peaksOverThreshold} from "./peaksOverThreshold.js";
import {quantile, quantileSorted, sorted} from "./quantile.js";
import {scoreLevels, thresholdsBetween} from "./scoreLevels.js";
import {scoreModes, valleyOf} from "./scoreValley.js";
import {declarationOf, isWithin, type ThresholdRule} from "./thresholdRules.js";
import {validateLengths, validateScore} from "./validate.js";

export type {ThresholdRule} from "./thresholdRules.js";

/** What rules need besides the scores; null and NaN are the same as nothing. */
export interface RuleContext {
  /** 1 fake, 0 genuine, NaN unknown, for each score. */
  readonly label?: ArrayLike<number> | null;
  /** Codes of the rows’ clients, −1 unknown: rules with labels choose on half of the clients instead of half of the rows. */
  readonly client?: ArrayLike<number> | null;
  /** How many days the rows span, more than 0. */
  readonly days?: number | null;
}

/**
 * The threshold that the rule gives for the scores, a finite number; a row is flagged when its score is greater.
 * `fixed`: the value itself. `quantile`: the R-7 quantile at 1 − share, so that at most ⌈share · (n − 1)⌉ rows are
 * flagged, fewer where scores tie. `mad`: median + deviations · 1.4826 · median absolute deviation from the median;
 * when more than half of the scores are equal, it flags all that are greater. `alerts`: at most ⌊perDay · days⌋ rows
 * are flagged, fewer where scores tie. `tail`: peaksOverThreshold. `valley`: scoreValley. Under these, constant scores
 * flag nothing or are refused.
 * The others, as bestThreshold says, choose on one half of the labelled rows; reportedLabels leaves the other half to
 * report on. Where flagging nothing is best, the threshold is the greatest of all scores; where flagging everything
 * is, it is the next number below the least.
 * Throws on parameters outside their range, scores that are not finite, no scores, and where the rule has no answer:
 * it needs labels, or 2 labelled rows of each class, or the days; there is no valley; no threshold reaches the
 * precision; the tail has too few different scores.
 */
export function chooseThreshold(
  score: ArrayLike<number>,
  rule: ThresholdRule,
  {label, client, days}: RuleContext = {}
): number {
  validateRule(rule);
  if (score.length === 0) throw new RangeError("expected scores, got none");
  for (let row = 0; row < score.length; ++row) validateScore(score[row]!, row);
  switch (rule.rule) {
    case "fixed":
      return rule.value;
    case "quantile":
      return quantile(score, 1 - rule.share);
    case "mad": {
      const values = sorted(score);
      const center = quantileSorted(values, 0.5);
      return center + rule.deviations * 1.4826 * medianDistance(values, center);
    }
    case "alerts":
      return thresholdOfAlerts(score, rule.perDay, days ?? NaN);
    case "tail":
      return peaksOverThreshold(score, rule.rate).threshold;
    case "valley": {
      const modes = scoreModes(score);
      const valley = valleyOf(modes);
      if (valley === null) {
        throw new RangeError(
          `no valley: the scores have ${modes.length > 1 ? "no upper mode that lies apart" : "one mode"}`
        );
      }
      return valley.threshold;
    }
    default:
      return thresholdOfLabels(score, rule, label ?? [], client);
  }
}

/** The median of the distances of ascending values from their median, which ascend both ways from it. */
function medianDistance(values: Float64Array, center: number): number {
  const n = values.length;
  const distance = new Float64Array((n >> 1) + 1);
  let below = n - 1;
  while (below >= 0 && values[below]! > center) --below;
  let above = below + 1;
  for (let i = 0; i < distance.length; ++i) {
    const down = below < 0 ? Infinity : center - values[below]!;
    const up = above === n ? Infinity : values[above]! - center;
    distance[i] = Math.min(down, up);
    if (down <= up) --below;
    else ++above;
  }
  const last = distance[distance.length - 1]!;
  return n % 2 === 1 ? last : distance[distance.length - 2]! + (last - distance[distance.length - 2]!) * 0.5;
}

/** The rule in a person’s words: "fixed at 0.75", "top 5 %", "median + 3 MAD". */
export function describeRule(rule: ThresholdRule): string {
  return declarationOf(rule.rule).describe(rule);
}

/** The rule as addresses and the command line spell it: `fixed:0.75`, `valley`, `cost:10:1`. */
export function formatRule(rule: ThresholdRule): string {
  const values = declarationOf(rule.rule).parameters.map(({key}) => parameterOf(rule, key));
  return [rule.rule, ...values.filter((value) => value !== undefined)].join(":");
}

/** The rule that formatRule spells so; throws on any other text, and on parameters outside their range. */
export function parseRule(text: string): ThresholdRule {
  const [name, ...values] = text.split(":");
  const parameters = declarationOf(name as string)?.parameters ?? [];
  const numbers = values.map((value) => (number.test(value) ? Number(value) : NaN));
  const rule = {rule: name, ...Object.fromEntries(numbers.map((value, i) => [parameters[i]?.key, value]))};
  const known = declarationOf(name as string) !== undefined && values.length <= parameters.length;
  if (!known || invalidity(rule as ThresholdRule) !== null) throw new RangeError(`invalid threshold rule: ${text}`);
  return rule as ThresholdRule;
}

const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

function thresholdOfAlerts(score: ArrayLike<number>, perDay: number, days: number): number {
  if (Number.isNaN(days)) throw new RangeError("times are needed by the rule: alerts");
  if (!(days > 0 && days < Infinity)) throw new RangeError(`invalid days: ${days}`);
  const ascending = sorted(score);
  const n = ascending.length;
  const alerts = Math.floor(perDay * days);
  if (alerts >= n) return justBelow(ascending[0]!);
  if (alerts === 0) throw new RangeError(`no alert in so short a time: ${perDay} a day in ${days.toPrecision(3)} days`);
  return thresholdsBetween(ascending.subarray(n - alerts - 1, n - alerts + 1))[1]!;
}

function thresholdOfLabels(
  score: ArrayLike<number>,
  rule: LabelRule,
  label: ArrayLike<number>,
  client: ArrayLike<number> | null | undefined
): number {
  if (label.length === 0) throw new RangeError(`labels are needed by the rule: ${rule.rule}`);
  validateLengths(label, score);
  const half = choosingHalf(label, {client});
  const rows = [
    [0, 0],
    [0, 0]
  ];
  const chosen = new Float64Array(label);
  for (let row = 0; row < label.length; ++row) {
    if (!Number.isNaN(label[row]!)) ++rows[half[row]!]![label[row]!]!;
    if (half[row] === 0) chosen[row] = NaN;
  }
  if (rows.flat().every((count) => count === 0)) throw new RangeError(`labels are needed by the rule: ${rule.rule}`);
  if (rows.flat().includes(0)) {
    const what = client ? "clients" : "labelled rows";
    throw new RangeError(`2 ${what} of each class are needed by the rule: ${rule.rule}`);
  }
  const threshold = bestThreshold(scoreLevels(chosen, score), rule);
  if (Number.isFinite(threshold)) return threshold;
  let least = Infinity;
  let most = -Infinity;
  for (let row = 0; row < score.length; ++row) {
    least = Math.min(least, score[row]!);
    most = Math.max(most, score[row]!);
  }
  return threshold > 0 ? most : justBelow(least);
}

/** The next number below, or close to it. */
function justBelow(value: number): number {
  return Math.max(-Number.MAX_VALUE, value - Math.max(Number.MIN_VALUE, Math.abs(value) * Number.EPSILON));
}

function validateRule(rule: ThresholdRule): void {
  const message = invalidity(rule);
  if (message !== null) throw new RangeError(message);
}

function invalidity(rule: ThresholdRule): string | null {
  for (const parameter of declarationOf(rule.rule).parameters) {
    const value = parameterOf(rule, parameter.key);
    if (value === undefined && parameter.optional) continue;
    if (value === undefined || !isWithin(parameter, value)) return `invalid ${parameter.name}: ${value}`;
  }
  return null;
}

function parameterOf(rule: ThresholdRule, key: string): number | undefined {
  return (rule as unknown as Record<string, number | undefined>)[key];
}
