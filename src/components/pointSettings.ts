import {html} from "htl";
import type {Costs} from "../lib/evaluation/consequences.js";
import {rememberInAddress, setParameter} from "./address.js";

/** What the reader knows of the world that the rows do not tell. */
export interface PointSettings {
  /** The share of fake rows to judge alerts at, in [0, 1]; null for that among the labelled. */
  readonly prevalence: number | null;
  readonly costs: Costs;
}

const unset: PointSettings = {prevalence: null, costs: {miss: 10, falseAlarm: 1}};

/**
 * Asks for another base rate and for what errors cost. Its value follows the reader and is kept in the address; what the
 * address says wrongly is as if it said nothing.
 */
export function pointSettings(label: Float64Array | null): HTMLElement & {value: PointSettings} {
  const ownPrevalence = shareOfFakes(label ?? []);
  let settings = parseSettings(new URLSearchParams(location.search));
  const number = (label: string, step: string) =>
    html`<input type="number" min="0" step=${step} aria-label=${label}>` as HTMLInputElement;
  const share = number("Share of fakes in percent", "any");
  share.max = "100";
  const miss = number("Cost of a miss", "any");
  const falseAlarm = number("Cost of a false alarm", "any");
  const reset = html`<button type="button">as here</button>` as HTMLButtonElement;
  const element = html`<form class="point-settings">
    <span><label>If ${share} % of all rows are fake</label> ${reset}</span>
    <span><label>a miss costs ${miss}</label>, <label>a false alarm ${falseAlarm}</label></span>
  </form>` as HTMLElement & {value: PointSettings};
  Object.defineProperty(element, "value", {get: () => settings});
  const show = () => {
    const {prevalence, costs} = settings;
    const shown: [HTMLInputElement, number][] = [
      [share, Number(((prevalence ?? ownPrevalence) * 100).toPrecision(3))],
      [miss, costs.miss],
      [falseAlarm, costs.falseAlarm]
    ];
    for (const [input, value] of shown) {
      if (document.activeElement !== input) input.value = Number.isFinite(value) ? `${value}` : "";
    }
    reset.disabled = prevalence === null;
  };
  const change = (next: PointSettings) => {
    settings = next;
    remember(settings);
    show();
    element.dispatchEvent(new Event("input", {bubbles: true}));
  };
  element.addEventListener("submit", (event) => event.preventDefault());
  for (const input of [share, miss, falseAlarm]) {
    input.addEventListener("input", (event) => event.stopPropagation());
    input.addEventListener("blur", show);
  }
  share.addEventListener("input", () => {
    const prevalence = share.valueAsNumber / 100;
    if (prevalence >= 0 && prevalence <= 1) change({...settings, prevalence});
  });
  const changeCosts = () => {
    const costs = {miss: miss.valueAsNumber, falseAlarm: falseAlarm.valueAsNumber};
    if (areCosts(costs)) change({...settings, costs});
  };
  miss.addEventListener("input", changeCosts);
  falseAlarm.addEventListener("input", changeCosts);
  reset.addEventListener("click", () => change({...settings, prevalence: null}));
  show();
  return element;
}

function shareOfFakes(label: ArrayLike<number>): number {
  let fakes = 0;
  let known = 0;
  for (let row = 0; row < label.length; ++row) {
    if (label[row] === 1) ++fakes;
    if (!Number.isNaN(label[row])) ++known;
  }
  return fakes / known;
}

function parseSettings(query: URLSearchParams): PointSettings {
  const base = query.get("base");
  const prevalence = base === null || base.trim() === "" ? Number.NaN : Number(base);
  const [miss = Number.NaN, falseAlarm = Number.NaN, ...rest] = (query.get("costs") ?? "")
    .split(":")
    .map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  const costs = {miss, falseAlarm};
  return {
    prevalence: prevalence >= 0 && prevalence <= 1 ? prevalence : unset.prevalence,
    costs: areCosts(costs) && rest.length === 0 ? costs : unset.costs
  };
}

function areCosts({miss, falseAlarm}: Costs): boolean {
  return miss >= 0 && falseAlarm >= 0 && Number.isFinite(miss + falseAlarm);
}

function remember({prevalence, costs}: PointSettings): void {
  const isUnset = costs.miss === unset.costs.miss && costs.falseAlarm === unset.costs.falseAlarm;
  rememberInAddress("operating point", (query) => {
    setParameter(query, "base", prevalence === null ? null : `${prevalence}`);
    setParameter(query, "costs", isUnset ? null : `${costs.miss}:${costs.falseAlarm}`);
  });
}
