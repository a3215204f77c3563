import {quantile, quantileSorted, sorted} from "./quantile.js";
import {validateScore} from "./validate.js";

/** How a threshold is chosen: as given, so that about the top share is flagged, or by distance from the median. */
export type ThresholdRule =
  | {readonly rule: "fixed"; readonly value: number}
  | {readonly rule: "quantile"; readonly share: number}
  | {readonly rule: "mad"; readonly deviations: number};

/**
 * The threshold that the rule gives for the scores; a row is flagged when its score is greater.
 * `fixed`: the value itself, finite. `quantile`: the R-7 quantile at 1 − share, share in (0, 1), so that at most
 * ⌈share · (n − 1)⌉ rows are flagged, fewer where scores tie. `mad`: median + deviations · 1.4826 · median absolute
 * deviation from the median, deviations ≥ 0; the factor makes it a standard deviation where scores are normal.
 * Under the last two, one score or constant scores flag nothing; when more than half of the scores are equal, `mad`
 * flags all that are greater. Throws on parameters outside their range, scores that are not finite, and no scores.
 */
export function chooseThreshold(score: ArrayLike<number>, rule: ThresholdRule): number {
  validateRule(rule);
  if (score.length === 0) throw new RangeError("expected scores, got none");
  for (let row = 0; row < score.length; ++row) validateScore(score[row]!, row);
  switch (rule.rule) {
    case "fixed":
      return rule.value;
    case "quantile":
      return quantile(score, 1 - rule.share);
    case "mad": {
      // One copy serves both medians, as there may be ten million scores.
      const values = sorted(score);
      const center = quantileSorted(values, 0.5);
      for (let i = 0; i < values.length; ++i) values[i] = Math.abs(values[i]! - center);
      return center + rule.deviations * 1.4826 * quantileSorted(values.sort(), 0.5);
    }
  }
}

/** The rule in a person’s words: "fixed at 0.75", "top 5 %", "median + 3 MAD". */
export function describeRule(rule: ThresholdRule): string {
  switch (rule.rule) {
    case "fixed":
      return `fixed at ${rule.value}`;
    case "quantile":
      return `top ${Number((rule.share * 100).toPrecision(12))} %`;
    case "mad":
      return `median + ${rule.deviations} MAD`;
  }
}

/** The rule as addresses and the command line spell it: `fixed:0.75`, `quantile:0.05`, `mad:3`. */
export function formatRule(rule: ThresholdRule): string {
  switch (rule.rule) {
    case "fixed":
      return `fixed:${rule.value}`;
    case "quantile":
      return `quantile:${rule.share}`;
    case "mad":
      return `mad:${rule.deviations}`;
  }
}

/** The rule that formatRule spells so; throws on any other text, and on parameters outside their range. */
export function parseRule(text: string): ThresholdRule {
  const [, name, parameter] = /^(fixed|quantile|mad):([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i.exec(text) ?? [];
  const rule = ruleOf(name, Number(parameter));
  if (rule === null || invalidity(rule) !== null) throw new RangeError(`invalid threshold rule: ${text}`);
  return rule;
}

function ruleOf(name: string | undefined, parameter: number): ThresholdRule | null {
  switch (name) {
    case "fixed":
      return {rule: name, value: parameter};
    case "quantile":
      return {rule: name, share: parameter};
    case "mad":
      return {rule: name, deviations: parameter};
    default:
      return null;
  }
}

function validateRule(rule: ThresholdRule): void {
  const message = invalidity(rule);
  if (message !== null) throw new RangeError(message);
}

function invalidity(rule: ThresholdRule): string | null {
  switch (rule.rule) {
    case "fixed":
      return Number.isFinite(rule.value) ? null : `invalid threshold: ${rule.value}`;
    case "quantile":
      return rule.share > 0 && rule.share < 1 ? null : `invalid share: ${rule.share}`;
    case "mad":
      return rule.deviations >= 0 && rule.deviations < Infinity ? null : `invalid deviations: ${rule.deviations}`;
  }
}
