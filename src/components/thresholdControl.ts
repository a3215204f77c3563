import {html} from "htl";
import {
  chooseThreshold,
  describeRule,
  formatRule,
  parseRule,
  type RuleContext,
  type ThresholdRule
} from "../lib/evaluation/threshold.js";
import {declarationOf, type RuleDeclaration, thresholdRules} from "../lib/evaluation/thresholdRules.js";
import {rememberInAddress, setParameter} from "./address.js";
import {formatScore} from "./format.js";
import {ruleParameters} from "./ruleParameters.js";
import {scoreDomain} from "./scoreHistogram.js";
import {readSession, writeSession} from "./session.js";

/** A threshold and the rule that chose it. */
export interface Threshold {
  readonly rule: ThresholdRule;
  readonly value: number;
}

/** An input for the threshold, with the span of its slider. */
export type ThresholdControl = HTMLElement & {
  value: Threshold;
  domain: readonly [number, number];
  /** Sets a score as the slider does. */
  drag(value: number): void;
  /** Applies the rule to other scores. */
  rescore(score: Float64Array): void;
  /** The threshold that the rule gives for other scores; null where it has no answer for them. */
  under(score: Float64Array): number | null;
};

const groups = [
  {label: "Without labels", needs: ["nothing", "time"]},
  {label: "With labels, chosen on half of them", needs: ["labels"]}
] as const;

/**
 * Chooses the threshold by a rule and its parameters, or by dragging a score, which makes the rule `fixed`. A rule that
 * has no answer says why, and the threshold stays. The choice is kept in the address and, for the other pages of the
 * experiment, in the tab’s session; without one it is the experiment’s own rule.
 */
export function thresholdControl(
  score: Float64Array,
  {experiment, rule, ...context}: {experiment: string; rule: ThresholdRule} & RuleContext
): ThresholdControl {
  const memory = rememberedRule(experiment);
  let scores = score;
  let chosen = rule;
  const kind = html`<select aria-label="Rule">${groups.map(
    ({label, needs}) =>
      html`<optgroup label=${label}>${thresholdRules
        .filter((declaration) => (needs as readonly string[]).includes(declaration.needs))
        .map((declaration) => optionOf(declaration, context))}</optgroup>`
  )}</select>` as HTMLSelectElement;
  const parameters = ruleParameters((next) => choose(next));
  const slider = html`<input type="range" aria-label="Threshold" step="0.001">` as HTMLInputElement;
  const words = html`<output class="number"></output>`;
  const reset = html`<button type="button">as built</button>` as HTMLButtonElement;
  const meaning = html`<p class="muted small"></p>`;
  const refusal = html`<p class="refusal" role="status"></p>`;
  const form = html`<form class="threshold-control">
    <label>Rule ${kind}</label> ${parameters} ${reset}
    <div class="threshold-slider">${slider}${words}</div>
    ${meaning}${refusal}
  </form>`;

  const show = () => {
    const {value} = control;
    kind.value = chosen.rule;
    parameters.show(chosen);
    [slider.min, slider.max] = [`${control.domain[0]}`, `${control.domain[1]}`];
    slider.value = `${value.value}`;
    words.textContent = `threshold ${formatScore(value.value)} – ${describeRule(value.rule)}`;
    meaning.textContent = meaningOf(declarationOf(chosen.rule), refusal.textContent !== "");
    reset.disabled = formatRule(chosen) === formatRule(rule);
  };
  // Where the chosen rule has no answer, the experiment’s own stands in, and where that has none, the threshold as it was.
  const apply = (next: ThresholdRule, fallbacks: readonly ThresholdRule[]) => {
    chosen = next;
    refusal.textContent = "";
    for (const candidate of [next, ...fallbacks]) {
      try {
        control.value = {rule: candidate, value: chooseThreshold(scores, candidate, context)};
        break;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        refusal.textContent ||= `This rule has no answer here: ${error.message}. The threshold stands as it says above.`;
      }
    }
    show();
  };
  const choose = (next: ThresholdRule) => {
    apply(next, []);
    if (refusal.textContent === "") memory.write(formatRule(next) === formatRule(rule) ? null : next);
    announce();
  };
  const announce = () => control.dispatchEvent(new Event("input", {bubbles: true}));
  const rescore = (next: Float64Array) => {
    scores = next;
    control.domain = scoreDomain(next);
    apply(chosen, [rule, {rule: "fixed", value: round(control.value.value)}]);
    announce();
  };
  const control: ThresholdControl = Object.assign(form as HTMLElement, {
    value: {rule, value: Number.NaN},
    domain: scoreDomain(score),
    drag: (value: number) => choose({rule: "fixed", value: round(value)}),
    rescore,
    under: (score: Float64Array) => {
      try {
        return chooseThreshold(score, control.value.rule, context);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return null;
      }
    }
  });

  form.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [kind, slider]) input.addEventListener("input", (event) => event.stopPropagation());
  kind.addEventListener("input", () => {
    const next = kind.value as ThresholdRule["rule"];
    if (next === "fixed") choose({rule: "fixed", value: round(control.value.value)});
    else choose(next === rule.rule ? rule : defaultRule(declarationOf(next)));
  });
  slider.addEventListener("input", () => control.drag(slider.valueAsNumber));
  reset.addEventListener("click", () => choose(rule));
  const {rule: remembered, ignored} = memory.read();
  apply(remembered ?? rule, [rule, {rule: "fixed", value: scoreDomain(score)[1]}]);
  const isOther = remembered !== null && refusal.textContent === "" && formatRule(remembered) !== formatRule(rule);
  memory.write(isOther ? remembered : null);
  if (ignored !== null) refusal.textContent = `The address asks for a rule that there is not: ${ignored.slice(0, 60)}`;
  return control;
}

/** The rule that the reader last chose for an experiment: from the address, otherwise from this tab’s session. */
function rememberedRule(experiment: string) {
  const key = `eddy/${experiment}/threshold`;
  return {
    /** With what the address asks for in vain. */
    read(): {rule: ThresholdRule | null; ignored: string | null} {
      const asked = new URLSearchParams(location.search).get("threshold");
      const text = asked ?? readSession(key);
      try {
        return {rule: text === null ? null : parseRule(text), ignored: null};
      } catch {
        return {rule: null, ignored: asked};
      }
    },
    write(rule: ThresholdRule | null): void {
      const text = rule === null ? null : formatRule(rule);
      writeSession(key, text);
      rememberInAddress("threshold", (query) => setParameter(query, "threshold", text));
    }
  };
}

function optionOf({rule, name, needs}: RuleDeclaration, {label, days}: RuleContext): Node {
  const isPossible = needs === "nothing" || (needs === "labels" ? Boolean(label) : (days ?? 0) > 0);
  return html`<option value=${rule} disabled=${!isPossible}>${name}</option>`;
}

function meaningOf({meaning, needs}: RuleDeclaration, isRefused: boolean): string {
  if (needs !== "labels") return `${meaning} It needs no labels${needs === "time" ? ", but times" : ""}.`;
  if (isRefused) return `${meaning} It needs labels.`;
  return `${meaning} It needs labels: it has chosen on one half of them, and what follows is judged on the other.`;
}

function defaultRule({rule, parameters}: RuleDeclaration): ThresholdRule {
  const given = parameters.filter(({optional}) => !optional);
  return {rule, ...Object.fromEntries(given.map((parameter) => [parameter.key, parameter.default]))} as ThresholdRule;
}

function round(value: number): number {
  return Number(value.toFixed(6));
}
