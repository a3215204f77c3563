import {html} from "htl";
import type {ThresholdRule} from "../lib/evaluation/threshold.js";
import {declarationOf, isWithin, type RuleParameter} from "../lib/evaluation/thresholdRules.js";

/** The number fields of a rule’s parameters, with their units; `change` gets the rule that the reader makes of them. */
export function ruleParameters(change: (rule: ThresholdRule) => void): HTMLElement & {show(rule: ThresholdRule): void} {
  const element = html`<span class="parameter"></span>` as HTMLElement;
  let shown: ThresholdRule | undefined;
  const fields = new Map<string, HTMLInputElement>();
  const fieldOf = (parameter: RuleParameter) => {
    const field = html`<input type="number" aria-label=${parameter.name}>` as HTMLInputElement;
    const {min, max, step, scale = 1} = parameter;
    Object.assign(field, {
      min: Number.isFinite(min) ? `${inUnit(min, scale)}` : "",
      max: Number.isFinite(max) ? `${inUnit(max, scale)}` : "",
      step: `${inUnit(step, scale)}`,
      placeholder: parameter.optional ? "as labelled" : ""
    });
    field.addEventListener("input", (event) => {
      event.stopPropagation();
      const isEmpty = field.value === "" && !field.validity.badInput;
      const value = Number((field.valueAsNumber / scale).toPrecision(12));
      if (isEmpty && parameter.optional) change(withParameter(shown!, parameter.key, undefined));
      else if (isWithin(parameter, value)) change(withParameter(shown!, parameter.key, value));
    });
    field.addEventListener("blur", () => fill(parameter));
    fields.set(parameter.key, field);
    return html`<label>${field} <span class="muted">${parameter.unit}</span></label>`;
  };
  const fill = ({key, scale = 1}: RuleParameter) => {
    const field = fields.get(key);
    const value = (shown as unknown as Record<string, number | undefined>)[key];
    if (field !== undefined && document.activeElement !== field)
      field.value = value === undefined ? "" : `${inUnit(value, scale)}`;
  };
  return Object.assign(element, {
    show(rule: ThresholdRule) {
      const {parameters} = declarationOf(rule.rule);
      if (shown?.rule !== rule.rule) {
        fields.clear();
        element.replaceChildren(...parameters.map(fieldOf));
      }
      shown = rule;
      for (const parameter of parameters) fill(parameter);
    }
  });
}

function inUnit(value: number, scale: number): number {
  return Number((value * scale).toPrecision(12));
}

function withParameter(rule: ThresholdRule, key: string, value: number | undefined): ThresholdRule {
  const {[key]: _, ...rest} = rule as unknown as Record<string, unknown>;
  return (value === undefined ? rest : {...rule, [key]: value}) as ThresholdRule;
}
