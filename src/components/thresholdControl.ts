import {html} from "htl";
import {chooseThreshold, describeRule, formatRule, parseRule, type ThresholdRule} from "../lib/evaluation/threshold.js";
import {formatScore} from "./format.js";
import {scoreDomain} from "./scoreHistogram.js";
import {readSession, writeSession} from "./session.js";

/** A threshold and the rule that chose it. */
export interface Threshold {
  readonly rule: ThresholdRule;
  readonly value: number;
}

const defaults: Record<ThresholdRule["rule"], ThresholdRule> = {
  mad: {rule: "mad", deviations: 3},
  quantile: {rule: "quantile", share: 0.05},
  fixed: {rule: "fixed", value: 0.75}
};

const names: Record<ThresholdRule["rule"], string> = {
  mad: "Distance from the median",
  quantile: "Share of rows",
  fixed: "A fixed score"
};

/** An input for the threshold, with the span of its slider. */
export type ThresholdControl = HTMLElement & {
  value: Threshold;
  domain: readonly [number, number];
  /** Sets a score as the slider does. */
  drag(value: number): void;
  /** Applies the rule to other scores. */
  rescore(score: Float64Array): void;
};

/**
 * Chooses the threshold by a rule and its parameter, or by dragging a score, which makes the rule `fixed`. The choice is
 * kept in the address and, for the other pages of the experiment, in the tab’s session; without one it is the
 * experiment’s own rule.
 */
export function thresholdControl(
  score: Float64Array,
  {experiment, rule}: {experiment: string; rule: ThresholdRule}
): ThresholdControl {
  const memory = rememberedRule(experiment);
  let chosen = memory.read() ?? rule;
  const kind = html`<select aria-label="Rule">${Object.entries(names).map(
    ([key, name]) => html`<option value=${key}>${name}</option>`
  )}</select>` as HTMLSelectElement;
  const parameter = html`<input type="number" aria-label="Parameter of the rule">` as HTMLInputElement;
  const unit = html`<span class="muted"></span>`;
  const slider = html`<input type="range" aria-label="Threshold" step="0.001">` as HTMLInputElement;
  const words = html`<output class="number"></output>`;
  const reset = html`<button type="button">as built</button>` as HTMLButtonElement;
  const form = html`<form class="threshold-control">
    <label>Rule ${kind}</label> <span class="parameter">${parameter} ${unit}</span> ${reset}
    <div class="threshold-slider">${slider}${words}</div>
  </form>`;
  const drag = (value: number) => choose({rule: "fixed", value});
  let scores = score;
  const rescore = (next: Float64Array) => {
    scores = next;
    control.domain = scoreDomain(next);
    apply();
  };
  const control: ThresholdControl = Object.assign(form as HTMLElement, {
    value: thresholdOf(score, chosen),
    domain: scoreDomain(score),
    drag,
    rescore
  });

  const show = () => {
    const {value} = control;
    kind.value = chosen.rule;
    const {shown, step, min, max, unit: text} = parameterOf(chosen);
    Object.assign(parameter, {min, max, step});
    if (document.activeElement !== parameter) parameter.value = shown;
    unit.textContent = text;
    [slider.min, slider.max] = [`${control.domain[0]}`, `${control.domain[1]}`];
    slider.value = `${value.value}`;
    words.textContent = `threshold ${formatScore(value.value)} – ${describeRule(chosen)}`;
    reset.disabled = formatRule(chosen) === formatRule(rule);
  };
  const remember = () => memory.write(formatRule(chosen) === formatRule(rule) ? null : chosen);
  const choose = (next: ThresholdRule) => {
    chosen = next;
    remember();
    apply();
  };
  const apply = () => {
    control.value = thresholdOf(scores, chosen);
    show();
    control.dispatchEvent(new Event("input", {bubbles: true}));
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [kind, parameter, slider]) input.addEventListener("input", (event) => event.stopPropagation());
  kind.addEventListener("input", () => {
    const next = kind.value as ThresholdRule["rule"];
    choose(
      next === "fixed" ? {rule: "fixed", value: round(control.value.value)} : next === rule.rule ? rule : defaults[next]
    );
  });
  parameter.addEventListener("input", () => {
    const next = withParameter(chosen, parameter.valueAsNumber);
    if (next) choose(next);
  });
  parameter.addEventListener("blur", show);
  slider.addEventListener("input", () => drag(slider.valueAsNumber));
  reset.addEventListener("click", () => choose(rule));
  remember();
  show();
  return control;
}

/** The rule that the reader last chose for an experiment: from the address, otherwise from this tab’s session. */
export function rememberedRule(experiment: string) {
  const key = `eddy/${experiment}/threshold`;
  return {
    read(): ThresholdRule | null {
      const text = new URLSearchParams(location.search).get("threshold") ?? readSession(key);
      try {
        return text === null ? null : parseRule(text);
      } catch {
        return null;
      }
    },
    write(rule: ThresholdRule | null): void {
      const address = new URL(location.href);
      writeSession(key, rule === null ? null : formatRule(rule));
      if (rule === null) address.searchParams.delete("threshold");
      else address.searchParams.set("threshold", formatRule(rule));
      history.replaceState(history.state, "", address);
    }
  };
}

function thresholdOf(score: Float64Array, rule: ThresholdRule): Threshold {
  return {rule, value: chooseThreshold(score, rule)};
}

function parameterOf(rule: ThresholdRule) {
  switch (rule.rule) {
    case "fixed":
      return {shown: `${rule.value}`, min: "0", max: "1", step: "0.001", unit: "score"};
    case "quantile":
      return {shown: `${round(rule.share * 100)}`, min: "0.01", max: "99", step: "any", unit: "% of rows"};
    case "mad":
      return {shown: `${rule.deviations}`, min: "0", max: "1000", step: "0.1", unit: "MAD above the median"};
  }
}

function withParameter(rule: ThresholdRule, value: number): ThresholdRule | null {
  if (!Number.isFinite(value)) return null;
  switch (rule.rule) {
    case "fixed":
      return {rule: "fixed", value};
    case "quantile":
      return value > 0 && value < 100 ? {rule: "quantile", share: round(value / 100)} : null;
    case "mad":
      return value >= 0 ? {rule: "mad", deviations: value} : null;
  }
}

function round(value: number): number {
  return Number(value.toFixed(6));
}
